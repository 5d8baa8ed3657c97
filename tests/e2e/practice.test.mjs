// SPEC 3: a provider's keyboard, what its keys count, the practice, and the customer side and back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { english, german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { BOT_TOKEN, bringsCounts, buttons } from './simulator.mjs';

const counted = (requests, chats) => [
  [requests ? `Anfragen 🟡${requests}` : 'Anfragen', 'Kalender'],
  ['Kunden', chats ? `Chats 💬${chats}` : 'Chats'],
  ['Termin eintragen', 'Praxis'],
];

describe('a provider in German', { concurrency: false }, () => {
  let world, marie, specialist, anna;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
  });
  after(() => world.stop());

  // Those of this chat alone; none: it has the ones of all.
  const commands = async (person) => {
    const answer = await fetch(`${world.simulator.url}/bot${BOT_TOKEN}/getMyCommands`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ scope: { type: 'chat', chat_id: person.id } }),
    });
    return (await answer.json()).result.map(({ command }) => command);
  };
  // Lines that bring a keyboard and say nothing else.
  const lines = async () => (await marie.messages()).filter(bringsCounts);

  test('a provider has six keys, and a customer the seven', async () => {
    await marie.seesKeyboard(t.providerMenu);
    await anna.seesKeyboard(t.menu);
  });

  test('the practice opens what it is made of', async () => {
    await marie.key('Praxis');
    const practice = await marie.see('Was Sie anbieten');
    assert.match(practice.plain, /Marie/);
    assert.doesNotMatch(practice.plain, /⬜/, 'nothing is missing');
    for (const part of ['Leistungen', 'Zeiten', 'Profil', 'Einladungen', 'AGB', 'Einstellungen', 'Als Kunde']) {
      assert.ok(buttons(practice).includes(part), part);
    }
    assert.ok(practice.reply_markup.inline_keyboard.length <= 4);
    await marie.tap('Zeiten');
    await marie.see('Montag');
  });

  test('keys of keyboards from before are understood', async () => {
    await marie.say('Arbeitszeiten');
    await marie.see('Montag');
    await marie.say('Einladungen');
    await marie.see('Neue Einladung');
  });

  test('a mark appears with a request and goes with its answer, without the provider doing anything else', async () => {
    await requestOne(world, specialist, anna, t);
    await marie.seesKeyboard(counted(1, 0));
    assert.equal((await lines()).at(-1).plain, '🟡 1 offene Anfrage');
    const notice = await marie.see('Anna', { since: 0 });
    assert.ok(notice);
    await marie.tap(t.accept);
    await marie.seesKeyboard(counted(0, 0));
    await until('only the newest line is there', async () => (await lines()).length === 1);
  });

  test('a tapped key says the number of now, and is understood whatever it says', async () => {
    const [first, second] = await world.slots(specialist.name, { service: specialist.services[0].name, count: 8 });
    await world.request(specialist.name, anna.identity, first + 3 * 86400, { service: specialist.services[0].name });
    await marie.seesKeyboard(counted(1, 0));
    await world.request(specialist.name, anna.identity, second + 4 * 86400, { service: specialist.services[0].name });
    await marie.say('Anfragen 🟡1');
    await marie.see('1 von 2 · Anna');
    await marie.seesKeyboard(counted(2, 0));
  });

  test('unread chats are counted until they are opened', async () => {
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    await anna.see('Von meiner Liste entfernen');
    await anna.tap('Chat');
    await anna.see('Sie schreiben jetzt mit');
    await anna.arrived(await anna.say('Noch eine Frage'));
    await marie.seesKeyboard(counted(2, 1));
    await marie.key('Chats');
    await marie.tap(buttons(await marie.see('🔵 Anna')).find((label) => label.startsWith('🔵 Anna')));
    await marie.see('Sie schreiben jetzt mit Anna');
    await marie.seesKeyboard(counted(2, 0));
  });

  test('„Als Kunde“ brings the seven keys, the commands of customers, and a way back', async () => {
    await until('the provider has commands of their own', async () => (await commands(marie)).includes('practice'));
    assert.ok(!(await commands(anna)).includes('practice'));
    await marie.practice('Als Kunde');
    await marie.see('Sie sehen den Bot jetzt wie Ihre Kunden');
    await marie.seesKeyboard([...t.menu, ['◀ Praxis']]);
    await until('the commands are those of customers', async () => !(await commands(marie)).includes('practice'));
    await marie.tap(t.appointments);
    await marie.see('keine anstehenden Termine');
    await marie.tap('◀ Praxis');
    await marie.see('Willkommen zurück');
    await marie.seesKeyboard(counted(2, 0));
    await until('the commands are those of providers', async () => (await commands(marie)).includes('practice'));
    await marie.say('/practice');
    await marie.see('Was Sie anbieten');
  });

  test('what is missing before the first booking is ticked off in the practice', async () => {
    const uwe = await world.simulator.person({ first_name: 'Uwe', language_code: 'de' });
    await world.specialist({ identity: uwe.identity, name: 'Uwe', hours: [], services: [{ display_name: 'Yoga', duration: { seconds: 3600 } }] });
    await uwe.start();
    await uwe.key('Praxis');
    const practice = await uwe.see('Bis zur ersten Buchung');
    assert.match(practice.plain, /✅ Leistung · ⬜ Arbeitszeiten/);
    await uwe.tap('Arbeitszeiten');
    await uwe.see('Montag bis Freitag');
  });

  test('it is the same in English', async () => {
    const rose = await world.simulator.person({ first_name: 'Rose', language_code: 'en' });
    await world.specialist({ identity: rose.identity, name: 'Rose' });
    await world.admin.change('AccountService', 'UpdateAccount', {
      account: { name: (await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: rose.identity })).name, language_code: 'en' },
      update_mask: { paths: ['language_code'] },
    });
    await rose.start();
    await rose.seesKeyboard([['Requests', 'Calendar'], ['Customers', 'Chats'], ['Book for a customer', 'Practice']]);
    await rose.practice('As a customer', 'Practice');
    await rose.seesKeyboard([...english.menu, ['◀ Practice']]);
  });
});
