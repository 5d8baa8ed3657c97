// What a peer without a key can do to all others: hold memory, files and the listener. Meanwhile an
// ordinary caller is answered within a second, the core stays within 256 MiB, and gives back.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { World } from '../e2e/harness.mjs';
import { run, until } from '../e2e/programs.mjs';
import { Peer } from './http2.mjs';
import { atLength, Table } from './table.mjs';
import { residentMib, SANITIZED, Watch } from './watch.mjs';

const MEMORY_MAX_MIB = 256;
const KEPT_MAX_MIB = 64; // Of what an attack has taken, afterwards.
const ANSWER_MAX_MS = 1000;
const HELD_MS = 500; // How long an attacker stays when it can do no more.
const STANDARD_STREAMS = 3;
const AT_LENGTH = 5; // Times as much.
const HARMLESS = 'a peer without a key harms nobody by ';
const TURNED_AWAY_MAX_MS = 5000;

const openFiles = (pid) => readdirSync(`/proc/${pid}/fd`).length;

const table = new Table('Transport: what a peer without a key makes the core hold', [
  'attack',
  'sent',
  'connections',
  ...Watch.COLUMNS,
]);
after(() => table.print());

async function attacked(t, attack, options, coreOptions) {
  const world = await World.core(coreOptions);
  const watch = new Watch(world);
  t.after(() => watch.end().finally(() => world.stop()));
  await until('an ordinary caller is served', () => watch.calls > 0);
  const port = Number(world.address.split(':')[1]);
  const attacker = new Worker(new URL('./attacker.mjs', import.meta.url), {
    workerData: { attack, port, ...options },
  });
  const done = await new Promise((resolve, reject) => attacker.once('message', resolve).once('error', reject));
  await pause(HELD_MS);
  attacker.postMessage('leave');
  await new Promise((resolve) => attacker.once('exit', resolve));
  if (!SANITIZED) assert.ok(watch.peak <= MEMORY_MAX_MIB, `the core took ${watch.peak} MiB`);
  await until('memory is given back', () => SANITIZED || residentMib(watch.pid) <= watch.before + KEPT_MAX_MIB);
  const calls = watch.calls;
  await until('ordinary callers are served still', () => watch.calls > calls);
  await watch.end();
  table.add(t.name.replace(HARMLESS, ''), done.sent, done.connections, ...watch.cells());
  assert.ok(watch.worstMs <= ANSWER_MAX_MS, `an ordinary call took ${Math.round(watch.worstMs)} ms`);
  return { world, done };
}

for (const [what, attack, options] of [
  ['headers that name an entry of the table 4,000 times', 'headerBombs', { count: 12_000 }],
  ['such headers on ever new connections', 'headerBombs', { count: 12_000, connections: 300 }],
  ['calls with as many headers as are allowed', 'manyFields', { count: 20_000, connections: 100 }],
  ['20,000 half-open calls', 'halfOpenCalls', { count: 20_000 }],
  ['half-open calls on ever new connections', 'halfOpenCalls', { count: 50_000, connections: 200 }],
  ['half-open calls on 200 connections at once', 'halfOpenCallsOnMany', { count: 250, connections: 200 }],
  ['messages that hold back their end', 'halfMessages', { count: 100, connections: 40 }],
  ['100,000 calls begun and reset', 'rapidResets', { count: 100_000 }],
  ['calls begun and reset on ever new connections', 'rapidResets', { count: 100_000, connections: 300 }],
  ['40,000 streams of reflection', 'reflectionStreams', { count: 40_000, connections: 20 }],
  ['headers without end', 'headersWithoutEnd', { count: 4000, connections: 20 }],
  ['headers with wrong values and more than the limit (CVE-2023-1428)', 'wrongValues', {}],
  ['100,000 pings', 'pings', { count: 100_000, connections: 20 }],
  ['100,000 SETTINGS', 'settings', { count: 100_000, connections: 20 }],
  ['2,000 connections that say nothing', 'idleConnections', { count: 2000 }],
]) {
  const longer = atLength ? Object.fromEntries(Object.entries(options).map(([name, n]) => [name, n * AT_LENGTH])) : {};
  test(`${HARMLESS}${what}`, { timeout: atLength ? 600_000 : 60_000 }, (t) =>
    attacked(t, attack, { ...options, ...longer }),
  );
}

