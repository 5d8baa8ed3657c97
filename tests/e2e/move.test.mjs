// A database that moves to PostgreSQL and back, with a core before, between and after.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { World } from './harness.mjs';
import { makeDatabase, missing, startServer } from './postgres.mjs';

const REFUSED = 5;

describe('kalends move', { skip: missing }, () => {
  let postgres, world, specialist, customer;
  before(async () => {
    postgres = await startServer();
    world = await World.core({ flags: () => ['--storage', 'sqlite:'] });
    specialist = await world.specialist({ identity: 'telegram:1001' });
    customer = await world.customer('telegram:2001', specialist.code, { name: 'Anna' });
  });
  after(async () => {
    await world?.stop();
    await postgres?.stop();
  });

  const file = (name) => `sqlite:${path.join(world.dataDir, name)}`;
  const move = (from, to, ...more) => world.kalends('move', '--from', from, '--to', to, ...more);
  async function restartOn(storage) {
    world.coreOptions.flags = ['--storage', storage];
    await world.startCore();
  }
  async function book(note) {
    const service = specialist.services[0].name;
    const [start] = await world.slots(specialist.name, { service, count: 1 });
    const appointment = { service, start_time: { seconds: start }, note };
    const request = { parent: specialist.name, appointment };
    return world.admin.change('BookingService', 'RequestAppointment', request, { account: customer.name });
  }
  async function noteOf(name) {
    const shown = await world.admin.call('BookingService', 'GetAppointment', { name }, { account: customer.name });
    return shown.note;
  }

  test('brings everything there and back, and is refused while a core works on it', async () => {
    const first = await book('Knie links');
    const storage = await makeDatabase(postgres.keywords);
    const running = await move(file('kalends.db'), storage);
    assert.equal(running.code, REFUSED, running.stderr);

    await world.kalendsd.stop();
    const there = await move(file('kalends.db'), storage, '--json');
    assert.equal(there.code, 0, there.stderr);
    assert.ok(JSON.parse(there.stdout).rows > 20);
    await restartOn(storage);
    assert.equal(await noteOf(first.name), 'Knie links');
    const second = await book('Knie rechts');
    assert.equal((await move(storage, file('busy.db'))).code, REFUSED);

    await world.kalendsd.stop();
    const back = await move(storage, file('new.db'));
    assert.equal(back.code, 0, back.stderr);
    await restartOn(file('new.db'));
    assert.equal(await noteOf(first.name), 'Knie links');
    assert.equal(await noteOf(second.name), 'Knie rechts');
  });

  test('says what it takes, and never an address, which may hold a password', async () => {
    const nowhere = 'postgres://kalends:secret-word@127.0.0.1:1/kalends';
    for (const [from, to] of [['kalends.db', nowhere], [nowhere, 'sqlite:'], [file('new.db'), nowhere]]) {
      const { code, stdout, stderr } = await move(from, to);
      assert.notEqual(code, 0);
      assert.doesNotMatch(stdout + stderr, /secret-word/);
    }
  });
});
