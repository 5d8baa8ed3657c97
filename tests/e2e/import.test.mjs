// `kalends import` and `kalends export`: what another program kept comes over once, whatever interrupts it, and what
// cannot is told with its place.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { World } from './harness.mjs';
import { binary } from './programs.mjs';

const USERS = 'id,first_name,last_name,email,timezone,id_roles';
const APPOINTMENTS = 'id,book_datetime,start_datetime,end_datetime,is_unavailability,id_users_provider,id_users_customer,id_services,status';
const into = (table, columns, rows) => `INSERT INTO \`ea_${table}\` (${columns}) VALUES\n${rows.join(',\n')};\n`;
const DUMP =
  into('roles', 'id,slug', ["(2,'provider')", "(3,'customer')"]) +
  into('users', USERS, [
    "(2,'Mia','Weber','m@x.y','Europe/Berlin',2)",
    "(3,'Sam','Ng','s@x.y','America/New_York',2)",
    "(4,'Ada','O\\'Hara','ada@x.y','',3)",
  ]) +
  into('services', 'id,name,duration,price,currency', ["(5,'Massage',50,'80.00','EUR')"]) +
  into('services_providers', 'id_users,id_services', ['(2,5)', '(3,5)']) +
  into('appointments', APPOINTMENTS, [
    "(10,'2019-02-01 08:00:00','2019-07-02 10:00:00','2019-07-02 10:50:00',0,2,4,5,'Booked')",
    "(11,'2019-02-01 08:00:00','2019-03-31 02:30:00','2019-03-31 03:20:00',0,2,4,5,'Booked')",
    "(12,'2019-02-01 08:00:00','2095-07-02 10:00:00','2095-07-02 10:50:00',0,3,4,5,'Booked')",
    "(13,'2019-02-01 08:00:00','2095-07-02 10:30:00','2095-07-02 11:20:00',0,3,4,5,'Booked')",
    "(14,'2019-02-01 08:00:00','2095-07-02 10:30:00','2095-07-02 11:20:00',0,3,4,5,'Cancelled')",
  ]);

