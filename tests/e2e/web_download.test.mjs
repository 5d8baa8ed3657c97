// Downloads through kalends-web: whole and in parts, and what becomes of links that do not lead
// anywhere any more.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { newId } from './core.mjs';
import { World } from './harness.mjs';
import { connect, raw } from './http.mjs';
import { repository, until } from './programs.mjs';

const PIECE = 64 * 1024;
let world, marie, anna, link;

before(async () => {
  world = await World.core();
  marie = await world.specialist();
  anna = await world.customer('telegram:2001', marie.code, { name: 'Anna' });
  link = `${marie.name}/links/${anna.name.split('/')[1]}`;
  await world.startWeb();
});
after(() => world.stop());

// Uploads bytes as Anna; the document.
function upload(bytes, { file_name = 'report.pdf', content_type = 'application/pdf' } = {}) {
  const header = { parent: link, file_name, content_type, request_id: newId() };
  const write = async (stream) => {
    stream.write({ upload: header });
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (!stream.write({ data: bytes.subarray(at, at + PIECE) })) await once(stream, 'drain');
    }
    stream.end();
  };
  return world.admin.upload('DocumentService', 'UploadDocument', write, { account: anna.name });
}
async function tokenOf(document, account = anna.name) {
  const made = await world.admin.change('DocumentService', 'CreateDownloadLink', { name: document.name }, { account });
  return made.token;
}
const get = (token, headers = {}) => fetch(`${world.web}/d/${token}`, { headers });
const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');

test('a document comes whole, to be saved and not shown, and stays in no cache', async () => {
  const bytes = randomBytes(300_001);
  const token = await tokenOf(await upload(bytes, { file_name: 'Prüfung "1" <b>😀.pdf' }));
  const answer = await get(token);
  assert.equal(answer.status, 200);
  assert.equal(sha(Buffer.from(await answer.arrayBuffer())), sha(bytes));
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.equal(answer.headers.get('content-length'), String(bytes.length));
  assert.match(answer.headers.get('content-disposition'), /^attachment; filename="[ -~]+"; filename\*=UTF-8''Pr%C3%BCfung/);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(answer.headers.get('accept-ranges'), 'bytes');
  assert.match(answer.headers.get('content-security-policy'), /sandbox/);
  assert.match(answer.headers.get('x-robots-tag'), /noindex/);
  // Within its five minutes a link works again, as download managers need it.
  assert.equal((await get(token)).status, 200);
});

test('parts come as asked for', async () => {
  const bytes = randomBytes(200_000);
  const token = await tokenOf(await upload(bytes));
  const cases = [
    ['bytes=0-0', 0, 1],
    ['bytes=65535-65537', 65_535, 65_538],
    ['bytes=100000-', 100_000, 200_000],
    ['bytes=-1', 199_999, 200_000],
    ['bytes=199999-500000', 199_999, 200_000],
  ];
  for (const [range, start, end] of cases) {
    const answer = await get(token, { Range: range });
    assert.equal(answer.status, 206, range);
    assert.equal(answer.headers.get('content-range'), `bytes ${start}-${end - 1}/200000`);
    assert.equal(answer.headers.get('content-length'), String(end - start));
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, end)), range);
  }
  const beyond = await get(token, { Range: 'bytes=200000-' });
  assert.equal(beyond.status, 416);
  assert.equal(beyond.headers.get('content-range'), 'bytes */200000');
  for (const headers of [{ Range: 'bytes=0-1,3-4' }, { Range: 'lines=1-2' }, { Range: 'bytes=0-1', 'If-Range': '"x"' }]) {
    const whole = await get(token, headers);
    assert.equal(whole.status, 200);
    assert.equal((await whole.arrayBuffer()).byteLength, 200_000);
  }
});

test('HEAD says what GET would send, and sends nothing', async () => {
  const token = await tokenOf(await upload(randomBytes(5_000)));
  const { status, head, body } = await raw(world.web, `HEAD /d/${token} HTTP/1.1`);
  assert.equal(status, 200);
  assert.match(head, /Content-Length: 5000(\r\n|$)/);
  assert.equal(body, '');
  const part = await raw(world.web, `HEAD /d/${token} HTTP/1.1`, ['Host: x', 'Range: bytes=10-19']);
  assert.match(part.head, /^HTTP\/1\.1 206 /);
  assert.match(part.head, /Content-Length: 10(\r\n|$)/);
});

test('a type that is no media type is sent as bytes', async () => {
  const token = await tokenOf(await upload(randomBytes(10), { content_type: '' }));
  assert.equal((await get(token)).headers.get('content-type'), 'application/octet-stream');
});