test('callers are served again after more connections than there may be files', { timeout: 60_000 }, async (t) => {
  const flags = () => ['--max-connections', '256'];
  const wrapper = () => ['prlimit', '--nofile=1024:1024', '--'];
  const { world } = await attacked(t, 'idleConnections', { count: 1300 }, { flags, wrapper });
  const newcomer = world.client();
  await newcomer.call('AccountService', 'ListUtcOffsets');
  newcomer.close();
});

test('a core that can open no file turns callers away, and serves them as soon as it can', async (t) => {
  const world = await World.core({ flags: () => ['--allow-dumps'] }); // For openFiles.
  t.after(() => world.stop());
  const pid = world.kalendsd.child.pid;
  const port = Number(world.address.split(':')[1]);
  const limit = (soft) => run('prlimit', ['--pid', String(pid), `--nofile=${soft}:`]);
  const [, before] = readFileSync(`/proc/${pid}/limits`, 'utf8').match(/Max open files\s+(\d+)/);
  await limit(openFiles(pid) + 20);
  const peers = await Promise.all(Array.from({ length: 100 }, () => Peer.connect(port)));
  await until('most are turned away', () => peers.filter(({ open }) => !open).length >= 50);
  await limit(before);
  const newcomer = world.client();
  await newcomer.call('AccountService', 'ListUtcOffsets');
  newcomer.close();
  for (const peer of peers) peer.close();
});

test('callers who cannot even be turned away are, once a file can be opened, though nobody else calls', async (t) => {
  const world = await World.core();
  t.after(() => world.stop());
  const pid = world.kalendsd.child.pid;
  const port = Number(world.address.split(':')[1]);
  const limit = (soft) => run('prlimit', ['--pid', String(pid), `--nofile=${soft}:`]);
  const [, before] = readFileSync(`/proc/${pid}/limits`, 'utf8').match(/Max open files\s+(\d+)/);
  await limit(STANDARD_STREAMS);
  const peers = await Promise.all(Array.from({ length: 10 }, () => Peer.connect(port)));
  await pause(HELD_MS);
  assert.ok(peers.every(({ open }) => open), 'they wait');
  await limit(before);
  await until('all are turned away', () => peers.every(({ open }) => !open), TURNED_AWAY_MAX_MS);
  await world.admin.call('AccountService', 'ListUtcOffsets');
});

test('the core raises its limit of files to what its connections need', async (t) => {
  const wrapper = () => ['prlimit', '--nofile=256:', '--'];
  const world = await World.core({ wrapper });
  t.after(() => world.stop());
  const [, soft, hard] = readFileSync(`/proc/${world.kalendsd.child.pid}/limits`, 'utf8').match(
    /Max open files\s+(\d+)\s+(\d+)/,
  );
  assert.ok(Number(soft) >= Math.min(1024 + 768, Number(hard)), `${soft} of ${hard}`);
});

test('who has shown a key keeps the place, and who has not gives way to newcomers', async (t) => {
  const world = await World.core({ flags: () => ['--max-connections-per-peer', '2'] });
  t.after(() => world.stop());
  const port = Number(world.address.split(':')[1]);
  await world.admin.call('AccountService', 'ListUtcOffsets');
  const first = await Peer.connect(port);
  assert.ok(first.open);
  const second = await Peer.connect(port);
  await until('the first stranger is hung up on', () => !first.open);
  assert.ok(second.open);
  second.close();
  await world.admin.call('AccountService', 'ListUtcOffsets', {}, { timeoutMs: 1000 });
});
