// SPEC 2.10 and 2.11: the private chat of a customer and a provider, and what an appointment costs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, linksIn } from './simulator.mjs';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

// The labels are the seed's.
const FIGURES =
  /Service-\/Terminpreis: 80,00\s€\nBezahlter Betrag: 30,00\s€\nAusstehender Saldo: 50,00\s€/;

describe('chat in German', { concurrency: false }, () => {
  let world, marie, specialist, anna;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna <3' });
  });
  after(() => world.stop());

  async function openChat(person) {
    await person.tap('Spezialistenliste');
    await person.tap('👤 Marie');
    await person.see('Von meiner Liste entfernen');
    await person.tap('Chat');
    return person.see('Sie schreiben jetzt mit 👤 Marie');
  }

  test('a message names its sender, is answered by its button, and markup stays text', async () => {
    await openChat(anna);
    const seen = (await anna.messages()).length;
    await anna.arrived(await anna.say('Geht <b>Dienstag</b> & Mittwoch?'));
    assert.equal((await anna.messages()).length, seen, 'a mark is all there is to see');
    const message = await marie.see('Geht <b>Dienstag</b> & Mittwoch?');
    assert.match(message.plain, /Anna <3 schreibt:/);
    await marie.tap('↩️ Antworten');
    await marie.see('Sie schreiben jetzt mit Anna <3');
    await marie.say('Ja, gern.');
    const answer = await anna.see('Ja, gern.');
    assert.match(answer.plain, /Marie schreibt:/);
    assert.deepEqual(buttons(answer), ['↩️ Antworten']);
  });

  test('photos, files and voice messages arrive, with their captions', async () => {
    await anna.sendFile(PNG, { as: 'photo', caption: 'So sieht es aus' });
    const caption = await marie.see('So sieht es aus');
    assert.match(caption.plain, /📷 Foto/);
    await until('the photo has come', async () => (await marie.messages()).some(({ photo }) => photo));
    await anna.sendFile('Inhalt', { name: 'Plan.pdf', type: 'application/pdf' });
    await until('the file has come', async () => (await marie.messages()).some(({ document }) => document?.file_name === 'Plan.pdf'));
    await anna.sendFile('OggS', { as: 'voice' });
    await until('the voice message has come', async () => (await marie.messages()).some(({ voice }) => voice));
    await anna.sendFile('x', { as: 'sticker' });
    await anna.see('Das kann ich nicht weitergeben');
  });

  test('a text of any length arrives whole and in order', async () => {
    const words = Array.from({ length: 700 }, (_, i) => `Wort${i}`).join(' ').slice(0, 4096);
    await anna.say(words);
    await marie.see(words.slice(-60));
    const parts = (await marie.messages()).map(({ plain }) => plain).filter((plain) => /Wort\d/.test(plain));
    const whole = parts.map((plain) => plain.slice(plain.indexOf('\n') + 1)).join('');
    assert.equal(whole, words);
  });

  test('the history is paged, and sending has a limit that says how long to wait', async () => {
    const ella = await joined(world, specialist, t, { first_name: 'Ella' });
    const chat = await openChat(ella);
    assert.ok(buttons(chat).includes('✖ Chat verlassen'));
    for (let i = 0; i < 20; ++i) {
      await ella.arrived(await ella.say(`Nachricht ${i}`));
    }
    await ella.say('Eine zu viel');
    await ella.see('Das war zu viel in kurzer Zeit. Bitte warten Sie: 1 Min.');
    await openChat(ella);
    await ella.tap('◀ Ältere');
    const older = await ella.see('Neuere ▶');
    assert.doesNotMatch(older.plain, /Nachricht 19/);
    await ella.tap('Neuere ▶');
    const newest = await ella.see('Nachricht 19');
    assert.doesNotMatch(newest.plain, /Eine zu viel/);
  });

  test('leaving, and any entry of the menu, ends the conversation', async () => {
    await openChat(anna);
    await anna.tap('✖ Chat verlassen');
    await anna.see('Von meiner Liste entfernen');
    await anna.say('Das geht nirgendwohin 1');
    await world.simulator.settled();
    await openChat(anna);
    await anna.tap(t.appointments);
    await anna.say('Das geht nirgendwohin 2');
    await world.simulator.settled();
    await openChat(anna);
    await anna.say('Das kommt an');
    await marie.see('Das kommt an');
    assert.equal(await marie.count('Das geht nirgendwohin'), 0);
  });

  test('the specialist finds every conversation in a list, unread ones marked', async () => {
    await anna.say('Noch eine Frage');
    await marie.see('Noch eine Frage');
    await marie.key('Chats');
    const list = await marie.see('Ihre Chats');
    assert.ok(buttons(list).some((label) => label.startsWith('🔵 Anna <3')), buttons(list).join());
    await marie.tap(buttons(list).find((label) => label.startsWith('🔵 Anna <3')));
    await marie.see('Noch eine Frage');
    await marie.tap('✖ Chat verlassen');
    assert.ok(buttons(await marie.see('Ihre Chats')).includes('Anna <3'));
  });

  test('while Telegram is down nothing is lost, and the order is kept', async () => {
    const dora = await joined(world, specialist, t, { first_name: 'Dora' });
    await openChat(dora);
    await world.simulator.post('fault', { method: 'sendMessage', contains: `${marie.id}`, code: 502, times: 3 });
    for (let i = 0; i < 5; ++i) {
      await dora.arrived(await dora.say(`Reihe ${i}`));
    }
    await marie.see('Reihe 4', { since: 0 });
    const seen = (await marie.messages()).map(({ plain }) => plain.match(/Reihe (\d)/)?.[1]).filter(Boolean);
    assert.deepEqual(seen, ['0', '1', '2', '3', '4']);
  });

  test('over a link that was removed or blocked nothing can be written', async () => {
    const ben = await joined(world, specialist, t, { first_name: 'Ben' });
    await openChat(ben);
    const account = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: ben.identity });
    const link = `${specialist.name}/links/${account.name.split('/')[1]}`;
    await world.admin.change('LinkService', 'BlockLink', { name: link }, { account: specialist.account });
    await ben.say('Hallo?');
    await ben.see('Diese Verbindung ist gesperrt');
    assert.equal(await marie.count('Hallo?'), 0);
  });

  test('a provider is taken off the list after a question', async () => {
    const cleo = await joined(world, specialist, t, { first_name: 'Cleo' });
    await cleo.tap('Spezialistenliste');
    await cleo.tap('👤 Marie');
    await cleo.tap('Von meiner Liste entfernen');
    await cleo.see('von Ihrer Liste entfernen?');
    await cleo.tap('Von meiner Liste entfernen');
    await world.simulator.settled();
    await cleo.tap('Spezialistenliste');
    const list = await cleo.see('Hauptmenü');
    assert.ok(!buttons(list).includes('👤 Marie'));
  });

  test('Meeting-Info tells price, paid and outstanding, and leads to paying', async () => {
    const service = specialist.services[0];
    await world.admin.change('CatalogService', 'UpdateService', {
      service: { name: service.name, payment_link: 'https://pay.example.com/{amount}/{currency}/{appointment}' },
      update_mask: { paths: ['payment_link'] },
    }, { account: specialist.account });
    const appointment = await requestOne(world, specialist, anna, t);
    await world.admin.change('BookingService', 'AcceptAppointment', { name: appointment.name }, { account: specialist.account });
    await anna.see(t.status.accepted);
    await world.admin.change('PaymentService', 'CreatePayment', {
      parent: appointment.name,
      payment: { kind: 'KIND_PAYMENT', amount: { currency_code: 'EUR', minor_units: 3000 } },
    }, { account: specialist.account });
    await anna.tap(t.appointments);
    // Not the card, which is drawn anew for the payment.
    const list = await anna.see('Ihre nächsten Termine');
    await anna.tap(buttons(list).find((label) => label.startsWith('🟢')));
    await anna.tap(t.meetingInfo);
    const info = await anna.see('Ausstehender Saldo');
    assert.match(info.plain, FIGURES);
    const [pay] = linksIn(info);
    assert.equal(pay.text, 'Bezahlen');
    assert.equal(pay.url, `https://pay.example.com/50.00/EUR/${appointment.name.split('/').pop()}`);
    assert.match(info.plain, /Schreiben Sie es im Chat/);
  });
});
