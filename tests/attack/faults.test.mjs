// The core dies at any moment: what it has answered is there afterwards, what it has not is there once
// or not at all, and everybody is told. At length (table.mjs) more often.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Core, newId } from '../e2e/core.mjs';
import { Files } from '../e2e/files.mjs';
import { World } from '../e2e/harness.mjs';
import { Program, run, until } from '../e2e/programs.mjs';
import { drawer } from '../e2e/seed.mjs';
import { isLost, Receiver, surely } from '../e2e/steadfast.mjs';
import { atLength, Table } from './table.mjs';
import { Watch } from './watch.mjs';

const SPECIALISTS = 3;
const CUSTOMERS = 12;
const KILLS = atLength ? 120 : 10;
const FIRST_STARTS = atLength ? 60 : 6;
const FIRST_START_MS = 120; // About as long as one takes.
const LOAD_MAX_MS = 700; // How long the core works before it is killed, at most...
const ANSWERS_MIN = 20; // ...and how much it answers at least.
const PAGE = 200;
const HOUR_S = 3600;
const TIMEOUT_MS = atLength ? 3_600_000 : 300_000;

const table = new Table('Faults: the core is killed', ['what', 'kills', 'acknowledged', 'repeated', ...Watch.COLUMNS]);
after(() => table.print());

let world;
const specialists = [];
const people = []; // Customers, each of one specialist, with a slot of that one to themselves.
before(async () => {
  world = await World.core();
  for (let i = 0; i < SPECIALISTS; ++i) {
    specialists.push(await world.specialist({ identity: `telegram:${1001 + i}`, name: `Specialist ${i}` }));
  }
  for (let i = 0; i < CUSTOMERS; ++i) {
    const specialist = specialists[i % SPECIALISTS];
    const { name } = await world.customer(`telegram:${2001 + i}`, specialist.code, { name: `Customer ${i}` });
    const free = await world.slots(specialist.name, { count: 2 * CUSTOMERS });
    const start = free[2 * Math.floor(i / SPECIALISTS)];
    people.push({ name, specialist, start, files: new Files(world, specialist.name, name) });
  }
});
after(() => world.stop());

// All that customers and their specialists were answered, and what it was an answer to.
class Record {
  answers = 0;
  statuses = new Map(); // By appointment, the last that was answered.
  names = new Map(); // By account.
  messages = new Map(); // By text, {name, parent}.
  files = new Map(); // By file name, {person, name, bytes}.
  unanswered = new Set(); // File names of uploads that were cut short.
  told = []; // "KIND name", to be delivered.
  last = new Map(); // By person, the call that was answered last: [service, method, request, options, answer].

  keep(person, call, answer) {
    this.answers++;
    this.last.set(person, [...call, answer]);
    return answer;
  }
}

