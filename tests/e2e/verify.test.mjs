// Damage on the disk: `kalends verify` tells of it, and the core does not start on it.
import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { binary, run } from './programs.mjs';

const PAGE = 4096;

let world;
before(async () => {
  world = await World.core();
});
after(() => world.stop());

const verify = (...args) => run(binary('kalends'), ['verify', '--data-dir', world.dataDir, ...args]);

test('a sound directory is found so, while a core works on it and after', async () => {
  for (const runs of [true, false]) {
    if (!runs) assert.equal(await world.kalendsd.stop(), 0);
    const { code, stdout, stderr } = await verify();
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^Nothing is damaged\./);
  }
});

test('a start without the database, beside its files, is refused and makes none', async () => {
  const database = path.join(world.dataDir, 'kalends.db');
  renameSync(database, `${database}.away`);
  const before = readdirSync(world.dataDir).sort();
  const { code, stderr } = await run(binary('kalendsd'), ['--listen', '127.0.0.1:0', '--data-dir', world.dataDir]);
  assert.notEqual(code, 0);
  assert.match(stderr, /restore the database from a backup/);
  assert.deepEqual(readdirSync(world.dataDir).sort(), before);
  renameSync(`${database}.away`, database);
  assert.equal((await verify()).code, 0);
});

test('without the master key, where it may come from is said', async () => {
  const key = path.join(world.dataDir, 'master.key');
  renameSync(key, `${key}.away`);
  const { code, stdout } = await verify();
  assert.equal(code, 2, stdout);
  assert.match(stdout, /^What to do about master_key: .*KALENDS_MASTER_KEY/m);
  renameSync(`${key}.away`, key);
});

test('overwritten pages are told, as lines and as JSON, and keep the core from starting', async () => {
  const database = path.join(world.dataDir, 'kalends.db');
  const size = statSync(database).size;
  const file = openSync(database, 'r+');
  // All but the first, so that it is a database still.
  writeSync(file, Buffer.alloc(8 * PAGE, 0xa5), 0, 8 * PAGE, PAGE);
  closeSync(file);
  const lines = await verify();
  assert.equal(lines.code, 2, lines.stdout + lines.stderr);
  assert.match(lines.stdout, /^page /m);
  assert.match(lines.stdout, /^What to do about page: .*restore a backup/m);
  const json = JSON.parse((await verify('--json')).stdout);
  assert.ok(json.found > 0);
  assert.ok(json.findings.some(({ kind }) => kind === 'page'));
  assert.match(json.advice.page, /restore a backup/);
  const { code, stderr } = await run(binary('kalendsd'), ['--listen', '127.0.0.1:0', '--data-dir', world.dataDir]);
  assert.notEqual(code, 0);
  assert.match(stderr, /The database is damaged.*restore a backup/);
  assert.equal(statSync(database).size, size);
});

test('what is not there cannot be looked at', async () => {
  const { code, stderr } = await run(binary('kalends'), ['verify', '--data-dir', path.join(world.folder, 'none')]);
  assert.equal(code, 1);
  assert.match(stderr, /there is no database/);
});
