// Downloads through kalends-web: whole and in parts, and what becomes of links that do not lead
// anywhere any more.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { age, Files } from './files.mjs';
import { World } from './harness.mjs';
import { connect, exchange, raw } from './http.mjs';
import { until } from './programs.mjs';

const MINUTES_5 = 300;
let world, marie, anna, files;
const tokens = [];

before(async () => {
  // Which files a program has open is otherwise shown to root alone.
  world = await World.core({ flags: () => ['--allow-dumps'] });
  marie = await world.specialist();
  anna = await world.customer('telegram:2001', marie.code, { name: 'Anna' });
  files = new Files(world, marie.name, anna.name);
  await world.startWeb();
});
after(() => world.stop());

async function tokenOf(document) {
  const token = await files.tokenOf(document);
  tokens.push(token);
  return token;
}
// The answer, all of which has come.
async function get(token, headers = {}) {
  const answer = await fetch(`${world.web}/d/${token}`, { headers });
  const bytes = await answer.arrayBuffer();
  return new Response(bytes.byteLength > 0 ? bytes : null, answer);
}
const bytesOf = async (answer) => Buffer.from(await answer.arrayBuffer());
const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');
// How many files below `folder` the core has open.
function filesOpen(folder) {
  const directory = `/proc/${world.kalendsd.child.pid}/fd`;
  const targets = readdirSync(directory).map((fd) => {
    try {
      return readlinkSync(`${directory}/${fd}`);
    } catch {
      return ''; // Closed meanwhile.
    }
  });
  return targets.filter((target) => target.includes(folder)).length;
}

test('a document comes whole, to be saved and not shown, and stays in no cache', async () => {
  const bytes = randomBytes(300_001);
  const token = await tokenOf(await files.upload(bytes, { file_name: 'Prüfung "1" <b>😀.pdf' }));
  const answer = await get(token);
  assert.equal(answer.status, 200);
  assert.equal(sha(await bytesOf(answer)), sha(bytes));
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.equal(answer.headers.get('content-length'), String(bytes.length));
  assert.match(answer.headers.get('content-disposition'), /^attachment; filename="[ -~]+"; filename\*=UTF-8''Pr%C3%BCfung/);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(answer.headers.get('strict-transport-security'), null, 'nobody said that there is TLS');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(answer.headers.get('accept-ranges'), 'bytes');
  assert.match(answer.headers.get('content-security-policy'), /sandbox/);
  assert.match(answer.headers.get('x-robots-tag'), /noindex/);
  assert.match(answer.headers.get('etag'), /^"[0-9a-f]{32}"$/);
  assert.ok(Math.abs(Date.parse(answer.headers.get('date')) - Date.now()) < 60_000);
  // Within its five minutes a link works again, as download managers need it.
  assert.equal((await get(token)).status, 200);
});

test('parts come as asked for', async () => {
  const bytes = randomBytes(200_000);
  const token = await tokenOf(await files.upload(bytes));
  const cases = [
    ['bytes=0-0', 0, 1],
    ['bytes=65535-65537', 65_535, 65_538],
    ['bytes=100000-', 100_000, 200_000],
    ['bytes=-1', 199_999, 200_000],
    ['bytes=199999-500000', 199_999, 200_000],
    ['bytes=0-', 0, 200_000],
  ];
  for (const [range, start, end] of cases) {
    const answer = await get(token, { Range: range });
    assert.equal(answer.status, 206, range);
    assert.equal(answer.headers.get('content-range'), `bytes ${start}-${end - 1}/200000`);
    assert.equal(answer.headers.get('content-length'), String(end - start));
    assert.ok((await bytesOf(answer)).equals(bytes.subarray(start, end)), range);
  }
  for (const range of ['bytes=200000-', 'bytes=-0', 'bytes=99999999999999999999-']) {
    const beyond = await get(token, { Range: range });
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers.get('content-range'), 'bytes */200000');
  }
  for (const headers of [{ Range: 'bytes=0-1,3-4' }, { Range: 'lines=1-2' }, { Range: 'bytes=0-1', 'If-Range': '"x"' }]) {
    const whole = await get(token, headers);
    assert.equal(whole.status, 200);
    assert.equal((await whole.arrayBuffer()).byteLength, 200_000);
  }
  // By its tag a browser goes on where a download broke off.
  const tag = (await get(token)).headers.get('etag');
  const rest = await get(token, { Range: 'bytes=150000-', 'If-Range': tag });
  assert.equal(rest.status, 206);
  assert.ok((await bytesOf(rest)).equals(bytes.subarray(150_000)));
});

