// SPEC 4.9: who may what is decided in the core, for every method of the contract.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { allMethods, code, explain, newId } from './core.mjs';
import { Files } from './files.mjs';
import { World } from './harness.mjs';

let world;
let specialist;
let anna;
let boris;
let appointment;

before(async () => {
  world = await World.core();
  specialist = await world.specialist();
  anna = await world.customer('telegram:2001', specialist.code, { name: 'Anna' });
  boris = await world.customer('telegram:2002', specialist.code, { name: 'Boris' });
  const [start] = await world.slots(specialist.name);
  appointment = await world.request(specialist.name, anna.name, start);
});
after(() => world.stop());

// Calls with an empty request and resolves to the error, or to null where it succeeds.
async function refusal(method, options) {
  if (method.requestStream) {
    const upload = world.admin.upload(method.service, method.method, (stream) => stream.end(), options);
    return upload.then(
      () => null,
      (error) => error,
    );
  }
  if (!method.responseStream) {
    return world.admin.call(method.service, method.method, {}, options).then(
      () => null,
      (error) => error,
    );
  }
  const stream = world.admin.stream(method.service, method.method, {}, options);
  return new Promise((resolve) => {
    stream.on('error', (error) => resolve(error));
    stream.on('data', () => resolve(null));
    stream.on('end', () => resolve(null));
  });
}

async function refused(promise, status, reason) {
  await assert.rejects(promise, (error) => {
    assert.equal(`${code[error.code]}: ${error.reason}`, `${status}: ${reason}`);
    assert.equal(error.info.domain, 'kalends');
    return true;
  });
}

