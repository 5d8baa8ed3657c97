// One core at a time: on its data, whatever they are called, and on its port; and its secrets stay
// its own.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { binary, run } from './programs.mjs';

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

let world;
before(async () => {
  world = await World.core({ env: { KALENDS_MASTER_KEY: MASTER_KEY } });
});
after(() => world.stop());

// A second core beside the first; it must not start.
async function refusal({ listen = '127.0.0.1:0', dataDir, storage = 'sqlite:' }) {
  const args = ['--listen', listen, '--data-dir', dataDir, '--storage', storage];
  const { code, stderr } = await run(binary('kalendsd'), args, { env: { KALENDS_MASTER_KEY: MASTER_KEY } });
  assert.notEqual(code, 0);
  return stderr;
}

test('a second core is kept off the data of the first, by whatever name it finds them', async () => {
  const alias = path.join(world.folder, 'alias');
  symlinkSync(world.dataDir, alias);
  for (const dataDir of [world.dataDir, alias]) {
    assert.match(await refusal({ dataDir }), /another kalendsd works on .*choose another --data-dir/);
  }
  const other = path.join(world.folder, 'other');
  const file = path.join(world.folder, 'alias.db');
  symlinkSync(path.join(world.dataDir, 'kalends.db'), file);
  for (const database of [path.join(world.dataDir, 'kalends.db'), path.join(alias, 'kalends.db'), file]) {
    const why = await refusal({ dataDir: other, storage: `sqlite:${database}` });
    assert.match(why, /another kalendsd works on the database .*choose another --storage/);
  }
});

test('a second core with data of its own is kept off the port of the first', async () => {
  const dataDir = path.join(world.folder, 'neighbour');
  assert.match(await refusal({ listen: world.address, dataDir }), /is another server running there/);
});

// gRPC is content with the addresses it gets, and callers of the others would reach another core.
test('a second core that means all addresses does not begin with those that the first has left', async () => {
  const port = world.address.split(':')[1];
  for (const host of ['localhost', '0.0.0.0', '[::]', '[::ffff:127.0.0.1]']) {
    const dataDir = path.join(world.folder, 'neighbour');
    assert.match(await refusal({ listen: `${host}:${port}`, dataDir }), /is another server running there/);
  }
});

test('what is kept is kept in a file', async () => {
  const dataDir = path.join(world.folder, 'forgetful');
  assert.match(await refusal({ dataDir, storage: 'sqlite::memory:' }), /must name a file/);
});

test('the data directory is for its owner alone, also where it was not', async () => {
  assert.equal(statSync(world.dataDir).mode & 0o777, 0o700);
  const dataDir = path.join(world.folder, 'open');
  mkdirSync(dataDir);
  chmodSync(dataDir, 0o755);
  await refusal({ listen: world.address, dataDir });
  assert.equal(statSync(dataDir).mode & 0o777, 0o700);
});

test('the master key is not in what the system shows of the process', () => {
  let environment;
  try {
    environment = readFileSync(`/proc/${world.kalendsd.child.pid}/environ`, 'latin1');
  } catch (error) {
    assert.equal(error.code, 'EACCES'); // Only root may look at all.
    return;
  }
  assert.ok(environment.includes('KALENDS_MASTER_KEY='));
  assert.ok(!environment.includes(MASTER_KEY));
});
