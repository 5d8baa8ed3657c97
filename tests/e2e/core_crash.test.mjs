// SPEC 7.1 and 7.2: what was acknowledged survives kill -9 of the core, and nothing happens twice.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { run, until } from './programs.mjs';
import { drawer } from './seed.mjs';
import { Receiver, surely } from './steadfast.mjs';

const SPECIALISTS = 4;
const CUSTOMERS = 8;
const BOOKINGS_PER_CUSTOMER = 20; // Spread over the specialists; 20 open ones each are allowed.
const KILLS = 5;

let world;
const specialists = [];
const customers = [];
before(async () => {
  world = await World.core();
  for (let i = 0; i < SPECIALISTS; ++i) {
    specialists.push(await world.specialist({ identity: `telegram:${1001 + i}`, name: `Specialist ${i}` }));
  }
  for (let i = 0; i < CUSTOMERS; ++i) {
    const customer = await world.account(`telegram:${2001 + i}`, { name: `Customer ${i}` });
    for (const { code: invitation } of specialists) {
      const as = { account: customer.name };
      await world.admin.change('InvitationService', 'RedeemInvitation', { code: invitation }, as);
    }
    customers.push(customer);
  }
});
after(() => world.stop());

test('every acknowledged booking is there after kill -9 under load, none twice, and all are told', async (t) => {
  const receiver = new Receiver(world.client(), await world.createKey('adapter'));
  const starts = new Map();
  for (const specialist of specialists) {
    const { services } = specialist;
    const count = (CUSTOMERS * BOOKINGS_PER_CUSTOMER) / SPECIALISTS * 2;
    const free = await world.slots(specialist.name, { service: services[0].name, count });
    starts.set(specialist, free.filter((_, i) => i % 2 === 0)); // One-hour sessions on a half-hour grid.
  }
  const acknowledged = [];
  const load = customers.map(async (customer, i) => {
    const core = world.client();
    for (let k = 0; k < BOOKINGS_PER_CUSTOMER; ++k) {
      const specialist = specialists[k % SPECIALISTS];
      const start = starts.get(specialist)[i + CUSTOMERS * Math.floor(k / SPECIALISTS)];
      const request = {
        parent: specialist.name,
        appointment: { service: specialist.services[0].name, start_time: { seconds: start } },
      };
      const as = { account: customer.name };
      const requested = await surely(core, 'BookingService', 'RequestAppointment', request, as);
      await surely(core, 'BookingService', 'AcceptAppointment', { name: requested.name }, { account: specialist.account });
      acknowledged.push({ name: requested.name, start, customer: customer.name, specialist: specialist.name });
    }
    core.close();
  });
  const total = CUSTOMERS * BOOKINGS_PER_CUSTOMER;
  const draw = drawer(t);
  const marks = Array.from({ length: KILLS }, (_, kill) => Math.floor((total * (kill + draw())) / (KILLS + 1)));
  t.diagnostic(`kill -9 after ${marks.join(', ')} bookings`);
  const kills = (async () => {
    for (const mark of marks) {
      await until(`${mark} bookings`, () => acknowledged.length >= mark, 120_000);
      await world.kalendsd.kill();
      await world.startCore();
    }
  })();
  await Promise.all([...load, kills]);
  assert.equal(acknowledged.length, total);

  const found = [];
  for (const specialist of specialists) {
    const request = { parent: specialist.name, page_size: 200 };
    const { appointments } = await world.admin.call('BookingService', 'ListAppointments', request, { waitForReady: true });
    found.push(...appointments);
  }
  const key = ({ name, customer, start }) => `${name} of ${customer} at ${start}`;
  assert.deepEqual(
    found.map(({ name, customer, start_time: at }) => key({ name, customer, start: Number(at.seconds) })).sort(),
    acknowledged.map(key).sort(),
  );
  assert.ok(found.every(({ status }) => status === 'STATUS_ACCEPTED'));

  const expected = acknowledged.flatMap(({ name }) => [
    `KIND_APPOINTMENT_REQUESTED ${name}`,
    `KIND_APPOINTMENT_ACCEPTED ${name}`,
  ]);
  const told = () =>
    [...receiver.taken.values()]
      .filter(({ kind }) => kind.startsWith('KIND_APPOINTMENT'))
      .map(({ kind, appointment }) => `${kind} ${appointment.name}`);
  await until('all notifications are delivered', () => new Set(told()).size >= expected.length, 60_000);
  assert.deepEqual(told().sort(), expected.sort(), 'a notification was lost or made twice');
  for (const [recipient, times] of receiver.order) {
    assert.deepEqual(times, [...times].sort((a, b) => a - b), `${recipient} was told out of order`);
  }
  receiver.close();
});

test('after kill -9 the database is whole and the core serves again', async () => {
  await world.kalendsd.kill();
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("PRAGMA integrity_check").fetchone()[0], db.execute("PRAGMA foreign_key_check").fetchall())
`;
  const check = await run('python3', ['-c', script, path.join(world.dataDir, 'kalends.db')]);
  assert.equal(check.stdout.trim(), 'ok []', check.stderr);
  await world.startCore();
  const stats = await world.kalends('stats');
  assert.equal(stats.code, 0, stats.stderr);
});
