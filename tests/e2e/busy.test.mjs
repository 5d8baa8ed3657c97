// kalends-busy over sockets: calendars of a server that is well, and of one that means harm.
import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { World } from './harness.mjs';
import { binary, Program, run, until } from './programs.mjs';

const SERVICE = 'BusyCalendarService';
const MINUTE_S = 60;
const LOCAL = ['--allow-private', '--allow-http'];

let world, practice, server, base, answers, asked, keyFile, fetcher;

before(async () => {
  world = await World.core({ flags: () => ['--demo-clock'] });
  practice = await world.specialist();
  keyFile = await world.createKeyFile('busy');
  server = createServer((request, response) => {
    asked.push({ method: request.method, url: request.url, headers: request.headers });
    const answer = answers[request.url.split('?')[0]];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  server?.closeAllConnections();
  server?.close();
  await world?.stop();
});
beforeEach(() => {
  answers = {};
  asked = [];
});
afterEach(async () => {
  assert.equal(await fetcher.stop(), 0, fetcher.log());
  const { busy_calendars: all = [] } = await world.admin.call(SERVICE, 'ListBusyCalendars', { parent: practice.name });
  for (const { name } of all) await world.admin.change(SERVICE, 'DeleteBusyCalendar', { name });
});

// The core's clock, which says what is due.
const moveClock = (aheadS) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(aheadS));
  const clock = openSync(path.join(world.dataDir, 'demo-clock'), 'r+');
  writeSync(clock, bytes);
  closeSync(clock);
};
const start = (...flags) => {
  const args = ['--core', world.address, '--api-key-file', keyFile, '--log-level', 'debug', ...flags];
  fetcher = new Program('kalends-busy', args, { folder: world.folder });
};
const add = (address, more = {}) =>
  world.admin.change(SERVICE, 'CreateBusyCalendar', {
    parent: practice.name,
    busy_calendar: { kind: 'KIND_FILE', address, ...more },
  });
const get = (name) => world.admin.call(SERVICE, 'GetBusyCalendar', { name });
const settled = ({ name }) =>
  until('a report', async () => {
    const calendar = await get(name);
    return calendar.success_time || calendar.failure_time ? calendar : null;
  });

// Tomorrow from ten to eleven, UTC.
const DAY = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
const event = (lines) => `BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Kuraufenthalt\r\n${lines}\r\nEND:VEVENT\r\n`;
const file = (...events) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join('')}END:VCALENDAR\r\n`;
const one = file(event(`DTSTART:${DAY}T100000Z\r\nDURATION:PT1H`));
const gives = (body, headers = {}) => (_, response) => response.writeHead(200, headers).end(body);

test('what is busy elsewhere is closed here, and is asked for by its mark the next time', async () => {
  answers['/c.ics'] = (request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"1"', 'content-encoding': 'gzip' }).end(gzipSync(one));
  };
  start(...LOCAL);
  const added = await add(`${base}/c.ics?secret=word`);
  const first = await settled(added);
  assert.equal(first.busy_count, 1);
  assert.equal(first.failure_time ?? null, null);
  moveClock(60 * MINUTE_S);
  const next = await until('the next fetch', async () => {
    const calendar = await get(added.name);
    return calendar.success_time.seconds !== first.success_time.seconds ? calendar : null;
  });
  assert.equal(next.busy_count, 1);
  assert.deepEqual(asked.map(({ headers }) => headers['if-none-match'] ?? ''), ['', '"1"']);
  await fetcher.stop();
  assert.doesNotMatch(fetcher.log(), /secret|word|Kuraufenthalt|127\.0\.0\.1:\d+\/c/);
});

const FAILURES = [
  ['an answer that asks to be left alone', '/busy', 'FAILURE_BUSY', (_, response) => response.writeHead(429, { 'retry-after': '7200' }).end()],
  ['a page of HTML', '/html', 'FAILURE_NOT_CALENDAR', gives('<!DOCTYPE html><p>Log in</p>')],
  ['nothing there', '/none', 'FAILURE_MISSING', null],
  ['a wish for a password', '/login', 'FAILURE_REFUSED', (_, response) => response.writeHead(401).end()],
  ['an address of the link, by a redirect', '/inwards', 'FAILURE_NOT_ALLOWED', (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()],
  ['a file of the machine, by a redirect', '/file', 'FAILURE_NOT_ALLOWED', (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end()],
  ['a redirect to itself', '/loop', 'FAILURE_ANSWER', (_, response) => response.writeHead(302, { location: '/loop' }).end()],
  ['a little that unpacks to much', '/bomb', 'FAILURE_TOO_LARGE', gives(gzipSync(Buffer.alloc(64 << 20, ' ')), { 'content-encoding': 'gzip' })],
  ['more than is read', '/large', 'FAILURE_TOO_LARGE', gives(Buffer.alloc(17 << 20, ' '))],
  ['rules without end', '/rules', 'FAILURE_TOO_LARGE', gives(file(...Array(500).fill(event('DTSTART:20200101T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23'))))],
  ['a drip', '/drip', 'FAILURE_UNREACHABLE', (_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 100);
    response.on('close', () => clearInterval(drip));
  }],
];
for (const [what, url, failure, answer] of FAILURES) {
  test(`${what} is told as ${failure}`, async () => {
    if (answer) answers[url] = answer;
    start(...LOCAL, '--timeout-s', '3');
    const calendar = await settled(await add(base + url));
    assert.equal(calendar.failure, failure);
    assert.equal(calendar.busy_count ?? 0, 0);
    if (failure === 'FAILURE_BUSY') {
      const wait = Number(calendar.next_fetch_time.seconds) - Number(calendar.failure_time.seconds);
      assert.ok(wait >= 120 * MINUTE_S, `${wait} s`);
    }
  });
}

test('this machine and what goes without TLS is not asked, unless it is allowed', async () => {
  answers['/c.ics'] = gives(one);
  start('--allow-http');
  assert.equal((await settled(await add(`${base}/c.ics`))).failure, 'FAILURE_NOT_ALLOWED');
  await fetcher.stop();
  start('--allow-private');
  assert.equal((await settled(await add(`${base}/c.ics`))).failure, 'FAILURE_NOT_ALLOWED');
  assert.deepEqual(asked, []);
});

test('a CalDAV collection is asked for the time that counts', async () => {
  const data = one.replaceAll('\r', '&#13;');
  answers['/dav/'] = (_, response) =>
    response.writeHead(207, { 'content-type': 'application/xml' }).end(
      `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>/a</d:href><d:propstat><d:prop><c:calendar-data>${data}</c:calendar-data></d:prop></d:propstat></d:response></d:multistatus>`,
    );
  start(...LOCAL);
  const calendar = await settled(await add(`${base}/dav/`, { kind: 'KIND_CALDAV' }));
  assert.equal(calendar.busy_count, 1);
  assert.equal(asked[0].method, 'REPORT');
  assert.equal(asked[0].headers.depth, '1');
});

test('it ends with 78 where the core refuses its key', async () => {
  start(...LOCAL);
  const wrong = await world.createKeyFile('web');
  const ended = await run(binary('kalends-busy'), ['--core', world.address, '--api-key-file', wrong]);
  assert.equal(ended.code, 78, ended.stderr);
  const none = path.join(world.folder, 'none');
  const missing = await run(binary('kalends-busy'), ['--core', world.address, '--api-key-file', none]);
  assert.notEqual(missing.code, 0);
});