test('one connection serves several downloads, whole, in part and refused', async () => {
  const token = await tokenOf(await files.upload(Buffer.from('0123456789')));
  const request = (target, more = '') => `GET /d/${target} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
  const { text } = await exchange(
    world.web,
    request(token) + request(token, 'Range: bytes=3-4\r\n') + request('unknown') + request(token, 'Connection: close\r\n'),
  );
  assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g), ['200', '206', '404', '200'].map((status) => `HTTP/1.1 ${status}`));
  assert.match(text, /\r\n\r\n0123456789HTTP[^]*\r\n\r\n34HTTP[^]*\r\n\r\n0123456789$/);
});

test('HEAD says what GET would send, and sends nothing', async () => {
  const token = await tokenOf(await files.upload(randomBytes(5_000)));
  const { status, head, body } = await raw(world.web, `HEAD /d/${token} HTTP/1.1`);
  assert.equal(status, 200);
  assert.match(head, /Content-Length: 5000(\r\n|$)/);
  assert.match(head, /Content-Disposition: attachment/);
  assert.equal(body, '');
  const part = await raw(world.web, `HEAD /d/${token} HTTP/1.1`, ['Host: x', 'Range: bytes=10-19']);
  assert.equal(part.status, 200, 'ranges are for GET');
  assert.match(part.head, /Content-Length: 5000(\r\n|$)/);
  const unknown = await raw(world.web, 'HEAD /d/unknown HTTP/1.1');
  assert.equal(unknown.status, 404);
  assert.equal(unknown.body, '');
});

test('other methods change nothing and are refused', async () => {
  const token = await tokenOf(await files.upload(randomBytes(10)));
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const { status, head, body } = await raw(world.web, `${method} /d/${token} HTTP/1.1`);
    assert.equal(status, 405, method);
    assert.match(head, /Allow: GET, HEAD/);
    assert.ok(!body.includes(token));
  }
  assert.equal((await get(token)).status, 200);
});

test('no file name gets out of its header, shows a path or reads backwards', async () => {
  const cases = [
    ['../../etc/passwd', 'filename="passwd"'],
    ['C:\\Users\\x\\Befund.pdf', 'filename="Befund.pdf"'],
    ['a"\r\nSet-Cookie: x=y\r\n\r\n<script>.pdf', 'filename="a_ Set-Cookie_ x=y _script_.pdf"'],
    ['annex\u202efdp.exe', 'filename="annexfdp.exe"'],
    ['\u0000\u0007\u200b', 'filename="file"'],
    ['CON.txt', 'filename="_CON.txt"'],
    ['👩‍⚕️ Röntgen.jpg', `filename="____ R_ntgen.jpg"; filename*=UTF-8''${encodeURIComponent('👩‍⚕️ Röntgen.jpg')}`],
    ['заключение.pdf', `filename="__________.pdf"; filename*=UTF-8''${encodeURIComponent('заключение.pdf')}`],
    ['100%25.pdf', `filename="100_25.pdf"; filename*=UTF-8''100%2525.pdf`],
    ['x'.repeat(5_000) + '.pdf', `filename="${'x'.repeat(96)}.pdf"`],
  ];
  for (const [file_name, expected] of cases) {
    const token = await tokenOf(await files.upload(Buffer.from('x'), { file_name }));
    const answer = await get(token);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-disposition'), `attachment; ${expected}`);
    assert.equal(answer.headers.get('set-cookie'), null);
    assert.equal(await answer.text(), 'x');
  }
});

test('a type that is none is sent as bytes, and one that browsers run is not run', async () => {
  const none = await tokenOf(await files.upload(randomBytes(10), { content_type: '' }));
  assert.equal((await get(none)).headers.get('content-type'), 'application/octet-stream');
  const page = await tokenOf(await files.upload(Buffer.from('<script>alert(1)</script>'), { content_type: 'text/html' }));
  const answer = await get(page);
  assert.match(answer.headers.get('content-disposition'), /^attachment/);
  assert.match(answer.headers.get('content-security-policy'), /default-src 'none'; sandbox/);
});

test('a guessed link is a page that says how to get a new one', async () => {
  for (const token of ['A'.repeat(43), 'short', '..%2f..%2fetc%2fpasswd', 'A'.repeat(44), '', `${'A'.repeat(43)}/x`]) {
    const answer = await get(token, { 'Accept-Language': 'de' });
    assert.equal(answer.status, 404, token);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const html = await answer.text();
    assert.match(html, /Diesen Link gibt es nicht/);
    assert.match(html, /So bekommen Sie einen neuen Link/);
    assert.ok(!html.includes('AAAA'));
  }
});

test('a link is good for five minutes, then a page says so in the viewer’s language', async () => {
  const document = await files.upload(randomBytes(10));
  const { token, expire_time: end } = await files.createLink(document);
  tokens.push(token);
  const left = Number(end.seconds) - Date.now() / 1000;
  assert.ok(left > MINUTES_5 - 20 && left <= MINUTES_5, `${left} s`);
  await age(world, MINUTES_5 - 60);
  assert.equal((await get(token)).status, 200, 'a minute before');
  await age(world, 60);
  for (const headers of [{}, { Range: 'bytes=0-1' }]) {
    const answer = await get(token, { 'Accept-Language': 'fr-CH', ...headers });
    assert.equal(answer.status, 410);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('content-disposition'), null);
    assert.match(await answer.text(), /<html lang="fr">[^]*Ce lien a expiré[^]*Pour obtenir un nouveau lien/);
  }
  // Whose browser says nothing we speak reads the language of whom the link was made for.
  assert.match(await (await get(token, { 'Accept-Language': 'pt' })).text(), /Dieser Link ist abgelaufen/);
  // A new link to the same document leads there again; the old one stays what it is.
  assert.equal((await get(await tokenOf(document))).status, 200);
  assert.equal((await get(token)).status, 410);
});

test('the link of a deleted document says so', async () => {
  const document = await files.upload(randomBytes(10));
  const token = await tokenOf(document);
  await files.delete(document);
  const answer = await get(token, { 'Accept-Language': 'uk' });
  assert.equal(answer.status, 410);
  assert.match(await answer.text(), /Цей документ видалено/);
});

test('nobody makes a link to another customer’s document; one’s own stay within reach when the link ends', async () => {
  const document = await files.upload(randomBytes(10));
  const boris = await world.customer('telegram:2002', marie.code, { name: 'Boris' });
  await assert.rejects(files.createLink(document, boris.name), { reason: 'NOT_FOUND' });
  const his = new Files(world, marie.name, boris.name);
  const token = await his.tokenOf(await his.upload(randomBytes(10)));
  assert.equal((await get(token)).status, 200);
  await world.admin.change('LinkService', 'RemoveLink', { name: his.parent }, { account: boris.name });
  assert.equal((await get(token)).status, 200);
});

test('a viewer who hangs up in the middle costs nothing, and others go on', async () => {
  const bytes = randomBytes(20_000_000);
  const token = await tokenOf(await files.upload(bytes));
  for (let i = 0; i < 20; i += 1) {
    const socket = await connect(world.web);
    socket.write(`GET /d/${token} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await once(socket, 'data');
    if (i % 2 === 0) socket.destroy();
    else socket.resetAndDestroy();
  }
  assert.equal(sha(await bytesOf(await get(token))), sha(bytes));
  await until('the core has closed every file', () => filesOpen('/blobs/') === 0);
  assert.ok(!/error/.test(world.website.log()));
});

