// SPEC 4.2: no two holds of a specialist overlap, whoever asks, and however many at once.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { code } from './core.mjs';
import { World } from './harness.mjs';
import { run } from './programs.mjs';

const CLIENTS = 32;
const SLOTS = 50;
const HOUR_S = 3600;

let world;
before(async () => (world = await World.core()));
after(() => world.stop());

// In an order of its own for every client, the same in every run.
function shuffled(items, seed) {
  const result = [...items];
  let state = seed * 2654435761 + 1;
  for (let i = result.length - 1; i > 0; --i) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

// Every client asks for every slot. Returns [{start, appointment}] and the refusals.
async function fight(specialist, service, starts) {
  const won = [];
  const refused = [];
  const fighters = Array.from({ length: CLIENTS }, async (_, i) => {
    const identity = `telegram:${specialist.identityBase + i}`;
    const customer = await world.customer(identity, specialist.code, { name: `Customer ${i}` });
    const core = world.client();
    for (const start of shuffled(starts, i + 1)) {
      await world
        .request(specialist.name, customer.name, start, { service: service.name, core })
        .then((appointment) => won.push({ start, appointment }))
        .catch((error) => refused.push({ start, error }));
    }
    core.close();
  });
  await Promise.all(fighters);
  return { won, refused };
}

test('of 32 clients that fight for the same 50 slots, exactly one wins each', async () => {
  const specialist = await world.specialist({
    identity: 'telegram:1001',
    services: [{ display_name: 'Hour', duration: { seconds: HOUR_S }, step: { seconds: HOUR_S } }],
  });
  specialist.identityBase = 10_000;
  const [service] = specialist.services;
  const starts = await world.slots(specialist.name, { service: service.name, count: SLOTS });
  const { won, refused } = await fight(specialist, service, starts);

  assert.deepEqual(won.map(({ start }) => start).sort(), [...starts].sort());
  assert.equal(refused.length, CLIENTS * SLOTS - SLOTS);
  const reasons = new Set(refused.map(({ error }) => `${code[error.code]}: ${error.reason}`));
  assert.deepEqual([...reasons], ['FAILED_PRECONDITION: SLOT_TAKEN']);
});

test('sessions that win among overlapping starts do not overlap, and losers get free alternatives', async () => {
  const buffer = 600;
  const specialist = await world.specialist({
    identity: 'telegram:1002',
    services: [
      {
        display_name: 'Hour on a quarter grid',
        duration: { seconds: HOUR_S },
        buffer_after: { seconds: buffer },
        step: { seconds: HOUR_S / 4 },
      },
    ],
  });
  specialist.identityBase = 20_000;
  const [service] = specialist.services;
  const starts = await world.slots(specialist.name, { service: service.name, count: SLOTS });
  const { won, refused } = await fight(specialist, service, starts);

  const sorted = won.map(({ start }) => start).sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; ++i) {
    assert.ok(sorted[i] - sorted[i - 1] >= HOUR_S + buffer, `${sorted[i - 1]} overlaps ${sorted[i]}`);
  }
  // Nothing is left of the time that was fought for: every start touches a session that won.
  for (const start of starts) {
    assert.ok(sorted.some((taken) => Math.abs(taken - start) < HOUR_S + buffer), `${start} is still free`);
  }
  const free = new Set(await world.slots(specialist.name, { service: service.name, count: Infinity }));
  const last = refused.at(-1).error;
  assert.equal(last.reason, 'SLOT_TAKEN');
  assert.ok(last.alternatives.length > 0, 'no alternatives came with SLOT_TAKEN');
  for (const start of last.alternatives) assert.ok(free.has(start), `the alternative ${start} is not free`);
});

test('a group session takes its capacity and not one more', async () => {
  const capacity = 8;
  const specialist = await world.specialist({
    identity: 'telegram:1003',
    services: [{ display_name: 'Group', duration: { seconds: HOUR_S }, capacity }],
  });
  const [service] = specialist.services;
  const [start] = await world.slots(specialist.name, { service: service.name });
  const asked = Array.from({ length: CLIENTS }, async (_, i) => {
    const customer = await world.customer(`telegram:${30_000 + i}`, specialist.code);
    return world.request(specialist.name, customer.name, start, { service: service.name });
  });
  const answers = await Promise.allSettled(asked);
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, capacity);
  const reasons = answers.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.reason);
  assert.deepEqual([...new Set(reasons)], ['SLOT_TAKEN']);
});

test('the database itself refuses a hand-written INSERT that overlaps', async () => {
  const specialist = await world.specialist({
    identity: 'telegram:1004',
    services: [{ display_name: 'By hand', duration: { seconds: HOUR_S } }],
  });
  const customer = await world.customer('telegram:40000', specialist.code);
  const [service] = specialist.services;
  const [start] = await world.slots(specialist.name, { service: service.name });
  await world.request(specialist.name, customer.name, start, { service: service.name });
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
db.row_factory = sqlite3.Row
row = dict(db.execute("SELECT * FROM appointments WHERE service_name = 'By hand'").fetchone())
row["id"] += 1
for name in ("start_s", "end_s", "hold_start_s", "hold_end_s"):
    row[name] += int(sys.argv[2])
sql = f"INSERT INTO appointments ({','.join(row)}) VALUES ({','.join('?' * len(row))})"
try:
    db.execute(sql, list(row.values()))
    print("inserted")
except sqlite3.IntegrityError as error:
    print(error)
db.rollback()
`;
  const database = path.join(world.dataDir, 'kalends.db');
  const insert = (shift) => run('python3', ['-c', script, database, String(shift)]);
  const overlapping = await insert(HOUR_S - 60);
  assert.match(overlapping.stdout, /overlap/, overlapping.stderr);
  // The control: the same row an hour later touches, and is taken.
  const touching = await insert(HOUR_S);
  assert.equal(touching.stdout.trim(), 'inserted', touching.stderr);
});