describe('import and export', { concurrency: false }, () => {
  let world;
  before(async () => (world = await World.core()));
  after(() => world.stop());

  const file = (name, text) => {
    const place = path.join(world.folder, name);
    writeFileSync(place, text);
    return place;
  };
  const objects = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  async function bring(...args) {
    const { code, stdout, stderr } = await world.kalends('import', '--json', ...args);
    const told = objects(stdout);
    return { code, stderr, told, sum: told.at(-1), refused: told.filter(({ type }) => type === 'refused') };
  }
  const dump = (...args) => bring('--easyappointments', file('ea.sql', DUMP), '--source', 'ea', ...args);

  test('a dry run tells what happens then, and changes nothing; again, nothing happens', async () => {
    const tried = await dump('--dry-run');
    const retried = await dump('--dry-run');
    assert.deepEqual(retried.sum, tried.sum);
    const done = await dump();
    assert.equal(done.code, 2, done.stderr);
    assert.deepEqual({ ...done.sum, dry_run: true }, tried.sum);
    assert.deepEqual(done.sum.appointments, { created: 3, exists: 0, refused: 1 });
    assert.equal(done.sum.unread, 1);
    assert.deepEqual(done.refused.map(({ line, why }) => [line, why]), tried.refused.map(({ line }, i) => [line, done.refused[i].why]));
    assert.match(done.refused.find(({ column }) => column === 'start_datetime').why, /skipped/);
    const again = await dump();
    for (const kind of ['providers', 'services', 'customers', 'appointments']) assert.equal(again.sum[kind].created, 0, kind);
  });

  test('what came over has its status, its time and its specialist', async () => {
    const { told } = await dump();
    const named = (type, id) => told.find((one) => one.type === type && one.id === id).name;
    const get = (id) => world.admin.call('BookingService', 'GetAppointment', { name: named('appointment', id) });
    const past = await get('10');
    assert.equal(past.status, 'STATUS_COMPLETED');
    assert.equal(past.start_time.seconds, Date.parse('2019-07-02T08:00:00Z') / 1000);
    assert.equal(past.specialist, named('provider', '2'));
    assert.equal(past.customer_display_name, "Ada O'Hara");
    const ahead = await get('12');
    assert.equal(ahead.status, 'STATUS_ACCEPTED');
    assert.equal(ahead.start_time.seconds, Date.parse('2095-07-02T14:00:00Z') / 1000);
  });

  test('a killed import goes on where it was, and nothing is there twice', async () => {
    const { name } = await world.specialist();
    const rows = Array.from({ length: 400 }, (_, i) => `${i},c${i % 7},Kunde ${i % 7},${new Date(Date.UTC(2015, 0, 1 + i, 10)).toISOString()},50`);
    const table = file('many.csv', `id,email,customer_name,start,minutes\n${rows.join('\n')}\n`);
    const args = ['import', '--appointments', table, '--provider', name, '--time-zone', 'UTC', '--source', 'many'];
    const env = { ...process.env, KALENDS_CORE: world.address, KALENDS_API_KEY_FILE: world.adminKeyFile };
    const count = async () => {
      let [all, token] = [0, ''];
      do {
        const page = await world.admin.call('BookingService', 'ListAppointments', { parent: name, page_size: 200, page_token: token });
        all += page.appointments.length;
        token = page.next_page_token;
      } while (token);
      return all;
    };
    const first = spawn(binary('kalends'), args, { env, stdio: 'ignore' });
    const ended = new Promise((resolve) => first.on('exit', resolve));
    while ((await count()) < 20) if (first.exitCode !== null) break;
    first.kill('SIGKILL');
    await ended;
    const { code, stderr } = await world.kalends(...args);
    assert.equal(code, 0, stderr);
    assert.equal(await count(), 400);
  });

  test('what is exported is imported elsewhere as it is, and exported alike', async () => {
    const { told } = await dump();
    const house = told.find(({ type, id }) => type === 'provider' && id === 'company').name;
    const out = path.join(world.folder, 'out');
    const { code, stderr } = await world.kalends('export', house, '--to', out);
    assert.equal(code, 0, stderr);
    const other = await World.core();
    try {
      const files = ['providers', 'services', 'customers', 'appointments'].flatMap((name) => [`--${name}`, path.join(out, `${name}.csv`)]);
      const brought = await other.kalends('import', '--json', '--source', 'kalends', ...files);
      assert.equal(brought.code, 0, brought.stdout + brought.stderr);
      const there = objects(brought.stdout).find(({ type }) => type === 'provider').name;
      const back = path.join(other.folder, 'back');
      assert.equal((await other.kalends('export', there, '--to', back)).code, 0);
      // Ids are other ones there; all else is the same.
      const ofIds = ['id', 'provider', 'specialist', 'specialists', 'customer', 'service', 'organization'];
      const plain = (folder) =>
        objects(readFileSync(path.join(folder, 'records.jsonl'), 'utf8'))
          .map((one) => JSON.stringify(Object.fromEntries(Object.entries(one).filter(([key]) => !ofIds.includes(key)))))
          .sort();
      assert.deepEqual(plain(back), plain(out));
      assert.match(readFileSync(path.join(back, 'appointments.ics'), 'utf8'), /BEGIN:VEVENT/);
    } finally {
      await other.stop();
    }
  });

  test('a directory that is there, and a file that is not, end it with a sentence', async () => {
    const taken = path.join(world.folder, 'taken');
    mkdirSync(taken);
    const { name } = await world.specialist({ identity: 'telegram:1009' });
    const exported = await world.kalends('export', name, '--to', taken);
    assert.equal(exported.code, 1);
    assert.match(exported.stderr, /exists/);
    const brought = await world.kalends('import', '--customers', path.join(world.folder, 'none.csv'));
    assert.equal(brought.code, 1);
    assert.match(brought.stderr, /cannot be read/);
  });
});
