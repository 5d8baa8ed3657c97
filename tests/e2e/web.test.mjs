// kalends-web over sockets: its pages, its headers, and what becomes of hostile requests.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { connect, exchange, raw } from './http.mjs';
import { binary, run, until } from './programs.mjs';

let world;
let marie;

before(async () => {
  world = await World.core();
  marie = await world.specialist({ name: 'Marie Müller' });
  await world.publish(marie, { about: 'Guten Tag.', website: 'https://mueller.example' });
  await world.startWeb({
    args: ['--public-url', 'https://kalends.example', '--bot-url', 'https://t.me/kalends_bot'],
  });
});
after(() => world.stop());

const get = (path, headers = {}, options = {}) => fetch(world.web + path, { redirect: 'manual', headers, ...options });
const marieAt = '/p/marie-mueller';

test('a page has safe headers, its language and a tag by which it is not sent twice', async () => {
  const answer = await get(marieAt, { 'Accept-Language': 'fr-CH, fr;q=0.9, en;q=0.8' });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(answer.headers.get('content-language'), 'fr');
  assert.equal(answer.headers.get('vary'), 'Accept-Language');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(answer.headers.get('x-frame-options'), 'DENY');
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  assert.ok(Math.abs(Date.parse(answer.headers.get('date')) - Date.now()) < 60_000);
  assert.match(answer.headers.get('content-security-policy'), /^default-src 'none'; style-src 'sha256-[^']+';/);
  const html = await answer.text();
  assert.match(html, /<html lang="fr"/);
  assert.match(html, /Marie Müller/);
  assert.ok(!/<script(?! type="application\/ld\+json">)|https?:\/\/[^"]*\.(js|css|woff2?|png|jpe?g)"/.test(html), 'the page asks for something');
  const again = await get(marieAt, { 'Accept-Language': 'fr', 'If-None-Match': answer.headers.get('etag') });
  assert.equal(again.status, 304);
  assert.equal(again.headers.get('content-length'), null, 'it would have to be that of the page');
  assert.equal(await again.text(), '');
  const german = await get(marieAt, { 'Accept-Language': 'de', 'If-None-Match': answer.headers.get('etag') });
  assert.equal(german.status, 200);
});

test('every answer, whatever it says, can load nothing, be framed by nobody and keeps to TLS', async () => {
  const answers = ['/', marieAt, '/p/Marie-Mueller', '/nothing', '/robots.txt', '/icon.svg', '/healthz', '/d/x'];
  for (const path of answers) {
    const { headers } = await get(path);
    assert.match(headers.get('content-security-policy'), /^default-src 'none'/, path);
    assert.equal(headers.get('x-frame-options'), 'DENY', path);
    assert.equal(headers.get('strict-transport-security'), 'max-age=15552000', path);
  }
  const refused = await raw(world.web, 'BREW / HTTP/1.1');
  assert.match(refused.head, /Strict-Transport-Security: max-age=15552000/);
});

test('the language chosen on the page wins over that of the browser, and each is complete', async () => {
  for (const language of ['de', 'en', 'fr', 'ru', 'uk', 'es']) {
    const answer = await get(`${marieAt}?lang=${language}`, { 'Accept-Language': 'de' });
    assert.equal(answer.headers.get('content-language'), language);
    assert.ok(!/(page|error|download)\.[a-z_]+/.test(await answer.text()), language);
  }
  const provider = await get(marieAt, { 'Accept-Language': 'pt-BR' });
  assert.equal(provider.headers.get('content-language'), 'de', 'that of the provider, where none is spoken');
});

test('HEAD has the headers of GET and no body', async () => {
  const whole = await get(marieAt);
  const { head, body, status } = await raw(world.web, `HEAD ${marieAt} HTTP/1.1`);
  assert.equal(status, 200);
  assert.equal(body, '');
  assert.match(head, new RegExp(`Content-Length: ${Buffer.byteLength(await whole.text())}(\r\n|$)`));
});

test('addresses as people type them lead to the right one', async () => {
  const cases = [
    ['/p/Marie-Mueller', marieAt],
    ['/p/marie-mueller/', marieAt],
    ['/p/MARIE-MUELLER?lang=ru', `${marieAt}?lang=ru`],
    ['/p/MARIE-MUELLER?lang=%0d%0aX', marieAt],
  ];
  for (const [path, location] of cases) {
    const answer = await get(path);
    assert.equal(answer.status, 301);
    assert.equal(answer.headers.get('location'), location);
  }
});

test('an earlier slug leads to the present one, and a withdrawn page is gone at once', async () => {
  const dora = await world.specialist({ identity: 'telegram:1002', name: 'Dora' });
  await world.publish(dora, { slug: 'dora-old' });
  await world.publish(dora, { slug: 'dora-new' });
  const moved = await get('/p/dora-old');
  assert.equal(moved.status, 301);
  assert.equal(moved.headers.get('location'), '/p/dora-new');
  assert.equal((await get('/p/dora-old?lang=uk')).headers.get('location'), '/p/dora-new?lang=uk');
  await world.publish(dora, { published: false });
  assert.equal((await get('/p/dora-new')).status, 404);
});

test('the root says in the viewer’s language what Kalends is', async () => {
  for (const path of ['/', '/?utm=x']) {
    const answer = await get(path, { 'Accept-Language': 'de' });
    assert.equal(answer.status, 200, path);
    assert.match(await answer.text(), /<h1>Kalends: Termine in Telegram<\/h1>/);
  }
  assert.match(await (await get('/', { 'Accept-Language': 'uk' })).text(), /<html lang="uk">/);
});

test('what is not there is a page that says so in the viewer’s language', async () => {
  for (const path of ['/p/nobody', '/p/', '/p/..%2fadmin', '/p/%00', '/d', '/admin', '/p/a/b', '/.git/config']) {
    const answer = await get(path, { 'Accept-Language': 'de' });
    assert.equal(answer.status, 404, path);
    assert.match(await answer.text(), /<h1>Diese Seite gibt es nicht<\/h1>/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  }
});

test('the invitation leads to the bot with its code, while it is active', async () => {
  const { invitations } = await world.admin.call('InvitationService', 'ListInvitations', { parent: marie.name });
  await world.publish(marie, { invitation: invitations[0].name });
  const link = `https://t.me/kalends_bot?start=${invitations[0].code}`;
  assert.ok((await (await get(marieAt)).text()).includes(`href="${link}"`));
  await world.admin.change('InvitationService', 'RevokeInvitation', { name: invitations[0].name });
  assert.ok(!(await (await get(marieAt)).text()).includes('t.me'));
});

test('HTML in names and texts stays text', async () => {
  const attack = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
  const service = { display_name: attack, description: attack, duration: { seconds: 3600 } };
  const eve = await world.specialist({ identity: 'telegram:1666', name: attack, services: [service] });
  const { slug } = await world.publish(eve, {
    about: attack,
    address: attack,
    social_profiles: [{ display_name: attack, url: 'https://a.example/?a=1&b=2' }],
  });
  assert.match(slug, /^[a-z0-9-]+$/);
  const html = await (await get(`/p/${slug}`)).text();
  assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
  assert.ok(!/<script(?! type="application\/ld\+json">)|<img/.test(html));
  assert.equal(html.match(/<script/g).length, 1, 'what it says to machines is the only one');
});

test('methods other than GET and HEAD are refused, with or without a body', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'BREW']) {
    const { status, head } = await raw(world.web, `${method} ${marieAt} HTTP/1.1`);
    assert.ok(status === 405 || status === 400, `${method}: ${status}`);
    if (status === 405) assert.match(head, /Allow: GET, HEAD/);
  }
  const large = `POST ${marieAt} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n${'x'.repeat(5_000_000)}`;
  assert.equal((await exchange(world.web, large)).status, 405);
  const body = await exchange(world.web, `GET ${marieAt} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello`);
  assert.equal(body.status, 413);
});

