// Update ids that begin anew, as with a simulator that is started again or a bot that takes another's
// place, make nobody's message a repeat of an earlier one; the same update still is one when it comes
// again.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chooseZone } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';

const OTHER_BOT = '1000000002:ANOTHER-not-a-secret-token-000000000';

describe('update ids that begin anew', { concurrency: false }, () => {
  let world, anna;
  let count = 0;
  const joined = []; // The specialists whom Anna has followed.
  before(async () => {
    world = await World.all();
    await joinsAndWrites();
  });
  after(() => world.stop());

  const as = () => ({ account: anna.identity });

  // Anna, the same each time, follows the invitation of one more specialist and writes to her, with as
  // many updates as each time before. She must be answered, and all of it must have happened.
  async function joinsAndWrites() {
    const name = `Marie ${count + 1}`;
    const specialist = await world.specialist({ identity: `telegram:${1000 + ++count}`, name });
    const isNew = joined.length === 0;
    anna = await world.simulator.person({ id: 2001, first_name: 'Anna', language_code: 'de' });
    await anna.start(specialist.code);
    await anna.see(name, { since: 0 });
    if (isNew) await chooseZone(anna, t, 'Europe/Berlin');
    joined.push(specialist);
    assert.ok(await linkedWithAll(), 'answered, but not linked');
    await anna.tap('Spezialistenliste');
    await anna.tap(`👤 ${name}`);
    await anna.tap('Chat');
    await anna.see(`Sie schreiben jetzt mit 👤 ${name}`);
    await anna.arrived(await anna.say(`An ${name}`));
    assert.deepEqual(await written(specialist), [`An ${name}`]);
    await world.simulator.settled();
    return specialist;
  }

  async function linkedWithAll() {
    const customers = async ({ name: parent }) =>
      (await world.admin.call('LinkService', 'ListLinks', { parent })).links.map((link) => link.customer_display_name);
    const all = await Promise.all(joined.map(customers));
    return all.every((names) => names.join() === 'Anna');
  }
  async function written(specialist) {
    const { name } = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, as());
    const parent = `${specialist.name}/links/${name.split('/')[1]}`;
    const { messages } = await world.admin.call('ChatService', 'ListMessages', { parent });
    return messages.map(({ text }) => text).sort();
  }

  test('with the adapter started again', async () => {
    await world.adapter.stop();
    await world.telegram.stop();
    await world.startSimulator();
    await world.startAdapter();
    await joinsAndWrites();
  });

  test('with the adapter killed', async () => {
    await world.adapter.kill();
    await world.telegram.stop();
    await world.startSimulator();
    await world.startAdapter();
    await joinsAndWrites();
  });

  test('under an adapter that goes on', async () => {
    await world.telegram.stop();
    await world.startSimulator();
    await joinsAndWrites();
  });

  test('with another bot on the same data', async () => {
    await world.adapter.stop();
    await world.telegram.stop();
    await world.startSimulator('off', { token: OTHER_BOT });
    await world.startAdapter({ token: OTHER_BOT });
    await joinsAndWrites();
  });

  test('while the same update that comes again is a repeat, also after a crash', async () => {
    await world.telegram.stop();
    await world.startSimulator('off', { token: OTHER_BOT });
    const specialist = await joinsAndWrites();
    await world.adapter.kill();
    await world.simulator.post('redeliver', { last: 5 });
    await world.startAdapter({ token: OTHER_BOT });
    await world.simulator.settled();
    await anna.say('Danach');
    await until('it was handed on', async () => (await written(specialist)).includes('Danach'));
    assert.deepEqual(await written(specialist), [`An Marie ${count}`, 'Danach']);
    assert.ok(await linkedWithAll());
  });
});
