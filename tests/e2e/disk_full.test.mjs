// A full disk: what does not fit is refused clearly and leaves nothing; all else goes on.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { blobsIn, Files } from './files.mjs';
import { World } from './harness.mjs';
import { buildDir, run, until } from './programs.mjs';

const MIB = 1 << 20;
const BLOBS_BYTES = 8 * MIB;
const DATABASE_BYTES = 32 * MIB;
// Run what follows them with small disks of its own at $0/data/blobs and $0/disk.
const MOUNTED = `
mkdir -p "$0/data/blobs" "$0/disk"
mount -t tmpfs -o size=${BLOBS_BYTES} tmpfs "$0/data/blobs"
mount -t tmpfs -o size=${DATABASE_BYTES} tmpfs "$0/disk"
exec "$@"`;
const PLAYED = `
mkdir -p "$0/disk"
export KALENDS_SMALL_DISKS="$0/data/blobs=${BLOBS_BYTES}:$0/disk=${DATABASE_BYTES}"
export LD_PRELOAD="$1:$LD_PRELOAD" ASAN_OPTIONS="$ASAN_OPTIONS:verify_asan_link_order=0" # As it would be the first.
shift
exec "$@"`;
const SHIM = path.join(buildDir, 'tests/e2e/libsmall_disk.so');

// Ways to give a program small disks. `command`: ends in running what follows it; `root`: where the
// files of a process are seen; `within`: a command that runs another one on the same disks.
const mounted = (...unshare) => ({
  command: (folder) => [...unshare, 'sh', '-ec', MOUNTED, folder],
  root: (pid) => `/proc/${pid}/root`,
  within: () => [],
});
const played = (folder) => ['sh', '-ec', PLAYED, folder, SHIM];
const WAYS = [
  { name: 'a disk mounted in a user namespace', ...mounted('unshare', '--map-root-user', '--mount') },
  // There are none in a chroot, but root may mount there all the same.
  { name: 'a disk mounted by root', ...mounted('unshare', '--mount') },
  // Everywhere; see small_disk.cc.
  { name: 'a disk played below the C library', command: played, root: () => '/', within: played },
];

async function works(way) {
  const folder = mkdtempSync(path.join(tmpdir(), 'kalends-disk-'));
  const [command, ...rest] = [...way.command(folder), 'true'];
  const { code } = await run(command, rest);
  rmSync(folder, { recursive: true });
  return code === 0;
}

async function worldWithFiles(options) {
  const world = await World.core(options);
  const marie = await world.specialist();
  const anna = await world.customer('telegram:2001', marie.code);
  return { world, marie, anna, files: new Files(world, marie.name, anna.name) };
}

test('a limit on the size of files refuses what does not fit and does not end the core', async () => {
  const { world, marie, anna, files } = await worldWithFiles();
  const limit = async (bytes) => {
    const set = await run('prlimit', ['--pid', String(world.kalendsd.child.pid), `--fsize=${bytes}`]);
    assert.equal(set.code, 0, set.stderr);
  };
  // Hard limits cannot be raised again by everybody.
  await limit(`${8 * MIB}:`);
  await assert.rejects(files.upload(Buffer.alloc(20 * MIB)), { reason: 'STORAGE_FULL' });
  assert.deepEqual(blobsIn(path.join(world.dataDir, 'blobs')), []);
  await files.upload(Buffer.alloc(MIB));
  // To SQLite, this is an error of writing as any other.
  const [start] = await world.slots(marie.name);
  await limit('1:');
  await assert.rejects(world.request(marie.name, anna.name, start), { reason: 'STORAGE_FULL' });
  await limit('unlimited:');
  await world.request(marie.name, anna.name, start);
  await files.upload(Buffer.alloc(20 * MIB));
  assert.equal((await files.list()).documents.length, 2);
  assert.equal((await world.stop()).kalendsd, 0);
});

// What this machine allows of the first two, and always the last one.
for (const way of WAYS) {
  if (way.command === played || (await works(way))) test(`${way.name} is full`, (t) => testFullDisk(t, way));
}

async function testFullDisk(t, way) {
  let world, marie, anna, files;
  t.before(async () => {
    ({ world, marie, anna, files } = await worldWithFiles({
      flags: (folder) => ['--storage', `sqlite:${folder}/disk/kalends.db`],
      wrapper: way.command,
    }));
  });
  t.after(() => world.stop());
  // As the core sees it.
  const inside = (...parts) => path.join(way.root(world.kalendsd.child.pid), world.folder, ...parts);
  const blobs = () => blobsIn(inside('data/blobs'));

  await t.test('an upload that does not fit is refused, and nothing of it is kept', async () => {
    const kept = await files.upload(Buffer.alloc(5 * MIB, 'kept'));
    await assert.rejects(files.upload(Buffer.alloc(5 * MIB)), { reason: 'STORAGE_FULL' });
    await until('only what was kept is there', () => blobs().length === 1);
    assert.equal((await files.list()).documents.length, 1);
    const fits = await files.upload(Buffer.alloc(2 * MIB));
    await files.delete(kept);
    await until('there is room again', () => blobs().length === 1);
    await files.upload(Buffer.alloc(5 * MIB));
    await files.delete(fits);
    await until('only what came last is there', () => blobs().length === 1);
  });

  await t.test('many uploads at once that do not fit together leave only those that do', async () => {
    const answers = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(() => files.upload(Buffer.alloc(MIB, 'x'))));
    const refused = answers.filter(({ status }) => status === 'rejected');
    assert.ok(refused.length > 0);
    for (const { reason: error } of refused) assert.equal(error.reason, 'STORAGE_FULL');
    await until('no half is left', () => blobs().every((name) => !name.endsWith('.tmp')));
    const { documents } = await files.list();
    assert.equal(documents.length, 1 + answers.length - refused.length);
    assert.equal(blobs().length, documents.length);
    for (const document of documents) await files.delete(document);
    await until('all is gone', () => blobs().length === 0);
  });

  await t.test('where the database does not fit, a change is refused whole, and reading and deleting go on', async () => {
    const kept = await files.upload(Buffer.from('kept'));
    const filler = inside('disk', 'filler');
    const dd = ['dd', 'if=/dev/zero', `of=${filler}`, `bs=${MIB}`, `count=${(2 * DATABASE_BYTES) / MIB}`];
    const [command, ...rest] = [...way.within(world.folder), ...dd];
    assert.match((await run(command, rest)).stderr, /No space left on device/);
    const full = { reason: 'STORAGE_FULL' };
    await assert.rejects(files.upload(Buffer.from('lost')), full);
    await until('the bytes are gone', () => blobs().length === 1);
    const [start] = await world.slots(marie.name);
    await assert.rejects(world.request(marie.name, anna.name, start), full);
    assert.equal((await files.fetch(kept)).toString(), 'kept');
    const { audit_lines: lines } = await world.admin.call('AdminService', 'ListAuditLines', { page_size: 200 });
    const fetched = lines.filter(({ method, resource }) => method.endsWith('FetchDocument') && resource === kept.name);
    assert.equal(fetched.length, 1, 'reading is told of on a full disk, too');
    assert.ok(statSync(filler).size > 0);
    // For this there is room of its own, which nothing else may take.
    await files.delete(kept);
    await assert.rejects(world.request(marie.name, anna.name, start), full);
    rmSync(filler);
    await world.request(marie.name, anna.name, start);
    await until('all is gone', () => blobs().length === 0);
  });
}
