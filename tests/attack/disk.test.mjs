// A disk that takes no more, beneath a core at work: what does not fit is refused with its reason, what was
// answered is there, ordinary callers are answered, and all goes on once there is room.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { newId } from '../e2e/core.mjs';
import { World } from '../e2e/harness.mjs';
import { binary, buildDir, run, until } from '../e2e/programs.mjs';
import { atLength, Table } from './table.mjs';
import { Watch } from './watch.mjs';

const MIB = 1 << 20;
const ROUNDS = atLength ? 20 : 2; // Of full and free again.
const WRITERS = 8;
const REFUSALS = 50;
const ANSWER_MAX_MS = 1000;
const DISK_BYTES = 16 * MIB;
const LEFT_BYTES = MIB / 4; // Of room, when writing begins.
const TIMEOUT_MS = atLength ? 1_200_000 : 120_000;

const COUNTS = ['what', 'times', 'acknowledged', 'refused'];
const table = new Table('Disk: no room while people write', [...COUNTS, ...Watch.COLUMNS]);
after(() => table.print());

// Renames accounts, each writer one, until `REFUSALS` were refused. {accepted: by account the last name, count}.
async function writeUntilRefused(world, accounts) {
  const accepted = new Map();
  const reasons = new Map();
  let answered = 0;
  const refused = () => [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const write = async (name) => {
    const core = world.client();
    while (refused() < REFUSALS) {
      const display_name = `${newId()} ${'x'.repeat(60)}`;
      const request = { account: { name, display_name }, update_mask: { paths: ['display_name'] } };
      try {
        await core.change('AccountService', 'UpdateAccount', request, { account: name });
        accepted.set(name, display_name);
        answered++;
      } catch (error) {
        reasons.set(error.reason, (reasons.get(error.reason) ?? 0) + 1);
      }
    }
    core.close();
  };
  await Promise.all(accounts.map(write));
  assert.deepEqual([...reasons.keys()], ['STORAGE_FULL']);
  return { accepted, answered, refused: refused() };
}

async function namesAre(world, accepted) {
  for (const [name, display_name] of accepted) {
    assert.equal((await world.admin.call('AccountService', 'GetAccount', { name })).display_name, display_name);
  }
}

async function accountsOf(world) {
  const accounts = [];
  for (let i = 0; i < WRITERS; ++i) accounts.push((await world.account(`telegram:${2001 + i}`)).name);
  return accounts;
}

// `fill`: takes the room away; `free`: gives it back.
async function fullAndFree(t, world, accounts, what, { fill, free }) {
  const watch = new Watch(world);
  t.after(() => watch.end());
  let answered = 0;
  let refused = 0;
  for (let round = 0; round < ROUNDS; ++round) {
    await fill();
    const found = await writeUntilRefused(world, accounts);
    await namesAre(world, found.accepted);
    await free();
    await until('changes are taken again', () =>
      world.account(`telegram:${3000 + round}`).then(() => true, (error) => {
        assert.equal(error.reason, 'STORAGE_FULL');
      }),
    );
    answered += found.answered;
    refused += found.refused;
  }
  await watch.end();
  table.add(what, ROUNDS, answered, refused, ...watch.cells());
  assert.ok(watch.worstMs <= ANSWER_MAX_MS, `an ordinary call took ${Math.round(watch.worstMs)} ms`);
}

test('a limit on the size of files harms nobody who only reads', { timeout: TIMEOUT_MS }, async (t) => {
  const world = await World.core();
  t.after(() => world.stop());
  const limit = async (bytes) => {
    const set = await run('prlimit', ['--pid', String(world.kalendsd.child.pid), `--fsize=${bytes}:`]);
    assert.equal(set.code, 0, set.stderr);
  };
  const log = path.join(world.dataDir, 'kalends.db-wal');
  await fullAndFree(t, world, await accountsOf(world), 'a limit on the size of files', {
    fill: () => limit(statSync(log).size + LEFT_BYTES),
    free: () => limit('unlimited'),
  });
});

test('a full disk harms nobody who only reads, nor who comes after a kill', { timeout: TIMEOUT_MS }, async (t) => {
  // Played below the C library, which is the same everywhere; see e2e/small_disk.cc.
  const world = await World.core({
    flags: (folder) => {
      mkdirSync(path.join(folder, 'disk'));
      return ['--storage', `sqlite:${folder}/disk/kalends.db`];
    },
    wrapper: (folder) => [
      'env',
      `KALENDS_SMALL_DISKS=${folder}/disk=${DISK_BYTES}`,
      `LD_PRELOAD=${path.join(buildDir, 'tests/e2e/libsmall_disk.so')}:${process.env.LD_PRELOAD ?? ''}`,
      `ASAN_OPTIONS=${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0`,
    ],
  });
  t.after(() => world.stop());
  const filler = path.join(world.folder, 'disk', 'filler');
  const disk = path.dirname(filler);
  const fill = () => {
    const held = readdirSync(disk).reduce((sum, name) => sum + statSync(path.join(disk, name)).size, 0);
    writeFileSync(filler, Buffer.alloc(DISK_BYTES - held - LEFT_BYTES));
  };
  const free = () => rmSync(filler);
  const accounts = await accountsOf(world);
  await fullAndFree(t, world, accounts, 'a full disk', { fill, free });
  await fill();
  const { accepted } = await writeUntilRefused(world, accounts);
  await world.kalendsd.kill();
  free();
  await world.startCore();
  await namesAre(world, accepted);
});

// Ways to make a folder one that `program` cannot write to. Root can, whatever its mode.
const READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"';
const mounted = (...unshare) => (folder) => ['unshare', ...unshare, '--mount', 'sh', '-ec', READ_ONLY, folder];
const powerless = process.getuid() === 0 ? ['setpriv', '--bounding-set', '-all', '--inh-caps', '-all'] : [];
const WAYS = [
  { name: 'mounted so', command: mounted() },
  { name: 'mounted so by a user', command: mounted('--map-root-user') },
  { name: 'by its mode', command: () => powerless },
];

async function works(way) {
  const folder = mkdtempSync(path.join(tmpdir(), 'kalends-ro-'));
  chmodSync(folder, 0o500);
  const [command, ...rest] = [...way.command(folder), 'touch', path.join(folder, 'x')];
  await run(command, rest);
  const written = existsSync(path.join(folder, 'x'));
  const [still, ...left] = [...way.command(folder), 'true'];
  const runs = (await run(still, left)).code === 0;
  rmSync(folder, { recursive: true });
  return runs && !written;
}

for (const way of WAYS) {
  if (!(await works(way))) continue; // One of them does everywhere.
  test(`a data directory that is read-only (${way.name}) is said to be, old or new`, async (t) => {
    const world = await World.core();
    t.after(() => world.stop());
    await world.kalendsd.stop();
    const empty = path.join(world.folder, 'empty');
    mkdirSync(empty);
    for (const dataDir of [world.dataDir, empty]) {
      chmodSync(dataDir, 0o500);
      const args = ['--listen', '127.0.0.1:0', '--data-dir', dataDir];
      const [command, ...rest] = [...way.command(dataDir), binary('kalendsd'), ...args];
      const { code, stderr } = await run(command, rest);
      assert.equal(code, 1, stderr);
      assert.match(stderr, /cannot write|readonly database/);
      chmodSync(dataDir, 0o700);
    }
  });
}
