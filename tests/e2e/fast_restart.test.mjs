// SPEC 4.3a, 7.2: a core that is killed and back within the second gives no id twice, so that no
// notice is taken for one that was delivered before.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from './core.mjs';
import { World } from './harness.mjs';
import { until } from './programs.mjs';

const PEOPLE = 12;
const ROUNDS = 4; // Each with a specialist of its own, as nobody may write more than 20 in a minute.

describe('a core that is killed and started at once', { concurrency: false }, () => {
  let world;
  const specialists = [];
  const people = [];

  before(async () => {
    world = await World.all();
    for (let i = 0; i < ROUNDS; ++i) {
      const { identity } = await world.simulator.person({ id: 1001 + i, first_name: 'Marie' });
      specialists.push(await world.specialist({ identity, name: `Marie ${i}` }));
    }
    for (let i = 0; i < PEOPLE; ++i) {
      const person = await world.simulator.person({ first_name: `Kunde${i}`, language_code: 'de' });
      await person.start(specialists[0].code);
      await person.see('Marie 0', { since: 0 });
      const as = { account: person.identity };
      for (const { code } of specialists.slice(1)) {
        await world.admin.change('InvitationService', 'RedeemInvitation', { code }, as);
      }
      const account = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, as);
      people.push({ person, id: account.name.split('/')[1] });
    }
    await allTold();
  });
  after(() => world.stop());

  async function allTold() {
    await until('all was told', async () => {
      const stats = await world.admin.call('AdminService', 'GetServerStats', {}, { waitForReady: true });
      return stats.notifications_due === 0;
    });
  }

  function write(specialist, { id }, text) {
    const request = { request_id: newId(), parent: `${specialist.name}/links/${id}`, message: { text } };
    const options = { account: specialist.account, waitForReady: true };
    return world.admin.call('ChatService', 'SendMessage', request, options);
  }

  test('tells everybody everything, once and in order', async () => {
    const [first] = people;
    for (const [round, specialist] of specialists.entries()) {
      await Promise.all(people.map((one) => write(specialist, one, `Runde ${round}`)));
      await world.kalendsd.kill();
      await world.startCore();
      for (let i = 0; i < 6; ++i) await write(specialist, first, `Nachricht ${round}-${i}`);
      await allTold();
    }
    const told = async ({ person }) =>
      (await person.messages()).map(({ plain }) => plain.match(/(Runde|Nachricht) [\d-]+/)?.[0]).filter(Boolean);
    const expected = [];
    for (let round = 0; round < ROUNDS; ++round) {
      expected.push(`Runde ${round}`);
      for (let i = 0; i < 6; ++i) expected.push(`Nachricht ${round}-${i}`);
    }
    assert.deepEqual(await told(first), expected);
    for (const one of people.slice(1)) {
      assert.deepEqual(await told(one), expected.filter((text) => text.startsWith('Runde')), one.person.name);
    }
  });
});
