// An upload that a crash cuts short leaves nothing behind; a finished one survives it; keys rotate.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { blobsIn, Files } from './files.mjs';
import { World } from './harness.mjs';
import { run, until } from './programs.mjs';

const PIECE = Buffer.alloc(256 * 1024, 'kalends ');

let world;
let files;
before(async () => {
  world = await World.core();
  const specialist = await world.specialist();
  const anna = await world.customer('telegram:2001', specialist.code);
  files = new Files(world, specialist.name, anna.name);
});
after(() => world.stop());

const blobs = () => blobsIn(path.join(world.dataDir, 'blobs'));
const send = (file_name, pieces) => files.upload(Buffer.concat(Array(pieces).fill(PIECE)), { file_name });
// The order of what was made within the same second is lost with the process.
const namesOf = ({ documents }) => documents.map(({ file_name: name }) => name).sort();

test('kill -9 in the middle of an upload leaves neither a file nor a row', async () => {
  const kept = await send('kept.txt', 8);
  assert.equal(blobs().length, 1);
  let open;
  const broken = world.admin.upload(
    'DocumentService',
    'UploadDocument',
    (stream) => {
      open = stream;
      stream.write(files.header({ file_name: 'lost.txt' }));
      for (let i = 0; i < 20; ++i) stream.write({ data: PIECE });
    },
    { account: files.account },
  );
  const lost = assert.rejects(broken);
  await until('the upload is under way', () => {
    const half = blobs().find((name) => name.endsWith('.tmp'));
    return half && statSync(path.join(world.dataDir, 'blobs', half)).size > 1_000_000;
  });
  await world.kalendsd.kill();
  await lost;
  open.cancel();
  assert.equal(blobs().length, 2, 'the crash left the half');
  await world.startCore();
  assert.equal(blobs().length, 1, 'the sweep at start removes it');
  assert.deepEqual(namesOf(await files.list()), ['kept.txt']);
  const bytes = await files.fetch(kept);
  assert.ok(bytes.equals(Buffer.concat(Array(8).fill(PIECE))));
});

test('after a rotation of the master key every document can still be read', async () => {
  const more = await send('more.txt', 1);
  const keyFile = path.join(world.dataDir, 'master.key');
  const before = readFileSync(keyFile, 'utf8').trim().split('\n');
  const rotated = await world.kalends('master-key', 'rotate');
  assert.equal(rotated.code, 0, rotated.stderr);
  assert.match(rotated.stdout, /2 of 2 documents/);
  const keys = readFileSync(keyFile, 'utf8').trim().split('\n');
  assert.deepEqual(keys.slice(1), before);
  assert.equal(statSync(keyFile).mode & 0o777, 0o600);
  await world.kalendsd.kill();
  await world.startCore();
  const list = await files.list();
  assert.deepEqual(namesOf(list), ['kept.txt', 'more.txt']);
  for (const document of list.documents) {
    assert.equal((await files.fetch(document)).length, document.size_bytes);
  }
  assert.equal((await files.fetch(more)).length, PIECE.length);
});

test('the core refuses a master key that others may read, and a missing one', async () => {
  await world.kalendsd.stop();
  const keyFile = path.join(world.dataDir, 'master.key');
  chmodSync(keyFile, 0o644);
  await assert.rejects(world.startCore(), /may be read or written by others/);
  chmodSync(keyFile, 0o600);
  renameSync(keyFile, `${keyFile}.away`);
  await assert.rejects(world.startCore(), /master\.key is missing/);
  assert.ok(!readdirSync(world.dataDir).includes('master.key'), 'no new key takes its place');
  renameSync(`${keyFile}.away`, keyFile);
  await world.startCore();
  assert.equal((await files.list()).documents.length, 2);
});

test('the core refuses a directory of files with another database, and touches none of them', async () => {
  await world.kalendsd.stop();
  const { flags } = world.coreOptions;
  const files_before = readdirSync(path.join(world.dataDir, 'blobs')).sort();
  const adminKey = readFileSync(path.join(world.dataDir, 'admin.key'), 'utf8');
  world.coreOptions.flags = ['--storage', `sqlite:${path.join(world.folder, 'typo.db')}`];
  await assert.rejects(world.startCore(), /blobs holds the files of another database: check --storage and --data-dir/);
  assert.deepEqual(readdirSync(path.join(world.dataDir, 'blobs')).sort(), files_before);
  assert.equal(readFileSync(path.join(world.dataDir, 'admin.key'), 'utf8'), adminKey);
  world.coreOptions.flags = flags;
  await world.startCore();
  for (const document of (await files.list()).documents) {
    assert.equal((await files.fetch(document)).length, document.size_bytes);
  }
});

test('what lies among the files and is none of ours stays there', async () => {
  await world.kalendsd.stop();
  mkdirSync(path.join(world.dataDir, 'blobs/lost+found'));
  writeFileSync(path.join(world.dataDir, 'blobs/notes.txt'), 'mine');
  await world.startCore();
  const names = readdirSync(path.join(world.dataDir, 'blobs'));
  for (const name of ['lost+found', 'notes.txt']) assert.ok(names.includes(name), name);
});

test('a damaged key is reported, and hinders no rotation of the others', async () => {
  await world.kalendsd.stop();
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE blobs SET wrapped_key = zeroblob(length(wrapped_key)) WHERE id = (SELECT min(id) FROM blobs)")
db.commit()
`;
  const damaged = await run('python3', ['-c', script, path.join(world.dataDir, 'kalends.db')]);
  assert.equal(damaged.code, 0, damaged.stderr);
  await world.startCore();
  const rotated = await world.kalends('master-key', 'rotate');
  assert.notEqual(rotated.code, 0);
  assert.match(rotated.stdout, /There is a new master key/);
  assert.match(rotated.stdout, /1 of 2 documents/);
  assert.match(rotated.stderr, /damaged keys: 1\. These documents cannot be read any more/);
  const fetched = await Promise.allSettled((await files.list()).documents.map((one) => files.fetch(one)));
  assert.deepEqual(fetched.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});