test('a viewer who reads slowly gets everything, and others are served meanwhile', async () => {
  const bytes = randomBytes(48_000_000);
  const token = await tokenOf(await files.upload(bytes));
  const socket = await connect(world.web);
  socket.write(`GET /d/${token} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  const [first] = await once(socket, 'data');
  socket.pause();
  for (let i = 0; i < 20; i += 1) assert.equal((await get('A'.repeat(43))).status, 404);
  assert.equal(filesOpen('/blobs/'), 1, 'the core waits instead of sending it all');
  let total = first.length;
  socket.on('data', (chunk) => (total += chunk.length));
  socket.resume();
  await once(socket, 'close');
  assert.ok(total > bytes.length && total < bytes.length + 2_000, String(total));
});

test('a download that the core leaves in the middle does not look whole', async () => {
  const token = await tokenOf(await files.upload(randomBytes(20_000_000)));
  const socket = await connect(world.web);
  socket.on('error', () => {});
  socket.write(`GET /d/${token} HTTP/1.1\r\nHost: x\r\n\r\n`);
  let total = (await once(socket, 'data'))[0].length;
  socket.pause();
  const closed = once(socket, 'close'); // A reset may come before the core is known to be dead.
  await world.kalendsd.kill();
  socket.on('data', (chunk) => (total += chunk.length));
  socket.resume();
  await closed;
  assert.ok(total < 20_000_000);
  const answer = await get(token, { 'Accept-Language': 'de' });
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /Gerade nicht erreichbar/);
  await world.startCore();
  await until('downloads are back', async () => (await get(token)).status === 200);
});

test('a link does not outlive the account whose document it leads to', async () => {
  const clara = await world.customer('telegram:2003', marie.code, { name: 'Clara' });
  const hers = new Files(world, marie.name, clara.name);
  const { token } = await hers.createLink(await hers.upload(randomBytes(10)), marie.account);
  assert.equal((await get(token)).status, 200);
  await world.admin.change('PrivacyService', 'DeleteAccount', { name: clara.name }, { account: clara.name });
  assert.equal((await get(token)).status, 410, 'the document is deleted');
});

test('the logs have neither tokens nor file names', () => {
  assert.match(world.website.log(), /GET download 200/);
  for (const log of [world.website.log(), world.kalendsd.log()]) {
    assert.ok(!/report|Prüfung|Befund|passwd|AAAA|\/d\//.test(log));
    for (const token of tokens) assert.ok(!log.includes(token));
  }
  assert.ok(tokens.length > 20);
});