test('every method answers UNAUTHENTICATED without a key and with a wrong one', async () => {
  const methods = allMethods();
  assert.ok(methods.length > 40, 'the contract was not found');
  const wrong = [];
  for (const method of methods) {
    for (const key of [null, 'kal_wrong', `${world.adminKey}x`, world.adminKey.slice(0, -1)]) {
      const error = await refusal(method, { key });
      if (error?.code !== code.UNAUTHENTICATED) {
        wrong.push(`${method.service}.${method.method} with ${key === null ? 'no key' : 'a wrong key'}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('the first admin key lies in a file that only its owner can read', () => {
  assert.equal(statSync(world.adminKeyFile).mode & 0o777, 0o600);
});

test('a key may call what its scopes allow, and nothing else', async () => {
  const list = (key) => world.admin.call('AdminService', 'ListApiKeys', {}, { key });
  const offsets = (key) => world.admin.call('AccountService', 'ListUtcOffsets', {}, { key });
  const get = (key) => world.admin.call('BookingService', 'GetAppointment', { name: appointment.name }, { key });
  const cancel = (key) =>
    world.admin.change('BookingService', 'CancelAppointment', { name: 'providers/-/appointments/none' }, { key });
  const keys = {};
  for (const scope of ['adapter', 'web', 'tool:read', 'tool:write']) keys[scope] = await world.createKey(scope);

  for (const key of Object.values(keys)) {
    await refused(list(key), 'PERMISSION_DENIED', 'SCOPE_MISSING');
    await offsets(key);
  }
  await refused(get(keys.web), 'PERMISSION_DENIED', 'SCOPE_MISSING');
  await get(keys['tool:read']);
  await get(keys['tool:write']);
  await refused(cancel(keys['tool:read']), 'PERMISSION_DENIED', 'SCOPE_MISSING');
  await assert.rejects(cancel(keys['tool:write']), (error) => error.reason !== 'SCOPE_MISSING');
});

test('an adapter without an account sees nobody’s appointment', async () => {
  const key = await world.createKey('adapter');
  await assert.rejects(
    world.admin.call('BookingService', 'GetAppointment', { name: appointment.name }, { key }),
    (error) => error.code === code.INVALID_ARGUMENT || error.code === code.NOT_FOUND,
  );
});

test('another customer’s appointment is NOT_FOUND, as if it were not there', async () => {
  const missing = appointment.name.replace(/[^/]+$/, '0000000000000');
  const read = (name, account) => world.admin.call('BookingService', 'GetAppointment', { name }, { account });
  await read(appointment.name, anna.name);
  await read(appointment.name, specialist.account);
  const errors = await Promise.all(
    [appointment.name, missing].map((name) => read(name, boris.name).catch((error) => error)),
  );
  for (const error of errors) assert.equal(error.code, code.NOT_FOUND);
  assert.equal(errors[0].details, errors[1].details);

  for (const method of ['AcceptAppointment', 'RejectAppointment', 'CancelAppointment']) {
    const change = world.admin.change('BookingService', method, { name: appointment.name }, { account: boris.name });
    await refused(change, 'NOT_FOUND', 'NOT_FOUND');
  }
  const list = { parent: anna.name };
  await refused(
    world.admin.call('BookingService', 'ListAppointments', list, { account: boris.name }),
    'NOT_FOUND',
    'NOT_FOUND',
  );
});

test('a customer cannot accept their own request', async () => {
  const change = world.admin.change(
    'BookingService',
    'AcceptAppointment',
    { name: appointment.name },
    { account: anna.name },
  );
  await refused(change, 'PERMISSION_DENIED', 'PROVIDER_ONLY');
  const read = await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name });
  assert.equal(read.status, 'STATUS_PENDING');
});

test('who was not invited finds neither the provider nor its slots', async () => {
  const stranger = await world.account('telegram:2999', { name: 'Stranger' });
  const as = { account: stranger.name };
  await refused(
    world.admin.call('ProviderService', 'GetProvider', { name: specialist.name }, as),
    'NOT_FOUND',
    'NOT_FOUND',
  );
  await assert.rejects(world.slots(specialist.name, { account: stranger.name }), (error) =>
    [code.NOT_FOUND, code.FAILED_PRECONDITION].includes(error.code),
  );
});

test('a revoked key is useless at once', async () => {
  const made = await world.admin.change('AdminService', 'CreateApiKey', {
    api_key: { display_name: 'Short-lived', scopes: ['SCOPE_ADMIN'] },
  });
  const list = () => world.admin.call('AdminService', 'ListApiKeys', {}, { key: made.secret });
  await list();
  const revoked = await world.kalends('key', 'revoke', made.api_key.name);
  assert.equal(revoked.code, 0, revoked.stderr);
  await refused(list(), 'UNAUTHENTICATED', 'UNKNOWN_KEY');
});

test('every stream of the contract ends with its key, and nothing comes after that', async () => {
  const files = new Files(world, specialist.name, anna.name);
  const document = await files.upload(randomBytes(20 << 20));
  const link = await world.admin.change('DocumentService', 'CreateDownloadLink', { name: document.name }, { account: anna.name });
  const requests = {
    StreamNotifications: { channel: 'telegram' },
    FetchDocument: { name: document.name },
    FetchDownload: { token: link.token },
    ExportAccount: { name: anna.name },
  };
  const made = await world.admin.change('AdminService', 'CreateApiKey', {
    api_key: { display_name: 'Short-lived', scopes: ['SCOPE_ADMIN'] },
  });
  const streams = [];
  for (const method of allMethods().filter((one) => one.requestStream || one.responseStream)) {
    const name = `${method.service}.${method.method}`;
    const options = { key: made.secret };
    if (method.requestStream) {
      const end = world.admin.upload(method.service, method.method, () => {}, options);
      streams.push({ name, heard: [], end: end.then(() => null, (error) => error) });
      continue;
    }
    assert.ok(requests[method.method], `${name}: say with what request it stays open`);
    const stream = world.admin.stream(method.service, method.method, requests[method.method], options);
    const heard = [];
    const end = new Promise((resolve) => {
      stream.on('error', (error) => resolve(explain(error)));
      stream.on('end', () => resolve(null));
    });
    if (method.method === 'StreamNotifications') stream.on('data', (one) => heard.push(one));
    await once(stream, 'metadata');
    streams.push({ name, heard, end, stream });
  }
  assert.equal(streams.length, 8);
  await world.admin.change('AdminService', 'RevokeApiKey', { name: made.api_key.name });
  const before = streams.map(({ heard }) => heard.length);
  const message = { parent: `${specialist.name}/links/me`, message: { text: 'after the revocation' } };
  await world.admin.change('ChatService', 'SendMessage', message, { account: anna.name });
  for (const { name, end, stream } of streams) {
    stream?.resume();
    const error = await end;
    assert.equal(`${name}: ${code[error?.code]} ${error?.reason}`, `${name}: UNAUTHENTICATED UNKNOWN_KEY`);
  }
  assert.deepEqual(streams.map(({ heard }) => heard.length), before);
});

test('a key can be made for a while, and the last admin key stays', async () => {
  const create = (...args) => world.kalends('key', 'create', '--scope', 'tool:read', '--label', 'Auditor', ...args);
  const list = async () => (await world.kalends('key', 'list')).stdout.split('\n');
  const made = await create('--expires', '2099-01-31T12:00:00Z', '--max-calls-per-second', '50', '--max-streams', '3');
  assert.equal(made.code, 0, made.stderr);
  const [name, secret] = made.stdout.split('\n');
  const { api_keys: keys } = await world.admin.call('AdminService', 'ListApiKeys', { page_size: 200 });
  const key = keys.find((one) => one.name === name);
  assert.deepEqual([key.max_calls_per_second, key.max_streams, key.state], [50, 3, 'STATE_ACTIVE']);
  assert.match((await list()).find((line) => line.startsWith(name)), / {2}2099-01-31T12:00:00Z +never +active +Auditor$/);
  await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name }, { key: secret });
  const line = (await list()).find((one) => one.startsWith(name));
  assert.match(line, / {2}2099-01-31T12:00:00Z +\d{4}-\d\d-\d\dT\S+ +active +Auditor$/);

  const relative = await create('--expires', '90d');
  const soon = (await world.admin.call('AdminService', 'ListApiKeys', { page_size: 200 })).api_keys.find(
    (one) => one.name === relative.stdout.split('\n')[0],
  );
  assert.ok(Math.abs(soon.expire_time.seconds - soon.create_time.seconds - 90 * 86400) < 60);
  for (const wrong of ['90', 'd', '-1d', '0d', '90w', '1e3d', '99999999999d', 'tomorrow', '2099-01-31', '١d']) {
    const refused = await create(`--expires=${wrong}`);
    assert.equal(refused.code, 2, wrong);
    assert.match(refused.stderr, /--expires must be such as 90d/);
  }
  const past = await create('--expires', '2020-01-01T00:00:00Z');
  assert.match(past.stderr, /api_key.expire_time: must lie in the future/);

  const first = keys.find(({ display_name: label }) => label === 'first admin key');
  const refused = await world.kalends('key', 'revoke', first.name);
  assert.equal(refused.code, 5);
  assert.match(refused.stderr, /create another one first.*\(LAST_ADMIN_KEY\)/);
  await world.kalends('key', 'revoke', name);
  assert.match((await list()).find((one) => one.startsWith(name)), / \d{4}-\S+ +revoked +Auditor$/);
});

test('repeating a request_id returns the first answer, and other content with it is refused', async () => {
  const [, start, other] = await world.slots(specialist.name, { count: 3 });
  const id = newId();
  const first = await world.request(specialist.name, boris.name, start, { request_id: id });
  const again = await world.request(specialist.name, boris.name, start, { request_id: id });
  assert.equal(again.name, first.name);
  await refused(
    world.request(specialist.name, boris.name, other, { request_id: id }),
    'INVALID_ARGUMENT',
    'REQUEST_ID_REUSED',
  );
});

test('kalends key list shows keys without their secrets', async () => {
  const { stdout, code: exit } = await world.kalends('key', 'list');
  assert.equal(exit, 0);
  assert.match(stdout, /apiKeys\/\S+ +\d{4}-.*admin/);
  assert.ok(!stdout.includes(world.adminKey));
});
