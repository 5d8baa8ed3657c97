// SPEC 7.2 while Telegram cannot be reached for longer than a moment: nothing is lost, nothing comes
// twice, and the order is kept.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestNotice, requestOne, worldWithMarie } from './customer_walk.mjs';
import { Gate } from './gate.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';

const ATTEMPTS = 8; // At Telegram's pace, with the pauses between them, three quarters of a minute.
const OUTAGE_MS = 120_000;
const COUNT = 5;

describe('an outage of Telegram', { concurrency: false }, () => {
  let world, gate, marie, specialist, anna, boris, appointment;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    boris = await joined(world, specialist, t, { first_name: 'Boris' });
    appointment = await requestOne(world, specialist, boris, t);
    await requestNotice(marie, boris, t);
    await world.simulator.settled();
    await world.adapter.stop();
    gate = await Gate.to(world.simulator.url);
    await world.startAdapter({ api: gate.url });
  });
  after(async () => {
    gate.stop();
    await world.stop();
  });

  // What a person reads that matches, in the order of the chat.
  const read = async (person, pattern) =>
    (await person.messages()).map(({ plain }) => plain.match(pattern)?.[0]).filter(Boolean);

  test('answers and notices come when it is over, in their order and once', async () => {
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    await anna.see('Von meiner Liste entfernen');
    await anna.tap('Chat');
    await anna.see('Sie schreiben jetzt mit 👤 Marie');
    await boris.tap(t.settings);
    await boris.see(t.settingsZone);
    await world.simulator.settled();

    // Updates still come in, but nothing goes out.
    gate.close((method) => ['sendMessage', 'editMessageText', 'setMessageReaction'].includes(method));
    let last;
    for (let i = 0; i < COUNT; ++i) last = await anna.say(`Reihe ${i}`);
    await boris.tap('Datenschutz');
    await until('all of it is handled', async () => {
      const { messages } = await world.admin.call('ChatService', 'ListMessages', {
        parent: `${specialist.name}/links/${await accountId(anna)}`,
      });
      return messages.length === COUNT;
    });
    await until('the edit was tried', () => gate.refused('editMessageText', `${boris.id}`) > 0);
    gate.close();
    const as = { account: specialist.account };
    await world.admin.change('BookingService', 'AcceptAppointment', { name: appointment.name }, as);
    await until(
      'each of them was tried more often than once in a while',
      () =>
        gate.refused('setMessageReaction', `${anna.id}`) >= ATTEMPTS &&
        gate.refused('sendMessage', `${marie.id}`) >= ATTEMPTS &&
        gate.refused('editMessageText', `${boris.id}`) >= ATTEMPTS &&
        gate.refused('getUpdates') > 1,
      OUTAGE_MS,
    );
    assert.deepEqual(await read(marie, /Reihe \d/), []);
    gate.open();

    await marie.see(`Reihe ${COUNT - 1}`, { since: 0 });
    assert.deepEqual(await read(marie, /Reihe \d/), Array.from({ length: COUNT }, (_, i) => `Reihe ${i}`));
    await anna.arrived(last);
    await boris.see('Ein Standort wird nie abgefragt', { since: 0 });
    await boris.see('hat Ihren Termin akzeptiert', { since: 0 });
    await until('both his request and the news show it', async () =>
      await boris.count(`🟢 ${t.status.accepted}`) === 2);
    await world.simulator.settled();
    assert.equal(await boris.count('hat Ihren Termin akzeptiert'), 1);
    await until('no notification is due', async () => {
      const { notifications_due: due } = await world.admin.call('AdminService', 'GetServerStats');
      return due === 0;
    });
  });

  test('the bot takes in what people do afterwards', async () => {
    const sent = await anna.say('Danach');
    await marie.see('Danach');
    await anna.arrived(sent);
  });

  test('who asks the adapter to end in the midst of one does not wait for its end', async () => {
    const refused = () => gate.refused('setMessageReaction', `${anna.id}`);
    const before = refused();
    gate.close((method) => ['sendMessage', 'setMessageReaction'].includes(method));
    await anna.say('Beim Abschied');
    await until('an answer waits', () => refused() > before + ATTEMPTS);
    gate.close();
    assert.equal(await world.adapter.stop(), 0);
    gate.open();
    await world.startAdapter({ api: gate.url });
    await marie.see('Beim Abschied');
    assert.equal(await marie.count('Beim Abschied'), 1);
  });

  async function accountId(person) {
    const { name } = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity });
    return name.split('/')[1];
  }
});
