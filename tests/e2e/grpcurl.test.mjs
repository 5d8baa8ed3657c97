// The contract works for tools that know it from reflection alone: grpcurl, and buf curl.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import grpc from '@grpc/grpc-js';
import { allMethods } from './core.mjs';
import { today, World } from './harness.mjs';
import { repository, run } from './programs.mjs';

let world;
before(async () => (world = await World.core()));
after(() => world.stop());

async function grpcurl(flags, ...words) {
  const { code, stdout, stderr } = await run('tools/grpcurl', ['-plaintext', ...flags, world.address, ...words]);
  return { code, stderr, stdout, json: code === 0 && stdout.startsWith('{') ? JSON.parse(stdout) : null };
}

const withKey = () => ['-H', `authorization: Bearer ${world.adminKey}`];

// One call with the admin key, for `account` if given.
async function call(method, request, account) {
  const flags = [...withKey(), '-d', JSON.stringify(request)];
  if (account) flags.push('-H', `kalends-account: ${account}`);
  const answer = await grpcurl(flags, `kalends.v1.${method}`);
  assert.equal(answer.code, 0, answer.stderr);
  return answer.json;
}

test('grpcurl lists every service and describes every method through reflection', async () => {
  const { stdout } = await grpcurl(withKey(), 'list');
  const listed = stdout.trim().split('\n');
  const expected = new Set(allMethods().map(({ service }) => `kalends.v1.${service}`));
  for (const service of [...expected, 'grpc.health.v1.Health']) {
    assert.ok(listed.includes(service), `${service} is not listed in ${listed}`);
  }
  const described = await grpcurl(withKey(), 'describe', 'kalends.v1.BookingService');
  assert.match(described.stdout, /rpc RequestAppointment/);
});

test('grpc.health.v1 says SERVING without a key', async () => {
  const bytes = (value) => value;
  const client = new grpc.Client(world.address, grpc.credentials.createInsecure());
  const answer = await new Promise((resolve, reject) => {
    client.makeUnaryRequest('/grpc.health.v1.Health/Check', bytes, bytes, Buffer.alloc(0), (error, value) =>
      error ? reject(error) : resolve(value),
    );
  });
  client.close();
  assert.deepEqual([...answer], [0x08, 0x01]); // Field 1, status: SERVING.
});

test('grpcurl asks for the health through reflection', async () => {
  const { json, stderr } = await grpcurl(withKey(), 'grpc.health.v1.Health/Check');
  assert.deepEqual(json, { status: 'SERVING' }, stderr);
});

// -reflect-header: for reflection alone, where -H is for both.
test('a call without a key shows UNAUTHENTICATED in grpcurl', async () => {
  const header = ['-reflect-header', `authorization: Bearer ${world.adminKey}`];
  const { code, stderr } = await grpcurl(header, 'kalends.v1.AccountService/ListUtcOffsets');
  assert.notEqual(code, 0);
  assert.match(stderr, /Unauthenticated/);
});

test('reflection needs a key, unless the core was told to do without', async (t) => {
  const { code, stderr } = await grpcurl([], 'list');
  assert.notEqual(code, 0);
  assert.match(stderr, /API key/);
  const open = await World.core({ flags: () => ['--open-reflection'] });
  t.after(() => open.stop());
  const listed = await run('tools/grpcurl', ['-plaintext', open.address, 'list']);
  assert.match(listed.stdout, /kalends\.v1\.BookingService/);
});

test('an appointment is booked and accepted with grpcurl alone', async () => {
  const identity = (id, name) => ({ identity: `telegram:${id}`, display_name: name, language_code: 'de', request_id: `e${id}` });
  const marie = await call('AccountService/EnsureAccount', identity(1001, 'Marie'));
  const anna = await call('AccountService/EnsureAccount', identity(2001, 'Anna'));
  const provider = await call(
    'AccountService/RegisterProvider',
    { kind: 'PROVIDER_KIND_SPECIALIST', display_name: 'Marie', time_zone: 'Europe/Berlin', request_id: 'r1' },
    marie.name,
  );
  assert.equal(provider.currency_code, 'EUR');
  const service = await call('CatalogService/CreateService', {
    parent: provider.name,
    service: { display_name: 'Beratung', duration: '3000s', price: { currency_code: 'EUR', minor_units: 8000 } },
    request_id: 'r2',
  });
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, hours: { start_minute: 540, end_minute: 1080 } }));
  const schedule = `${provider.name}/schedule`;
  await call('ScheduleService/ChangeWeeklyHours', { name: schedule, added: weekly, request_id: 'r3' });
  const newYear = { date: { year: 2000, month: 1, day: 1 }, repeats_yearly: true };
  await call('ScheduleService/ChangeSpecialDates', { name: schedule, added: [newYear], request_id: 'r8' });
  const invitation = await call('InvitationService/CreateInvitation', {
    parent: provider.name,
    invitation: { label: 'README' },
    request_id: 'r4',
  });
  await call('InvitationService/RedeemInvitation', { code: invitation.code, request_id: 'r5' }, 'telegram:2001');
  const window = { start_date: today(1), end_date: today(8) };
  const slots = await call(
    'BookingService/ListSlots',
    { parent: provider.name, service: service.name, view: 'VIEW_READABLE', ...window },
    'telegram:2001',
  );
  // Either form goes into the request as it is.
  const { start_time: start, local_start_time: local } = slots.days[0].slots[0];
  assert.equal(Date.parse(local), Date.parse(start));
  const requested = await call(
    'BookingService/RequestAppointment',
    { parent: provider.name, appointment: { service: service.name, start_time: local }, request_id: 'r6' },
    'telegram:2001',
  );
  assert.equal(requested.status, 'STATUS_PENDING');
  assert.equal(requested.start_time, start);
  assert.equal(requested.customer, anna.name);
  const accepted = await call(
    'BookingService/AcceptAppointment',
    { name: requested.name, request_id: 'r7' },
    'telegram:1001',
  );
  assert.equal(accepted.status, 'STATUS_ACCEPTED');
  assert.deepEqual(accepted.history.map(({ to }) => to), ['STATUS_PENDING', 'STATUS_ACCEPTED']);
});

test('buf curl calls the core through reflection', async () => {
  const packages = path.join(repository, 'tests/node_modules/@bufbuild');
  const [name] = readdirSync(packages).filter((folder) => folder.startsWith('buf-linux'));
  const flags = ['curl', '--protocol', 'grpc', '--http2-prior-knowledge', ...withKey(), '--reflect-header', '*'];
  const { code, stdout, stderr } = await run(path.join(packages, name, 'bin/buf'), [
    ...flags,
    '-d',
    '{"query":"kathmandu"}',
    `http://${world.address}/kalends.v1.AccountService/SearchTimeZones`,
  ]);
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).zones[0].timeZone, 'Asia/Kathmandu');
});
