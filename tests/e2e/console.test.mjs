// Who knows nothing but the contract books: the terminal adapter, a Python script, a Go program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { binary, repository, run } from './programs.mjs';

const console_ = path.join(repository, 'adapters/console');

let world;
let provider;
let key;
before(async () => {
  world = await World.core();
  provider = await world.specialist();
  key = await world.createKeyFile('adapter');
});
after(() => world.stop());

// The terminal with these lines typed, until there are no more.
async function terminal(lines, ...flags) {
  const child = spawn(binary('kalends-console'), ['--core', world.address, '--api-key-file', key, ...flags]);
  let shown = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (shown += text));
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, shown };
}

const appointmentsOf = async (account) => {
  const request = { parent: 'accounts/me', filter: 'FILTER_UPCOMING' };
  const { appointments } = await world.admin.call('BookingService', 'ListAppointments', request, { account });
  return appointments;
};

test('the terminal books a time with a note, and cancels it with a reason', async () => {
  const as = ['--as', 'console:anna', '--name', 'Anna', '--code', provider.code];
  const booked = await terminal(['1', '1', '1', 'm', '9', 'Knie'], ...as);
  assert.equal(booked.code, 0, booked.shown);
  assert.match(booked.shown, /You are a customer of Marie\./);
  assert.match(booked.shown, /Requested: Beratung, 20\d\d-/);
  const [appointment] = await appointmentsOf('console:anna');
  assert.equal(appointment.note, 'Knie');
  const cancelled = await terminal(['2', '1', 'Grippe', 'yes'], ...as.slice(0, 4));
  assert.match(cancelled.shown, /PENDING[^]*Cancelled\./);
  assert.deepEqual(await appointmentsOf('console:anna'), []);
});

test('the terminal asks again for what is no number of a row, and goes back at Enter', async () => {
  const { code, shown } = await terminal(['7', '1', 'x', '', ''], '--as', 'console:anna', '--name', 'Anna');
  assert.equal(code, 0, shown);
  assert.match(shown, /number from 1 to 2[^]*With whom\?[^]*number from 1 to 1/);
});

test('the terminal says what a refusal says', async () => {
  const { code, shown } = await terminal([], '--as', 'console:eva', '--name', 'Eva', '--code', 'nosuchcode');
  assert.equal(code, 1);
  assert.match(shown, /invitation/i);
});

test('the Python script books the first free time', async () => {
  const customer = await world.customer('console:petra', provider.code);
  const messages = path.join(world.folder, 'python');
  mkdirSync(messages);
  const protos = readdirSync(path.join(repository, 'proto/kalends/v1')).map((name) => `kalends/v1/${name}`);
  const made = await run('protoc', [`--python_out=${messages}`, '-I', 'proto', ...protos]);
  assert.equal(made.code, 0, made.stderr);
  const words = [path.join(console_, 'book.py'), world.address, key, customer.identity, provider.name];
  const booked = await run('/usr/bin/python3', [...words, provider.services[0].name], { env: { PYTHONPATH: messages } });
  assert.equal(booked.code, 0, booked.stderr);
  const [appointment] = await appointmentsOf(customer.identity);
  assert.equal(booked.stdout.trim(), appointment.name);
});

test('the Go program books the first free time, by reflection alone', async () => {
  const customer = await world.customer('console:gopher', provider.code);
  const words = ['run', '-mod=mod', '.', world.address, key, customer.identity, provider.name, provider.services[0].name];
  const booked = await run('go', words, { cwd: path.join(console_, 'go'), env: { GOFLAGS: '-modcacherw' } });
  assert.equal(booked.code, 0, booked.stderr);
  const [appointment] = await appointmentsOf(customer.identity);
  assert.equal(booked.stdout.trim(), appointment.name);
});
