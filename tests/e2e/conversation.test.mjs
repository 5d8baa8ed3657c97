// SPEC 2.10 and 2.13: what a conversation survives, what ends it, and Telegram's own Reply and Edit.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf } from './simulator.mjs';

describe('conversations in German', { concurrency: false }, () => {
  let world, marie, specialist, anna, accepted;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    const appointment = await requestOne(world, specialist, anna, t);
    const as = { account: specialist.account };
    await world.admin.change('BookingService', 'AcceptAppointment', { name: appointment.name }, as);
    accepted = await anna.see(`🟢 ${t.status.accepted}`);
  });
  after(() => world.stop());

  async function openProvider(person) {
    await person.tap('Spezialistenliste');
    await person.tap('👤 Marie');
    await person.see('Von meiner Liste entfernen');
  }
  async function openChat(person) {
    await openProvider(person);
    await person.tap('Chat');
    return person.see('Sie schreiben jetzt mit 👤 Marie');
  }
  async function arrives(person, text) {
    await person.say(text);
    await marie.see(text, { since: 0 });
  }
  async function goesNowhere(person, text) {
    await person.say(text);
    await world.simulator.settled();
    assert.equal(await marie.count(text), 0);
  }
  async function asItWas(person, message) {
    const now = (await person.messages()).find(({ message_id: id }) => id === message.message_id);
    assert.equal(now?.plain, message.plain);
    assert.deepEqual(buttons(now), buttons(message));
  }

  test('Antworten leaves the message to be read, and the chat comes below it', async () => {
    const long = `${'Das ist eine lange Frage. '.repeat(30)}Ende.`;
    await openChat(anna);
    await anna.say(long);
    const message = await marie.see('Ende.');
    await marie.tap('↩️ Antworten');
    const chat = await marie.see('Sie schreiben jetzt mit Anna');
    assert.ok(chat.message_id > message.message_id);
    await marie.say('Eine lange Antwort.');
    await anna.see('Eine lange Antwort.');
    await asItWas(marie, message);
  });

  test('an answer of support stays too', async () => {
    await anna.tap('Support');
    // No desk is configured: nobody is promised, and the way to the provider is shown.
    const screen = await anna.see('für den Betreiber des Bots gespeichert; antwortet er');
    assert.ok(buttons(screen).includes('Spezialistenliste'));
    await anna.say('Wie geht das?');
    await anna.see('für den Betreiber des Bots gespeichert');
    const { tickets } = await world.admin.call('SupportService', 'ListTickets', {});
    await world.admin.change('SupportService', 'AnswerTicket', { name: tickets[0].name, message: { text: 'So geht das.' } });
    const answer = await anna.see('So geht das.');
    await anna.tap('↩️ Antworten');
    await anna.see('für den Betreiber des Bots gespeichert; antwortet er');
    await anna.say('Danke!');
    await anna.see('für den Betreiber des Bots gespeichert');
    await asItWas(anna, answer);
  });

  test('a chat goes on while other messages are looked at', async () => {
    await openChat(anna);
    await anna.forge(dataOf(accepted, t.calendarFile), accepted.message_id);
    await anna.see('.ics');
    await arrives(anna, 'Noch da 1');
    await anna.forge(dataOf(accepted, t.meetingInfo), accepted.message_id);
    await anna.see('Hauptstraße 1');
    await arrives(anna, 'Noch da 2');
    await anna.tap('✖ Chat verlassen');
    await anna.see('Von meiner Liste entfernen');
    await goesNowhere(anna, 'Nicht mehr da 1');
  });

  test('so does an upload', async () => {
    await openProvider(anna);
    await anna.tap('Dokumente');
    await anna.tap('Hochladen');
    await anna.see('Senden Sie jetzt die Datei');
    await anna.forge(dataOf(accepted, t.calendarFile), accepted.message_id);
    await anna.see('.ics');
    await anna.sendFile('Befund', { name: 'Befund.pdf', type: 'application/pdf' });
    await anna.see('✅ Befund.pdf ist hochgeladen');
  });

  test('a press that asks for something itself ends a chat', async () => {
    await openChat(anna);
    await anna.forge(dataOf(accepted, t.cancel), accepted.message_id);
    await anna.see(t.cancelWithoutReason);
    await goesNowhere(anna, 'Gehört nicht in den Chat');
    await anna.tap('◀ Nein, behalten');
  });

  test('Leave ends a chat on whatever screen it stands, and Hauptmenü does so too', async () => {
    const chat = await openChat(anna);
    const leave = dataOf(chat, '✖ Chat verlassen');
    const [other] = (await anna.messages()).filter(({ plain }) => plain.includes('Eine lange Antwort.'));
    await anna.forge(leave, other.message_id);
    await anna.see('Von meiner Liste entfernen');
    await asItWas(anna, other);
    assert.equal(await anna.count('Sie schreiben jetzt mit'), 0);
    await goesNowhere(anna, 'Nicht mehr da 2');
    await openChat(anna);
    await anna.forge('1:h', other.message_id);
    await anna.see('Was möchten Sie tun?');
    await asItWas(anna, other);
    assert.equal(await anna.count('Sie schreiben jetzt mit'), 0);
    await goesNowhere(anna, 'Nicht mehr da 3');
  });

  test('only entries of the own menu end a chat; other words are part of it', async () => {
    await openChat(anna);
    for (const word of ['AGB', 'Kalender', 'Terms', 'Appointments', 'Підтримка']) await arrives(anna, word);
    await anna.say(t.appointments);
    await anna.see(t.listTitle);
    await goesNowhere(anna, 'Nicht mehr da 4');
    // Without a conversation the menu of another language works, as it may still be shown.
    await anna.say('Appointments');
    await anna.see(t.listTitle);
    await anna.say('AGB');
    await anna.see('Das habe ich leider nicht verstanden');
  });

  test("Telegram's own Reply to a message goes to who wrote it, whatever chat is open", async () => {
    const ben = await joined(world, specialist, t, { first_name: 'Ben' });
    await openChat(anna);
    await anna.say('Frage von Anna');
    const message = await marie.see('Frage von Anna');
    await openChat(ben);
    await ben.say('Frage von Ben');
    await marie.see('Frage von Ben');
    await marie.tap('↩️ Antworten');
    await marie.see('Sie schreiben jetzt mit Ben');
    await marie.reply(message, 'AGB');
    await marie.see('Sie schreiben jetzt mit Anna');
    const answer = await anna.see('AGB');
    await marie.sendFile('Plan', { name: 'Plan.pdf', type: 'application/pdf', caption: 'Dazu der Plan', to: message });
    await anna.see('Dazu der Plan');
    await until('the file has come', async () => (await anna.messages()).some(({ document }) => document?.file_name === 'Plan.pdf'));
    assert.equal(await ben.count('AGB') + (await ben.count('Dazu der Plan')), 0);
    await asItWas(marie, message);
    await anna.tap('✖ Chat verlassen');
    await anna.see('Von meiner Liste entfernen');
    await anna.reply(answer, 'Antwort ohne offenen Chat');
    await marie.see('Antwort ohne offenen Chat');
  });

  test('so does a Reply to support; to anything else it is no message to anybody', async () => {
    await anna.tap('✖ Chat verlassen');
    const [answer] = (await anna.messages()).filter(({ plain }) => plain.includes('So geht das.'));
    await anna.reply(answer, 'Noch eine Frage dazu');
    await anna.see('für den Betreiber des Bots gespeichert');
    await anna.tap('Hauptmenü');
    const home = await anna.see('Was möchten Sie tun?');
    await anna.reply(home, 'Bis dann!');
    await anna.see('Das habe ich leider nicht verstanden');
    await world.simulator.settled();
    assert.equal(await marie.count('Bis dann!'), 0);
  });

  test('an edit of what was passed on to nobody is answered in a conversation, and nowhere else', async () => {
    const notPassedOn = 'Diese Änderung kann ich nicht weitergeben';
    await anna.tap(t.appointments);
    const sent = await anna.say('Am Dienstg');
    await anna.see('Das habe ich leider nicht verstanden');
    await anna.edit(sent, 'Am Dienstag');
    await world.simulator.settled();
    assert.equal(await anna.count(notPassedOn), 0);
    await openChat(anna);
    await anna.edit(sent, 'Am Mittwoch');
    await anna.see(notPassedOn);
    assert.equal(await marie.count('Am Mittwoch'), 0);
  });
});
