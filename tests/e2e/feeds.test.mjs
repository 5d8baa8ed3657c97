// Calendar feeds of kalends-web: read by two parsers, subscribed to by a calendar program, and gone
// when they are revoked.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ICAL from 'ical.js';
import { World, wallClock } from './harness.mjs';
import { run } from './programs.mjs';

const READER = fileURLToPath(new URL('read_calendar.py', import.meta.url));
const READS_AN_HOUR = 120;
const ZONE = 'Europe/Dublin'; // Whose law calls the winter's clock the one that is changed.

let world, marie, anna, starts, appointment, feed, providers;
const tokens = [];

async function makeFeed(account, role) {
  const request = { parent: account, feed: { role } };
  const made = await world.admin.change('FeedService', 'CreateFeed', request, { account });
  tokens.push(made.token);
  return made;
}
const urlOf = ({ token }) => `${world.web}/c/${token}.ics`;
const get = (one, options) => fetch(urlOf(one), options);
const textOf = async (one) => (await get(one)).text();

// Both parsers' view of a calendar, which is one.
function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const first = calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: component.getFirstPropertyValue('status'),
      start: event.startDate.toUnixTime(),
      summary: event.summary,
      alarms: component.getAllSubcomponents('valarm').length,
    };
  });
  // Debian's own Python, which has Debian's packages.
  const { stdout, stderr, status } = spawnSync('/usr/bin/python3', [READER], { input: text, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), first);
  return first;
}
const entriesOf = async (one) => read(await textOf(one));
const idOf = ({ name }) => name.split('/').at(-1);
const change = (method, request, account = marie.account) => world.admin.change('BookingService', method, request, { account });

before(async () => {
  world = await World.core();
  marie = await world.specialist({ name: 'Marie Müller, Dr.', zone: ZONE });
  anna = await world.customer('telegram:2001', marie.code, { name: 'Anna; Ärger 😀' });
  // Two hours apart, or more: none is in another's way.
  const free = await world.slots(marie.name, { service: marie.services[0].name, count: 9 });
  starts = [free[0], free[4], free[8]];
  appointment = await world.request(marie.name, anna.name, starts[0], { service: marie.services[0].name });
  appointment = await change('AcceptAppointment', { name: appointment.name });
  feed = await makeFeed(anna.name, 'ROLE_CUSTOMER');
  providers = await makeFeed(marie.account, 'ROLE_PROVIDER');
  await world.startWeb();
});
after(() => world.stop());

test('a customer sees the appointment, with its reminders, and the provider sees the customer', async () => {
  const [own, ...others] = await entriesOf(feed);
  assert.deepEqual(others, []);
  assert.deepEqual(own, {
    uid: `${idOf(appointment)}@kalends`,
    sequence: appointment.revision,
    status: 'CONFIRMED',
    start: starts[0],
    summary: 'Beratung · Marie Müller, Dr.',
    alarms: 2,
  });
  const [theirs] = await entriesOf(providers);
  assert.equal(theirs.summary, 'Beratung · Anna; Ärger 😀');
  assert.equal(theirs.alarms, 0);
  const text = await textOf(providers);
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.match(text, /\r\nMETHOD:PUBLISH\r\n/);
  assert.match(text, /\r\nTZID:Europe\/Dublin\r\n/);
  assert.match(text, /\r\nREFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n/);
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
});

test('who asks again is told that nothing changed, and may ask for the header alone', async () => {
  const whole = await get(feed);
  const text = await whole.text();
  assert.equal(whole.status, 200);
  assert.match(whole.headers.get('content-type'), /^text\/calendar; charset=utf-8/);
  assert.equal(whole.headers.get('cache-control'), 'private, no-cache');
  assert.equal(whole.headers.get('set-cookie'), null);
  assert.equal(whole.headers.get('content-encoding'), null);
  assert.ok(Date.parse(whole.headers.get('last-modified')) <= Date.now());
  const etag = whole.headers.get('etag');
  const again = await get(feed, { headers: { 'If-None-Match': etag } });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), '');
  assert.equal(again.headers.get('etag'), etag);
  const head = await get(feed, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(text)));
  assert.equal(head.headers.get('etag'), etag);
});

