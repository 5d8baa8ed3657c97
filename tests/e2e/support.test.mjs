// SPEC 2.13 and 4.10: questions to support, answered from a Telegram group and over gRPC.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { World } from './harness.mjs';
import { until } from './programs.mjs';

describe('support in German', { concurrency: false }, () => {
  let world, agent, group, anna;
  before(async () => {
    world = await World.core();
    await world.startSimulator();
    agent = await world.simulator.person({ first_name: 'Sam', language_code: 'de' });
    group = await world.simulator.post('group', { title: 'Support', members: [agent.id] });
    await world.startAdapter({ args: ['--support-chat', `${group.id}`, '--support-language', 'de'] });
    anna = await world.simulator.person({ first_name: 'Anna', language_code: 'de' });
    await anna.start();
  });
  after(() => world.stop());

  const inGroup = async (text) =>
    (await world.simulator.get('wait', { user: agent.id, chat: group.id, contains: text, timeout_ms: 20_000 })).message;
  const reply = (to, text) =>
    world.simulator.post('message', { user: agent.id, chat: group.id, reply_to: to.message_id, text });
  async function ask(text) {
    await anna.tap('Support');
    await anna.see('Schreiben Sie mir jetzt Ihre Frage');
    await anna.say(text);
    await anna.see('Ihre Frage ist beim Support-Team');
  }

  test('a question comes to the group, and a reply goes to who asked', async () => {
    await ask('Wie ändere ich <meine> Zeitzone?');
    const question = await inGroup('Wie ändere ich <meine> Zeitzone?');
    assert.match(question.plain, /Anna fragt:/);
    await until('a reply finds its way', async () => {
      await reply(question, 'Unter Einstellungen.');
      return anna.see('Unter Einstellungen.', { since: 0 });
    });
    const answer = await anna.see('Unter Einstellungen.', { since: 0 });
    assert.match(answer.plain, /Das Support-Team antwortet:/);
  });

  test('what is no reply stays talk of the team', async () => {
    await world.simulator.post('message', { user: agent.id, chat: group.id, text: 'Wer macht das?' });
    await world.simulator.settled();
    assert.equal(await anna.count('Wer macht das?'), 0);
  });

  test('/close as a reply ends the question', async () => {
    const question = await inGroup('Wie ändere ich <meine> Zeitzone?');
    await reply(question, '/close');
    await anna.see('Das Support-Team hat Ihre Frage abgeschlossen', { since: 0 });
    await reply(question, 'Zu spät');
    await inGroup('abgeschlossen');
    await world.simulator.settled();
    assert.equal(await anna.count('Zu spät'), 0);
  });

  test('an internal tool answers over gRPC', async () => {
    await ask('Und wie lösche ich mein Konto?');
    const tool = world.client(await world.createKey('tool:write'));
    const { tickets } = await tool.call('SupportService', 'ListTickets', {});
    assert.equal(tickets.length, 1);
    const { messages } = await tool.call('SupportService', 'ListTicketMessages', { parent: tickets[0].name });
    assert.equal(messages[0].text, 'Und wie lösche ich mein Konto?');
    await tool.change('SupportService', 'AnswerTicket', { name: tickets[0].name, message: { text: 'Unter Datenschutz.' } });
    await anna.see('Unter Datenschutz.', { since: 0 });
    tool.close();
  });

  test('a picture with a question arrives too', async () => {
    await anna.tap('Support');
    await anna.see('Schreiben Sie mir jetzt Ihre Frage');
    await anna.sendFile('Inhalt', { name: 'Fehler.txt', type: 'text/plain', caption: 'Was heißt das?' });
    await inGroup('Was heißt das?');
    await until('the file has come', async () => {
      const { chat } = await world.simulator.get('chat', { user: agent.id, chat: group.id });
      return chat.messages.some(({ document }) => document?.file_name === 'Fehler.txt');
    });
  });
});
