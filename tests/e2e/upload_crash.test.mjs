// An upload that a crash cuts short leaves nothing behind; a finished one survives it; keys rotate.
import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { newId } from './core.mjs';
import { World } from './harness.mjs';
import { until } from './programs.mjs';

const PIECE = Buffer.alloc(256 * 1024, 'kalends ');

let world;
let specialist;
let anna;
let link;
before(async () => {
  world = await World.core();
  specialist = await world.specialist();
  anna = await world.customer('telegram:2001', specialist.code);
  link = `${specialist.name}/links/${anna.name.split('/')[1]}`;
});
after(() => world.stop());

const blobs = () => readdirSync(path.join(world.dataDir, 'blobs'));
const header = (name) => ({ upload: { parent: link, file_name: name, request_id: newId() } });
const list = () => world.admin.call('DocumentService', 'ListDocuments', { parent: link }, { waitForReady: true });

function send(name, pieces) {
  return world.admin.upload(
    'DocumentService',
    'UploadDocument',
    (stream) => {
      stream.write(header(name));
      for (let i = 0; i < pieces; ++i) stream.write({ data: PIECE });
      stream.end();
    },
    { account: anna.name },
  );
}

function fetch(name) {
  return new Promise((resolve, reject) => {
    const parts = [];
    const stream = world.admin.stream('DocumentService', 'FetchDocument', { name });
    stream.on('data', ({ data }) => data && parts.push(data));
    stream.on('error', reject);
    stream.on('end', () => resolve(Buffer.concat(parts)));
  });
}

test('kill -9 in the middle of an upload leaves neither a file nor a row', async () => {
  const kept = await send('kept.txt', 8);
  assert.equal(blobs().length, 1);
  let open;
  const broken = world.admin.upload(
    'DocumentService',
    'UploadDocument',
    (stream) => {
      open = stream;
      stream.write(header('lost.txt'));
      for (let i = 0; i < 20; ++i) stream.write({ data: PIECE });
    },
    { account: anna.name },
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
  const { documents } = await list();
  assert.deepEqual(documents.map(({ file_name: name }) => name), ['kept.txt']);
  const bytes = await fetch(kept.name);
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
  const { documents } = await list();
  // Both may have been made within one second, on two sides of a restart: in no certain order.
  assert.deepEqual(documents.map(({ file_name: name }) => name).sort(), ['kept.txt', 'more.txt']);
  for (const { name, size_bytes: size } of documents) assert.equal((await fetch(name)).length, size);
  assert.equal((await fetch(more.name)).length, PIECE.length);
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
  assert.equal((await list()).documents.length, 2);
});
