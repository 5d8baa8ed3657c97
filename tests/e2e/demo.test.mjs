// `kalends demo seed`, as tools/run calls it: somebody to look at, and nothing twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';

let world, demo;
before(async () => {
  world = await World.core();
  demo = await seed();
});
after(() => world.stop());

async function seed() {
  const { code, stdout, stderr } = await world.kalends('demo', 'seed', '--json', '--company');
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}
const appointments = async () =>
  (await world.admin.call('BookingService', 'ListAppointments', { parent: demo.provider, page_size: 200 })).appointments;

test('the week is filled for two customers, and one request waits', async () => {
  const all = await appointments();
  const accepted = all.filter(({ status }) => status === 'STATUS_ACCEPTED');
  assert.ok(accepted.length >= 10, `only ${accepted.length}`);
  assert.deepEqual([...new Set(accepted.map(({ customer }) => customer))].sort(), [...demo.customers].sort());
  const pending = all.filter(({ status }) => status === 'STATUS_PENDING');
  assert.deepEqual(pending.map(({ note }) => note), ['Geht es auch per Video?']);
});

test('again it makes nothing twice, and names the same', async () => {
  const before = await appointments();
  assert.deepEqual(await seed(), demo);
  assert.deepEqual(await appointments(), before);
});

test('the specialist is told of the request that waits, the organization of who joined, and nobody of anything else', async () => {
  await world.startSimulator();
  const people = [];
  for (const id of [1001, 1002, 1003, 1004]) {
    people.push(await world.simulator.person({ id, first_name: `P${id}`, language_code: 'de' }));
    await people.at(-1).start();
  }
  await world.startAdapter();
  await people[0].see('Geht es auch per Video?', { since: 0 });
  await until('nobody is to be told anything more', async () =>
    Number((await world.admin.call('AdminService', 'GetServerStats', {})).notifications_due) === 0);
  await until('everybody is greeted', async () =>
    (await Promise.all(people.map((person) => person.messages()))).every((messages) => messages.length > 0));
  assert.equal(await people[0].count(t.status.pending), 1);
  for (const person of people.slice(1, 3)) {
    // The greeting, and what comes next.
    assert.equal((await person.messages()).length, 2, await person.transcript());
    assert.equal(await person.count('📌'), 1);
  }
  const [, , , organization] = people;
  assert.equal(await organization.count('gehört jetzt zu Ihrem Team'), 1);
  assert.equal((await organization.messages()).length, 2, await organization.transcript());
});

test('there is an organization with the specialist on its team, and an invitation to it', async () => {
  const organization = await world.admin.call('ProviderService', 'GetProvider', { name: demo.organization });
  assert.equal(organization.kind, 'PROVIDER_KIND_ORGANIZATION');
  assert.deepEqual(organization.specialists.map(({ provider }) => provider), [demo.provider]);
  const anna = await world.customer('telegram:2001', demo.organization_code);
  assert.ok((await world.slots(demo.organization, { account: anna.name })).length > 0);
});
