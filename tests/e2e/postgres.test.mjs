// A core on PostgreSQL: what was acknowledged outlives its server, and nobody else writes beside it.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { newId } from './core.mjs';
import { World } from './harness.mjs';
import { makeDatabase, missing, sql, startServer } from './postgres.mjs';
import { binary, run, until } from './programs.mjs';
import { surely } from './steadfast.mjs';

describe('a core on PostgreSQL', { skip: missing }, () => {
  let postgres, world, storage, specialist, customer;
  before(async () => {
    postgres = await startServer();
    storage = await makeDatabase(postgres.keywords);
    world = await World.core({ flags: () => ['--storage', storage] });
    specialist = await world.specialist({ identity: 'telegram:1001' });
    customer = await world.customer('telegram:2001', specialist.code, { name: 'Anna' });
  });
  after(async () => {
    await world?.stop();
    await postgres?.stop();
  });

  const database = () => storage.match(/@\/(\w+)/)[1];
  const appointments = () => sql(postgres.keywords, 'SELECT count(*) FROM appointments', database());
  // Whatever was half-way when the connection was cut is answered BUSY, and repeated.
  async function book() {
    const [start] = await world.slots(specialist.name, { service: specialist.services[0].name, count: 1 });
    const request = {
      parent: specialist.name,
      appointment: { service: specialist.services[0].name, start_time: { seconds: start } },
    };
    const repeatable = { request_id: newId(), ...request };
    return until('it is booked', () =>
      surely(world.admin, 'BookingService', 'RequestAppointment', repeatable, { account: customer.name }).catch((error) => {
        if (error.reason !== 'BUSY') throw error;
      }),
    );
  }

  test('a booking is in the database of the server, and in no file', async () => {
    await book();
    assert.equal(await appointments(), '1');
  });

  test('a second core is kept off the database, and told why without the address', async () => {
    const dataDir = path.join(world.folder, 'second');
    const args = ['--listen', '127.0.0.1:0', '--data-dir', dataDir, '--storage', storage];
    const { code, stderr } = await run(binary('kalendsd'), args, {});
    assert.notEqual(code, 0);
    assert.match(stderr, /another core writes to this database/);
    assert.doesNotMatch(stderr, /postgres:\/\//);
  });

  test('connections that are cut under load are made anew, and what was answered is there, once', async () => {
    let booked = 1;
    for (let i = 0; i < 5; ++i) {
      const cut = sql(
        postgres.keywords,
        `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '${database()}'`,
      );
      await Promise.all([cut, book()]);
      ++booked;
      assert.equal(await appointments(), String(booked));
    }
  });

  test('a core that was killed goes on from the database', async () => {
    await world.kalendsd.kill();
    await world.startCore();
    await book();
    assert.equal(await appointments(), '7');
  });

  test('an address without a server is refused with a sentence, and without the password in it', async () => {
    const args = ['--listen', '127.0.0.1:0', '--data-dir', path.join(world.folder, 'third')];
    const nowhere = 'postgres://kalends:secret-word@127.0.0.1:1/kalends';
    const { code, stderr } = await run(binary('kalendsd'), [...args, '--storage', nowhere], {});
    assert.notEqual(code, 0);
    assert.match(stderr, /database cannot be opened/);
    assert.doesNotMatch(stderr, /secret-word/);
  });
});