test('a guessed link is a page that says how to get a new one', async () => {
  for (const token of ['A'.repeat(43), 'short', '..%2f..%2fetc%2fpasswd', 'A'.repeat(44), '']) {
    const answer = await get(token, { 'Accept-Language': 'de' });
    assert.equal(answer.status, 404, token);
    const html = await answer.text();
    assert.match(html, /Diesen Link gibt es nicht/);
    assert.match(html, /So bekommen Sie einen neuen Link/);
  }
});

test('the link of a deleted document says so', async () => {
  const document = await upload(randomBytes(10));
  const token = await tokenOf(document);
  await world.admin.change('DocumentService', 'DeleteDocument', { name: document.name }, { account: anna.name });
  const answer = await get(token, { 'Accept-Language': 'uk' });
  assert.equal(answer.status, 410);
  assert.match(await answer.text(), /Цей документ видалено/);
});

test('a viewer who hangs up in the middle costs nothing, and others go on', async () => {
  const bytes = randomBytes(20_000_000);
  const token = await tokenOf(await upload(bytes));
  const socket = await connect(world.web);
  socket.write(`GET /d/${token} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await once(socket, 'data');
  socket.destroy();
  const answer = await get(token);
  assert.equal(sha(Buffer.from(await answer.arrayBuffer())), sha(bytes));
  await until('nothing goes wrong', () => !/error/.test(world.website.log()));
});

test('a viewer who reads slowly gets everything, and others are served meanwhile', async () => {
  const bytes = randomBytes(48_000_000);
  const token = await tokenOf(await upload(bytes));
  const socket = await connect(world.web);
  socket.write(`GET /d/${token} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  await once(socket, 'data');
  socket.pause();
  for (let i = 0; i < 20; i += 1) assert.equal((await get('A'.repeat(43))).status, 404);
  let total = 0;
  socket.on('data', (chunk) => (total += chunk.length));
  socket.resume();
  await once(socket, 'close');
  assert.ok(total > 47_000_000);
});

test('another customer cannot make a link to it, and a link outlives its requester’s rights by nothing', async () => {
  const document = await upload(randomBytes(10));
  const ben = await world.customer('telegram:2002', marie.code, { name: 'Ben' });
  await assert.rejects(tokenOf(document, ben.name), /NOT_FOUND/);
  const token = await tokenOf(document, marie.account);
  assert.equal((await get(token)).status, 200);
  await world.admin.change('PrivacyService', 'DeleteAccount', { name: anna.name }, { account: anna.name });
  assert.notEqual((await get(token)).status, 200);
  anna = await world.customer('telegram:2001', marie.code, { name: 'Anna' });
  link = `${marie.name}/links/${anna.name.split('/')[1]}`;
});

// Makes every link older than it is, as five minutes would.
async function letLinksExpire() {
  await world.kalendsd.stop();
  const age = 'import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute("UPDATE download_links SET expires_s = expires_s - 301"); c.commit()';
  execFileSync('python3', ['-c', age, path.join(world.dataDir, 'kalends.db')]);
  await world.startCore();
}

test('a link expires, and says so in the language of whom it was made for', async () => {
  const token = await tokenOf(await upload(randomBytes(10)));
  assert.equal((await get(token)).status, 200);
  await letLinksExpire();
  const answer = await until('the core is back', async () => {
    const tried = await raw(world.web, `GET /d/${token} HTTP/1.1`);
    return tried.status === 503 ? null : tried;
  });
  assert.equal(answer.status, 410);
  const html = Buffer.from(answer.body, 'latin1').toString('utf8');
  assert.match(html, /Dieser Link ist abgelaufen/);
  assert.match(html, /So bekommen Sie einen neuen Link/);
  assert.match(answer.head, /Cache-Control: no-store/);
});

test('in a browser a download is saved, and an expired link is a readable page', async () => {
  const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'],
  });
  try {
    const token = await tokenOf(await upload(Buffer.from('<script>alert(1)</script>'), { file_name: 'Plan.html', content_type: 'text/html' }));
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'de-DE', bypassCSP: true });
    const download = page.waitForEvent('download');
    await page.goto(`${world.web}/d/${token}`).catch(() => {}); // It never becomes a page.
    const saved = await download;
    assert.equal(saved.suggestedFilename(), 'Plan.html');
    assert.equal(readFileSync(await saved.path(), 'utf8'), '<script>alert(1)</script>');

    await letLinksExpire();
    await until('the core is back', async () => (await fetch(`${world.web}/healthz`)).ok);
    await page.goto(`${world.web}/d/${token}`);
    await page.getByText('Dieser Link ist abgelaufen').waitFor();
    mkdirSync(path.join(repository, 'build/screenshots'), { recursive: true });
    await page.screenshot({ path: path.join(repository, 'build/screenshots/download-expired.png') });
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id }) => id), []);
  } finally {
    await browser.close();
  }
});

test('the log has neither tokens nor file names', () => {
  const log = world.website.log();
  assert.match(log, /GET download 200/);
  assert.ok(!/report|Prüfung|AAAA|\/d\//.test(log));
});