// What one person does, and their specialist with them, until `stopped`.
async function live(person, i, record, stopped, draw) {
  const core = world.client();
  const as = { account: person.name };
  const asSpecialist = { account: person.specialist.account };
  const change = async (service, method, request, options) => {
    const call = [service, method, { request_id: newId(), ...request }, options];
    return record.keep(person, call, await surely(core, ...call));
  };
  let appointment;
  const move = async (method, request, options, kind) => {
    appointment = await change('BookingService', method, request, options);
    record.statuses.set(appointment.name, appointment.status);
    record.told.push(`${kind} ${appointment.name}`);
  };
  const acts = {
    book: async () => {
      if (!appointment || appointment.status === 'STATUS_CANCELLED') {
        const wanted = { service: person.specialist.services[0].name, start_time: { seconds: person.start } };
        const request = { parent: person.specialist.name, appointment: wanted };
        await move('RequestAppointment', request, as, 'KIND_APPOINTMENT_REQUESTED');
      } else if (appointment.status === 'STATUS_PENDING') {
        await move('AcceptAppointment', { name: appointment.name }, asSpecialist, 'KIND_APPOINTMENT_ACCEPTED');
      } else {
        const request = { name: appointment.name, reason: 'no time' };
        await move('CancelAppointment', request, asSpecialist, 'KIND_APPOINTMENT_CANCELLED');
      }
    },
    say: async () => {
      const text = `${i} says ${newId()}`;
      const request = { parent: `${person.specialist.name}/links/me`, message: { text } };
      const { name } = await change('ChatService', 'SendMessage', request, as);
      record.messages.set(text, name);
      record.told.push(`KIND_CHAT_MESSAGE ${name}`);
    },
    rename: async () => {
      const display_name = `Customer ${newId()}`;
      const request = { account: { name: person.name, display_name }, update_mask: { paths: ['display_name'] } };
      await change('AccountService', 'UpdateAccount', request, as);
      record.names.set(person.name, display_name);
    },
    share: async () => {
      const file_name = `${newId()}.pdf`;
      const bytes = Buffer.alloc(1 + Math.floor(draw() * 100_000), file_name);
      try {
        const { name } = await person.files.upload(bytes, { file_name });
        record.files.set(file_name, { person, name, bytes });
        record.answers++;
      } catch (error) {
        if (!isLost(error)) throw error;
        record.unanswered.add(file_name);
      }
    },
  };
  // Most of it what costs least, so that a kill finds many at once.
  const kinds = [acts.book, acts.book, acts.say, acts.rename, acts.rename, acts.rename, acts.share];
  while (!stopped()) {
    try {
      await kinds[Math.floor(draw() * kinds.length)]();
    } catch (error) {
      // So much a minute, and so many files of a customer, which are reached at length; then something else.
      if (!['RATE_LIMITED', 'LIMIT_REACHED'].includes(error.reason)) throw error;
      await pause(1);
    }
  }
  core.close();
}

// What a call that was answered before the kill is answered to when it comes again: the same.
async function repeatsAreAnsweredAsBefore(record) {
  const calls = [...record.last.values()];
  for (const [service, method, request, options, answer] of calls) {
    const again = await surely(world.admin, service, method, request, options);
    assert.deepEqual(again, answer, `${method} was answered otherwise the second time`);
  }
  return calls.length;
}

