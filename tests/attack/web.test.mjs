// What strangers can do to the visitors of kalends-web by being slow: nothing that others notice. The
// greedy come from an address of their own, as far as a loopback has several.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Files } from '../e2e/files.mjs';
import { World } from '../e2e/harness.mjs';
import { until } from '../e2e/programs.mjs';
import { Table } from './table.mjs';
import { Watch } from './watch.mjs';

const GREEDY = '127.0.0.2';
const ANSWER_MAX_MS = 1000;
const FILE_BYTES = 12 << 20; // More than the buffers between two programs hold.
const OF_ONE_LINK = 8;
const OF_ONE_VISITOR = 12;

const table = new Table('Web: what slow strangers make kalends-web hold', ['attack', 'connections', ...Watch.COLUMNS]);
after(() => table.print());

let world, files, document;

before(async () => {
  world = await World.core();
  const marie = await world.specialist();
  const anna = await world.customer('telegram:2001', marie.code, { name: 'Anna' });
  files = new Files(world, marie.name, anna.name);
  document = await files.upload(randomBytes(FILE_BYTES));
  await world.startWeb({ args: ['--connections', '200', '--visitor-requests', String(OF_ONE_VISITOR)] });
});
after(() => world.stop());

// A connection that sends `text` and reads nothing; with `reads`, what comes first.
async function peer(text, { from = GREEDY, reads = false } = {}) {
  const { hostname, port } = new URL(world.web);
  const socket = net.connect({ port: Number(port), host: hostname, localAddress: from });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  if (!reads) return { socket };
  const [first] = await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [''])]);
  socket.pause();
  return { socket, status: Number(first.toString('latin1').split(' ')[1]) };
}
const download = (token, more = '') => `GET /d/${token} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
const hangUp = (peers) => peers.forEach(({ socket }) => socket.destroy());

// An ordinary visitor beside the test's, from now until it ends with its peers.
function watched(t, peers) {
  const watch = new Watch(world, { web: true });
  t.after(async () => {
    await watch.end();
    table.add(t.name, peers.length, ...watch.cells());
    assert.ok(watch.worstMs <= ANSWER_MAX_MS, `an ordinary answer took ${Math.round(watch.worstMs)} ms`);
  });
}

test('headers that never end shut nobody out', { timeout: 60_000 }, async (t) => {
  const peers = [];
  watched(t, peers);
  for (let i = 0; i < 300; ++i) peers.push(await peer('GET / HTTP/1.1\r\nX-Slow: '));
  for (let i = 0; i < 20; ++i) {
    const begun = performance.now();
    const answer = await fetch(`${world.web}/robots.txt`, { headers: { Connection: 'close' } });
    assert.equal(answer.status, 200);
    await answer.text();
    assert.ok(performance.now() - begun < ANSWER_MAX_MS);
    peers.push(await peer('GET / HTTP/1.1\r\nX-Slow: '));
  }
  assert.ok(peers[0].socket.destroyed, 'who waited longest has given way');
  assert.ok(!peers.at(-1).socket.destroyed);
  hangUp(peers);
});

test('slow readers of one link take it from nobody who has another', { timeout: 60_000 }, async (t) => {
  const token = await files.tokenOf(document);
  const slow = [];
  watched(t, slow);
  for (let i = 0; i < OF_ONE_LINK; ++i) {
    slow.push(await peer(download(token), { from: i % 2 ? GREEDY : '127.0.0.3', reads: true }));
  }
  assert.deepEqual(new Set(slow.map(({ status }) => status)), new Set([200]));
  const ninth = await fetch(`${world.web}/d/${token}`);
  assert.equal(ninth.status, 429);
  assert.ok(ninth.headers.get('retry-after'));
  const modest = await fetch(`${world.web}/d/${await files.tokenOf(document)}`);
  assert.equal((await modest.arrayBuffer()).byteLength, FILE_BYTES);
  hangUp(slow);
  await pause(500);
  assert.equal((await fetch(`${world.web}/d/${token}`, { method: 'HEAD' })).status, 200, 'the places are given back');
});

for (const [what, from, more] of [
  ['one address', GREEDY, ''],
  ['one address behind a proxy', '127.0.0.1', 'X-Forwarded-For: 198.51.100.7\r\n'],
  ['addresses that a proxy does not tell', '127.0.0.1', 'X-Forwarded-For: 198.51.100.9, unknown\r\n'],
]) {
  test(`slow readers at ${what} take no more than a share`, { timeout: 60_000 }, async () => {
    const slow = [];
    for (let i = 0; i < OF_ONE_VISITOR; ++i) {
      const token = await files.tokenOf(document);
      slow.push(await peer(download(token, more), { from, reads: true }));
    }
    assert.deepEqual(new Set(slow.map(({ status }) => status)), new Set([200]));
    const further = await peer(`GET /robots.txt HTTP/1.1\r\nHost: x\r\n${more}\r\n`, { from, reads: true });
    assert.equal(further.status, 429);
    const other = await fetch(`${world.web}/robots.txt`, { headers: { 'X-Forwarded-For': '198.51.100.8' } });
    assert.equal(other.status, 200);
    hangUp([...slow, further]);
  });
}

test('what a stranger says of where it comes from means nothing', { timeout: 60_000 }, async (t) => {
  const slow = [];
  watched(t, slow);
  for (let i = 0; i < OF_ONE_VISITOR; ++i) {
    const more = `X-Forwarded-For: 198.51.100.${i}\r\n`;
    slow.push(await peer(download(await files.tokenOf(document), more), { reads: true }));
  }
  const further = await peer('GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n', { reads: true });
  assert.equal(further.status, 429);
  hangUp([...slow, further]);
});

test('where all are being answered, one visitor too many is told so', { timeout: 60_000 }, async () => {
  await world.website.stop();
  await world.startWeb({ args: ['--connections', '3'] });
  const slow = [];
  for (let i = 0; i < 3; ++i) slow.push(await peer(download(await files.tokenOf(document)), { reads: true }));
  const refused = await fetch(`${world.web}/robots.txt`);
  assert.equal(refused.status, 503);
  assert.match(await refused.text(), /too many visitors/);
  slow[0].socket.destroy();
  await until('there is room again', async () => (await fetch(`${world.web}/robots.txt`)).status === 200);
  hangUp(slow);
});
