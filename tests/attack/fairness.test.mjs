// What one customer with a key behind them can do to all others: hold every place for files, and
// keep the writer busy with starts that cannot be booked. The modest get in all the while.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { explain } from '../e2e/core.mjs';
import { Files } from '../e2e/files.mjs';
import { World } from '../e2e/harness.mjs';

const BYTES = Buffer.alloc(4 << 20, 'kalends ');
const UPLOADS = 100;
const READERS = 300;
const EXPORTS = 20;
const REFUSALS = 300;

// What the greedy one holds open.
class Greedy {
  streams = [];
  add(stream) {
    this.streams.push(stream);
    stream.on('error', () => {});
  }
  leave() {
    for (const stream of this.streams) stream.cancel();
  }
}

async function practice(t) {
  const world = await World.core();
  const held = new Greedy();
  t.after(async () => {
    held.leave();
    await world.stop();
  });
  const specialist = await world.specialist();
  const greedy = await world.customer('telegram:2001', specialist.code);
  const modest = await world.customer('telegram:2002', specialist.code);
  return { world, specialist, greedy, modest, held };
}

test('uploads that bring a byte now and then leave room for others', { timeout: 60_000 }, async (t) => {
  const { world, specialist, greedy, modest, held } = await practice(t);
  const files = new Files(world, specialist.name, greedy.name);
  const refused = Array.from({ length: UPLOADS }, () =>
    world.admin
      .upload(
        'DocumentService',
        'UploadDocument',
        (stream) => {
          held.add(stream);
          stream.write(files.header());
          stream.write({ data: Buffer.from('x') });
        },
        { account: greedy.name },
      )
      .catch((error) => error.reason),
  );
  assert.equal(await Promise.race(refused), 'LIMIT_REACHED');
  const document = await new Files(world, specialist.name, modest.name).upload(BYTES);
  assert.equal(document.size_bytes, BYTES.length);
});

test('slow readers of one link leave room for the readers of others', { timeout: 60_000 }, async (t) => {
  const { world, specialist, greedy, modest, held } = await practice(t);
  const web = world.client(await world.createKey('web'));
  t.after(() => web.close());
  const linkOf = async (account) => {
    const files = new Files(world, specialist.name, account.name);
    return files.createLink(await files.upload(BYTES));
  };
  const [theirs, ours] = [await linkOf(greedy), await linkOf(modest)];
  const refused = Array.from({ length: READERS }, () => {
    const stream = web.stream('DocumentService', 'FetchDownload', { token: theirs.token });
    held.add(stream);
    // Nobody reads it, so it does not end by itself.
    return new Promise((resolve) => stream.on('error', resolve));
  });
  assert.equal(explain(await Promise.race(refused)).reason, 'LIMIT_REACHED');
  const parts = [];
  for await (const { data } of web.stream('DocumentService', 'FetchDownload', { token: ours.token })) {
    if (data) parts.push(data);
  }
  assert.ok(Buffer.concat(parts).equals(BYTES));
});

test('exports that nobody reads leave room for those of others', { timeout: 60_000 }, async (t) => {
  const { world, specialist, greedy, modest, held } = await practice(t);
  // Which does not shrink when it is packed: more than is on the way to who does not read.
  await new Files(world, specialist.name, greedy.name).upload(randomBytes(BYTES.length));
  const exportOf = ({ name }) => world.admin.stream('PrivacyService', 'ExportAccount', { name }, { account: name });
  const refused = Array.from({ length: EXPORTS }, () => {
    const stream = exportOf(greedy);
    held.add(stream);
    return new Promise((resolve) => stream.on('error', resolve));
  });
  assert.equal(explain(await Promise.race(refused)).reason, 'LIMIT_REACHED');
  let bytes = 0;
  for await (const { data } of exportOf(modest)) bytes += data.length;
  assert.ok(bytes > 0);
});

test('who asks on and on for starts that cannot be booked holds up nobody else', { timeout: 60_000 }, async (t) => {
  const { world, specialist, greedy, modest } = await practice(t);
  const [service] = specialist.services;
  const [start] = await world.slots(specialist.name, { service: service.name });
  const ask = (account, at) => world.request(specialist.name, account.name, at, { service: service.name });
  const offGrid = start + 7 * 60;
  const reasons = await Promise.all(
    Array.from({ length: REFUSALS }, () => ask(greedy, offGrid).catch(({ reason }) => reason)),
  );
  assert.deepEqual([...new Set(reasons)].sort(), ['OFF_GRID', 'RATE_LIMITED']);
  const refusal = await ask(modest, offGrid).catch((error) => error);
  assert.equal(refusal.reason, 'OFF_GRID');
  assert.ok(refusal.alternatives.length > 0);
  assert.ok((await ask(modest, start)).name);
});
