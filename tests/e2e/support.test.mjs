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
  const reply = (to, text, more = {}) =>
    world.simulator.post('message', { user: agent.id, chat: group.id, reply_to: to.message_id, text, ...more });
  async function groupMessages() {
    const { chat } = await world.simulator.get('chat', { user: agent.id, chat: group.id });
    return chat.messages.filter(({ from }) => from === 'bot');
  }
  async function notificationsDue() {
    return (await world.admin.call('AdminService', 'GetServerStats')).notifications_due;
  }
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
    assert.doesNotMatch(answer.plain, /Sam/);
  });

  test('internal tools see who of the team answered', async () => {
    const tool = world.client(await world.createKey('tool:read'));
    const { tickets } = await tool.call('SupportService', 'ListTickets', {});
    const { messages } = await tool.call('SupportService', 'ListTicketMessages', { parent: tickets[0].name });
    const answers = messages.filter(({ author }) => author === 'AUTHOR_TEAM');
    assert.ok(answers.length > 0 && answers.every(({ answered_by: by }) => by === 'Sam'), JSON.stringify(answers));
    tool.close();
  });

  test('what is no reply stays talk of the team', async () => {
    await world.simulator.post('message', { user: agent.id, chat: group.id, text: 'Wer macht das?' });
    await world.simulator.settled();
    assert.equal(await anna.count('Wer macht das?'), 0);
  });

  test('nobody answers as the group, which is said below the reply', async () => {
    const question = await inGroup('Wie ändere ich <meine> Zeitzone?');
    for (const text of ['Ich bin die Gruppe.', '/close']) {
      const { message_id: id } = await reply(question, text, { anonymous: true });
      await until('it is said', async () =>
        (await groupMessages()).some(
          ({ plain, reply_to_message: to }) => /im Namen der Gruppe/.test(plain) && to?.message_id === id,
        ));
    }
    assert.equal(await anna.count('Ich bin die Gruppe.'), 0);
    assert.equal(await anna.count('hat Ihre Frage abgeschlossen'), 0);
  });

  test('a command to another bot is neither an answer nor the end', async () => {
    const question = await inGroup('Wie ändere ich <meine> Zeitzone?');
    await reply(question, '/close@another_bot');
    await reply(question, '/help@another_bot');
    await reply(question, 'Das war für einen anderen.');
    await anna.see('Das war für einen anderen.', { since: 0 });
    assert.equal(await anna.count('another_bot'), 0);
    assert.equal(await anna.count('hat Ihre Frage abgeschlossen'), 0);
  });

  test('/close as a reply ends the question, in whatever letters', async () => {
    const question = await inGroup('Wie ändere ich <meine> Zeitzone?');
    await reply(question, '/Close@Kalends_Demo_Bot');
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

  test('long questions and long answers arrive whole and in order', async () => {
    const words = (word) => Array.from({ length: 800 }, (_, i) => `${word}${i}`).join(' ').slice(0, 4096);
    await ask(words('Frage'));
    await inGroup(words('Frage').slice(-60));
    const asked = (await groupMessages()).filter(({ plain }) => /Frage\d/.test(plain));
    assert.equal(asked.map((message) => message.plain.split('\n')[1]).join(''), words('Frage'));
    await until('a reply finds its way', async () => {
      await reply(asked.at(-1), words('Antwort'));
      return anna.see(words('Antwort').slice(-60), { since: 0 });
    });
    const answered = (await anna.messages()).filter(({ plain }) => /Antwort\d/.test(plain));
    assert.equal(answered.map((message) => message.plain.split('\n')[1]).join(''), words('Antwort'));
  });

  test('a picture with a question arrives too', async () => {
    await anna.tap('Support');
    await anna.see('Schreiben Sie mir jetzt Ihre Frage');
    await anna.sendFile('Inhalt', { name: 'Fehler.txt', type: 'text/plain', caption: 'Was heißt das?' });
    await inGroup('Was heißt das?');
    const file = await until('the file has come', async () =>
      (await groupMessages()).find(({ document }) => document?.file_name === 'Fehler.txt'));
    // Whoever answers the file instead of its text is understood, too.
    await until('a reply finds its way', async () => {
      await reply(file, 'Das ist nichts Schlimmes.');
      return anna.see('Das ist nichts Schlimmes.', { since: 0 });
    });
  });

  test('a group that put the bot out is told what it missed once it lets it in again', async () => {
    await world.simulator.post('kick', { user: agent.id, chat: group.id });
    await ask('Ist da jemand?');
    await world.simulator.settled();
    await until('the group counts as unreachable', async () => (await notificationsDue()) === 0);
    await world.simulator.post('admit', { user: agent.id, chat: group.id });
    await inGroup('Ist da jemand?');
  });

  test('another group takes the place of the former one, which reads no further', async () => {
    await world.adapter.stop();
    const sent = await anna.say('Noch vor dem Umzug');
    const other = await world.simulator.post('group', { title: 'Neues Team', members: [agent.id] });
    await world.startAdapter({ args: ['--support-chat', `${other.id}`, '--support-language', 'de'] });
    await anna.arrived(sent);
    await anna.say('Nach dem Umzug');
    const inOther = (contains) =>
      world.simulator.get('wait', { user: agent.id, chat: other.id, contains, timeout_ms: 20_000 });
    await inOther('Nach dem Umzug');
    await inOther('Noch vor dem Umzug');
    await until('all was told', async () => (await notificationsDue()) === 0);
    assert.ok(!(await groupMessages()).some(({ plain }) => plain.includes('Umzug')));
  });

  test('without a group nobody but internal tools is asked', async () => {
    await world.adapter.stop();
    await world.startAdapter();
    const before = (await world.simulator.outbox()).length;
    await anna.arrived(await anna.say('Hört mich niemand?'));
    await world.simulator.settled();
    assert.equal(await notificationsDue(), 0);
    const sent = (await world.simulator.outbox()).slice(before);
    assert.ok(!sent.some(({ params }) => params?.chat_id < 0));
    const { desks } = await world.admin.call('SupportService', 'ListSupportDesks');
    assert.deepEqual(desks, []);
  });
});