test('the same page is found by either form of a target and whatever is percent-encoded without need', async () => {
  const encoded = marieAt.replace('/p/', '/%70/').replaceAll('-', '%2D');
  for (const target of [`http://kalends.example${marieAt}`, `HTTPS://other.example:8443${marieAt}`, encoded]) {
    assert.equal((await raw(world.web, `GET ${target} HTTP/1.1`)).status, 200, target);
  }
});

test('malformed and oversized requests are refused and harm nobody', async () => {
  const cases = [
    ['garbage\r\n\r\n', 400],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
    [`GET ${marieAt}\r\n\r\n`, 400],
    [`GET ${marieAt} HTTP/9.9\r\nHost: x\r\n\r\n`, 400],
    [`GET ${marieAt} HTTP/1.1\r\nConnection: close\r\n\r\n`, 400], // No Host.
    [`GET ${marieAt} HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n`, 400],
    [`GET ${marieAt} HTTP/1.1\r\nHost : x\r\n\r\n`, 400],
    [`GET /p/${'a'.repeat(3000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 414],
    [`GET ${marieAt} HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    [`GET ${marieAt} HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(10_000)}\r\n`, 431],
    [`GET ${marieAt} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`, 413],
    [`GET ${marieAt} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n`, 400],
  ];
  for (const [bytes, status] of cases) {
    const answer = await exchange(world.web, Buffer.from(bytes, 'latin1'));
    assert.equal(answer.status, status, JSON.stringify(bytes.slice(0, 60)));
  }
  assert.equal((await get(marieAt)).status, 200);
});

test('a body whose length is told in two ways is refused, and what follows is no second request', async () => {
  const second = `GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n`;
  for (const framing of [
    'Transfer-Encoding: xchunked',
    'Transfer-Encoding: identity',
    'Transfer-Encoding: gzip',
    'Transfer-Encoding:',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding: \x0bchunked',
    'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
    'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked',
    'Transfer-Encoding: chunked\r\nContent-Length: 5',
    'Content-Length: 5\r\nTransfer-Encoding: chunked',
    'Content-Length: 0\r\nTransfer-Encoding: xchunked',
    'Content-Length: 0\r\nContent-Length: 0',
    'Content-Length: 0\r\nContent-Length: 5',
    'Content-Length: 0, 0',
    'Content-Length: 0,0',
  ]) {
    for (const method of ['GET', 'POST']) {
      const head = `${method} ${marieAt} HTTP/1.1\r\nHost: x\r\n${framing}\r\n\r\n`;
      const { status, text } = await exchange(world.web, head + second);
      assert.equal(status, 400, `${method} ${framing}`);
      assert.equal(text.match(/HTTP\/1\.1 /g).length, 1, framing);
    }
  }
  const old = await exchange(world.web, `GET ${marieAt} HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`);
  assert.equal(old.status, 400);
});

test('requests in one packet are answered in order, and HTTP/1.0 is spoken', async () => {
  const one = `GET ${marieAt} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const last = `GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
  const { text } = await exchange(world.web, one + one + last);
  assert.equal(text.match(/HTTP\/1\.1 200 OK/g).length, 3);
  const old = await exchange(world.web, `GET ${marieAt} HTTP/1.0\r\n\r\n`);
  assert.equal(old.status, 200);
});

test('a client that trickles its header is let go, and others are served meanwhile', async () => {
  const slow = await connect(world.web);
  const closed = once(slow, 'close').then(() => Date.now());
  slow.on('error', () => {});
  const begun = Date.now();
  slow.write('GET / HTTP/1.1\r\n');
  const drip = setInterval(() => slow.write('X: y\r\n'), 500);
  assert.equal((await get(marieAt)).status, 200);
  const ended = await closed;
  clearInterval(drip);
  assert.ok(ended - begun > 10_000 && ended - begun < 25_000, `${ended - begun} ms`);
});

test('/healthz asks the core, and both get well again', async () => {
  assert.equal(await (await get('/healthz')).text(), 'ok\n');
  await world.kalendsd.kill();
  const sick = await get('/healthz');
  assert.equal(sick.status, 503);
  const answer = await get(marieAt, { 'Accept-Language': 'de' });
  assert.equal(answer.status, 503);
  assert.ok(answer.headers.get('retry-after'));
  assert.match(await answer.text(), /Gerade nicht erreichbar/);
  await world.startCore();
  await until('the page is back', async () => (await get('/healthz')).status === 200);
  assert.equal((await get(marieAt)).status, 200);
});

test('who has not asked anything gives way to a newcomer, the longest waiting first', async () => {
  await world.website.stop();
  await world.startWeb({ args: ['--connections', '3'] });
  const sockets = [];
  for (let i = 0; i < 3; ++i) sockets.push(await connect(world.web));
  for (const socket of sockets) socket.on('error', () => {});
  const gone = once(sockets[0], 'close');
  await until('three are connected', async () => {
    assert.equal((await raw(world.web, 'GET /robots.txt HTTP/1.1')).status, 200);
    return sockets[0].destroyed;
  });
  await gone;
  assert.ok(!sockets[2].destroyed);
  for (const socket of sockets) socket.destroy();
});

test('it stops when asked, without waiting for idle connections', async () => {
  const idle = await connect(world.web);
  idle.on('error', () => {});
  const closed = once(idle, 'close');
  const begun = Date.now();
  assert.equal(await world.website.stop(), 0);
  await closed;
  assert.ok(Date.now() - begun < 5_000);
});

test('a key that may read profiles and not download is never well, also where the core came later', async () => {
  const keyFile = path.join(world.folder, 'narrow.key');
  const made = await world.admin.change('AdminService', 'CreateApiKey', {
    api_key: { display_name: 'Narrow', scopes: ['SCOPE_TOOL_READ'] },
  });
  writeFileSync(keyFile, `${made.secret}\n`);
  await world.website.stop();
  await world.kalendsd.kill();
  await world.startWeb({ keyFile });
  await world.startCore();
  // Where its first call got through to the core, it has ended.
  const asked = (at) => get(at).catch(() => undefined);
  await until('the core is reached', async () => ((await asked(marieAt))?.status ?? 200) === 200);
  assert.equal((await asked('/healthz'))?.status ?? 503, 503);
  await world.website.stop();
  await world.startWeb();
  assert.equal((await get('/healthz')).status, 200);
});

test('a missing key is said at once, and a revoked one by /healthz', async () => {
  const missing = await run(binary('kalends-web'), ['--api-key-file', path.join(world.folder, 'none')]);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /--api-key-file: .*none cannot be read: No such file/);
  const made = await world.admin.change('AdminService', 'CreateApiKey', {
    api_key: { display_name: 'Short-lived', scopes: ['SCOPE_WEB'] },
  });
  const keyFile = path.join(world.folder, 'short-lived.key');
  writeFileSync(keyFile, `${made.secret}\n`);
  await world.website.stop();
  await world.startWeb({ keyFile });
  assert.equal((await get('/healthz')).status, 200);
  await world.admin.change('AdminService', 'RevokeApiKey', { name: made.api_key.name });
  assert.equal((await get('/healthz')).status, 503);
  assert.equal((await get(marieAt)).status, 503);
  await world.website.stop();
  await world.startWeb();
  assert.equal((await get('/healthz')).status, 200);
});

test('the log has no paths, tokens or names', async () => {
  await get('/d/' + 'S'.repeat(43));
  await get('/p/secret-person');
  const log = readFileSync(world.website.logFile, 'utf8');
  assert.match(log, /GET profile 404/);
  assert.ok(!/SSS|secret-person|marie|Müller/i.test(log));
});