test('what moves and what is cancelled is the same event, of a higher sequence', async () => {
  const [before] = await entriesOf(feed);
  await change('RescheduleAppointment', { name: appointment.name, start_time: { seconds: starts[2] } });
  const [moved] = await entriesOf(feed);
  assert.equal(moved.uid, before.uid);
  assert.equal(moved.start, starts[2]);
  assert.ok(moved.sequence > before.sequence);
  const request = await world.request(marie.name, anna.name, starts[1], { service: marie.services[0].name });
  assert.equal((await entriesOf(feed)).find(({ uid }) => uid.startsWith(idOf(request))).status, 'TENTATIVE');
  await change('CancelAppointment', { name: request.name, reason: 'Heiserkeit' }, anna.name);
  const cancelled = (await entriesOf(feed)).find(({ uid }) => uid.startsWith(idOf(request)));
  assert.equal(cancelled.status, 'CANCELLED');
  assert.ok(cancelled.sequence > request.revision);
  assert.doesNotMatch(await textOf(providers), /Heiserkeit/);
});

test('a calendar program of Debian subscribes, and shows what is there and what is off', async () => {
  const folder = path.join(world.folder, 'calendar');
  for (const name of ['status', 'events']) mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(
    path.join(folder, 'vdirsyncer'),
    `[general]
status_path = "${folder}/status"
[pair feed]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "${folder}/events"
fileext = ".ics"
[storage there]
type = "http"
url = "${urlOf(feed)}"
`,
  );
  writeFileSync(
    path.join(folder, 'khal'),
    `[calendars]
[[feed]]
path = ${folder}/events
readonly = True
[locale]
local_timezone = ${ZONE}
default_timezone = ${ZONE}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = ${folder}/khal.db
`,
  );
  const env = { LC_ALL: 'C.UTF-8', VDIRSYNCER_CONFIG: `${folder}/vdirsyncer`, HOME: folder };
  for (const step of ['discover', 'sync']) {
    const { code, stderr } = await run('vdirsyncer', [step], { env });
    assert.equal(code, 0, stderr);
  }
  const listed = ['list', '--format', '{start-time} {title} {status}', 'today', '60d'];
  const { code, stdout, stderr } = await run('khal', ['-c', `${folder}/khal`, ...listed], { env });
  assert.equal(code, 0, stderr);
  const lines = stdout.split('\n').map((line) => line.trim());
  const shown = (at, status) => `${wallClock(at, ZONE)} Beratung · Marie Müller, Dr. ${status}`;
  assert.ok(lines.includes(shown(starts[2], 'CONFIRMED')), stdout);
  assert.ok(lines.includes(shown(starts[1], 'CANCELLED')), stdout);
});

test('an address that was revoked or made anew is answered as one that never was', async () => {
  const ofAnna = await makeFeed(anna.name, 'ROLE_CUSTOMER');
  assert.equal((await get(ofAnna)).status, 200);
  await world.admin.change('FeedService', 'RevokeFeed', { name: ofAnna.name }, { account: anna.name });
  const never = await fetch(`${world.web}/nothing`);
  const page = await never.text();
  const plain = (headers) => [...headers].filter(([name]) => name !== 'date');
  const nowhere = [feed, ofAnna, { token: 'A'.repeat(43) }, { token: 'short' }, { token: '' }, { token: '../healthz' }];
  for (const one of nowhere) {
    const answer = await get(one);
    assert.equal(answer.status, 404);
    assert.deepEqual(plain(answer.headers), plain(never.headers));
    assert.equal(await answer.text(), page);
  }
});

test('a feed is not read without end', async () => {
  const busy = await makeFeed(anna.name, 'ROLE_CUSTOMER');
  for (let i = 0; i < READS_AN_HOUR; ++i) assert.equal((await get(busy)).status, 200);
  const refused = await get(busy);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) > 60);
  assert.equal((await get(providers)).status, 200, 'it is its own share');
});

test('the addresses are in no log', () => {
  for (const program of [world.website, world.kalendsd]) {
    for (const token of tokens) assert.ok(!program.log().includes(token), program.name);
  }
});