// Of files that a dead core has left, looked at as copies: what is opened is mended by it.
async function isWhole() {
  const folder = path.join(world.folder, 'copy');
  mkdirSync(folder);
  for (const name of ['kalends.db', 'kalends.db-wal']) {
    const from = path.join(world.dataDir, name);
    if (existsSync(from)) copyFileSync(from, path.join(folder, name));
  }
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(db.execute("PRAGMA integrity_check").fetchone()[0], db.execute("PRAGMA foreign_key_check").fetchall())
`;
  const { stdout, stderr } = await run('python3', ['-c', script, path.join(folder, 'kalends.db')]);
  assert.equal(stdout.trim(), 'ok []', stderr);
  rmSync(folder, { recursive: true });
}

async function all(service, method, request, field) {
  const found = [];
  let page_token = '';
  do {
    const answer = await world.admin.call(service, method, { ...request, page_size: PAGE, page_token });
    found.push(...answer[field]);
    page_token = answer.next_page_token;
  } while (page_token);
  return found;
}

const sorted = (items) => [...items].sort();

async function nothingIsLostOrDoubled(record) {
  for (const [name, display_name] of record.names) {
    assert.equal((await world.admin.call('AccountService', 'GetAccount', { name })).display_name, display_name);
  }
  const appointments = [];
  for (const { name: parent } of specialists) {
    const of = await all('BookingService', 'ListAppointments', { parent }, 'appointments');
    const held = of.filter(({ status }) => status === 'STATUS_PENDING' || status === 'STATUS_ACCEPTED');
    const starts = held.map(({ start_time: at }) => Number(at.seconds)).sort((a, b) => a - b);
    for (let i = 1; i < starts.length; ++i) assert.ok(starts[i] - starts[i - 1] >= HOUR_S, 'two holds overlap');
    appointments.push(...of);
  }
  assert.deepEqual(
    sorted(appointments.map(({ name, status }) => `${name} ${status}`)),
    sorted([...record.statuses].map(([name, status]) => `${name} ${status}`)),
  );
  const said = [];
  for (const { name, specialist } of people) {
    const parent = `${specialist.name}/links/${name.split('/')[1]}`;
    said.push(...(await all('ChatService', 'ListMessages', { parent }, 'messages')));
  }
  assert.deepEqual(
    sorted(said.map(({ name, text }) => `${name} ${text}`)),
    sorted([...record.messages].map(([text, name]) => `${name} ${text}`)),
  );
  await filesAreWhole(record);
}

async function filesAreWhole(record) {
  const shared = [];
  for (const { files } of people) {
    shared.push(...(await all('DocumentService', 'ListDocuments', { parent: files.parent }, 'documents')));
  }
  const names = shared.map(({ file_name }) => file_name);
  assert.equal(new Set(names).size, names.length, 'a file is there twice');
  for (const name of names) assert.ok(record.files.has(name) || record.unanswered.has(name));
  for (const [file_name, { person, name, bytes }] of record.files) {
    assert.ok(names.includes(file_name), 'a file that was taken is lost');
    assert.ok((await person.files.fetch({ name })).equals(bytes), 'a file has other bytes');
  }
}

test('what was answered outlives kill -9 at any moment, once, and all are told', { timeout: TIMEOUT_MS }, async (t) => {
  const draw = drawer(t);
  const record = new Record();
  const watch = new Watch(world, { outlives: true });
  const receiver = new Receiver(world.client(), await world.createKey('adapter'));
  let stop = false;
  t.after(() => {
    stop = true;
    receiver.close();
    return watch.end();
  });
  const lives = Promise.all(people.map((person, i) => live(person, i, record, () => stop, draw)));
  let repeated = 0;
  for (let kill = 0; kill < KILLS; ++kill) {
    const answered = record.answers;
    await Promise.race([lives, until('the core answers', () => record.answers >= answered + ANSWERS_MIN)]);
    await pause(draw() * LOAD_MAX_MS);
    await world.kalendsd.kill();
    await isWhole();
    await world.startCore();
    repeated += await repeatsAreAnsweredAsBefore(record);
  }
  stop = true;
  await lives;
  await nothingIsLostOrDoubled(record);
  const nameOf = ({ kind, appointment, message }) => `${kind} ${(appointment ?? message)?.name}`;
  const allAreTold = () => {
    const told = new Set([...receiver.taken.values()].map(nameOf));
    return record.told.every((one) => told.has(one));
  };
  await until('all are told', allAreTold, 120_000);
  table.add('mixed writes of 12 people', KILLS, record.answers, repeated, ...watch.cells());
});

// The first start makes the keys and the database: each moment of it leaves something else.
test('a first start that is killed at any moment is begun again', { timeout: TIMEOUT_MS }, async (t) => {
  const draw = drawer(t);
  for (let i = 0; i < FIRST_STARTS; ++i) {
    const dataDir = path.join(world.folder, `first-${i}`);
    const portFile = path.join(world.folder, `first-${i}.port`);
    const args = ['--listen', '127.0.0.1:0', '--data-dir', dataDir, '--port-file', portFile];
    const begun = new Program('kalendsd', args, { folder: world.folder });
    await pause(draw() * FIRST_START_MS);
    await begun.kill();
    rmSync(portFile, { force: true });
    const core = new Program('kalendsd', args, { folder: world.folder });
    const address = `127.0.0.1:${await core.port(portFile)}`;
    const admin = new Core(address, readFileSync(path.join(dataDir, 'admin.key'), 'utf8').trim());
    await admin.call('AdminService', 'GetServerStats');
    admin.close();
    assert.equal(await core.stop(), 0, core.log());
  }
  table.add('a first start', FIRST_STARTS, '-', '-', ...Watch.COLUMNS.map(() => '-'));
});
