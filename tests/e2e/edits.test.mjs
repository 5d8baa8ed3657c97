// SPEC 2.10, 2.13 and 4.10: what was changed after it was sent is changed where it arrived, on both sides
// of a chat and of support; what cannot be passed on is answered where it was sent.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const NOT_PASSED_ON = 'Diese Änderung kann ich nicht weitergeben';
const UNSUPPORTED = 'Das kann ich nicht weitergeben';

describe('edits in German', { concurrency: false }, () => {
  let world, marie, specialist, anna, agent, group;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    await world.adapter.stop();
    agent = await world.simulator.person({ first_name: 'Sam', language_code: 'de' });
    group = await world.simulator.post('group', { title: 'Support', members: [agent.id] });
    await world.startAdapter({ args: ['--support-chat', `${group.id}`, '--support-language', 'de'] });
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
  });
  after(() => world.stop());

  async function openChat(person) {
    await person.tap('Spezialistenliste');
    await person.tap('👤 Marie');
    await person.see('Von meiner Liste entfernen');
    await person.tap('Chat');
    await person.see('Sie schreiben jetzt mit');
  }
  const arriving = async (person, text) => person.see(text, { since: 0 });
  const inGroup = async (contains) =>
    (await world.simulator.get('wait', { user: agent.id, chat: group.id, contains, timeout_ms: 20_000 })).message;
  const groupMessages = async () =>
    (await world.simulator.get('chat', { user: agent.id, chat: group.id })).chat.messages;
  const asAgent = (path, fields) => world.simulator.post(path, { user: agent.id, chat: group.id, ...fields });
  const markOf = async (sent) =>
    (await groupMessages()).find(({ message_id: id }) => id === sent.message_id).reactions.map(({ emoji }) => emoji);
  async function ask(text) {
    await anna.tap('Support');
    await anna.see('Schreiben Sie mir jetzt Ihre Frage');
    return anna.say(text);
  }

  test('a message of a chat is changed in place, and what it said before is kept', async () => {
    await openChat(anna);
    const sent = await anna.say('Am Dienstg?');
    const before = await arriving(marie, 'Am Dienstg?');
    await anna.arrived(sent);
    await anna.edit(sent, 'Am Dienstag?');
    const now = await marie.see('Am Dienstag?');
    assert.equal(now.message_id, before.message_id);
    assert.match(now.plain, /^💬 Anna schreibt: · bearbeitet\nAm Dienstag\?|bearbeitet\nAm Dienstag\?/);
    await anna.arrived(sent, '✍');
    const { versions } = await world.admin.call('ChatService', 'ListMessageVersions', {
      parent: `${specialist.name}/links/${(await accountOf(anna)).split('/')[1]}`,
    });
    assert.deepEqual(versions.map(({ text }) => text), ['Am Dienstg?']);
    // Also from the provider's side, and after a restart.
    await world.simulator.settled();
    await world.adapter.stop();
    await world.startAdapter({ args: ['--support-chat', `${group.id}`, '--support-language', 'de'] });
    await marie.reply(now, 'Gern um 9');
    const answer = await arriving(anna, 'Gern um 9');
    const [mine] = (await world.simulator.get('chat', { user: marie.id })).chat.messages.filter(({ text }) => text === 'Gern um 9');
    await marie.edit(mine, 'Gern um 10');
    assert.equal((await anna.see('Gern um 10')).message_id, answer.message_id);
  });
  const accountOf = async (person) =>
    (await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity })).name;

  test('an edit finds its message gone, and comes as a new one', async () => {
    await openChat(anna);
    const sent = await anna.say('Wird gelöscht');
    const before = await arriving(marie, 'Wird gelöscht');
    await anna.arrived(sent);
    await world.simulator.settled();
    await world.simulator.post('delete_chat', { user: marie.id });
    await world.simulator.post('fault', { method: 'editMessageText', contains: `${marie.id}`, code: 400, description: 'Bad Request: message to edit not found' });
    await anna.edit(sent, 'Kommt noch einmal');
    const now = await arriving(marie, 'Kommt noch einmal');
    assert.ok(now.message_id > before.message_id);
  });

  test('a caption is changed; another file is not, and its sender is told', async () => {
    await openChat(anna);
    const photo = await anna.sendFile(PNG, { as: 'photo', caption: 'Rechts' });
    const before = await arriving(marie, 'Rechts');
    await anna.arrived(photo);
    await anna.edit(photo, 'Links');
    assert.equal((await marie.see('Links')).message_id, before.message_id);
  });

  test('what was passed on in two parts cannot be changed, which is said', async () => {
    await openChat(anna);
    const long = await anna.say('x'.repeat(4090));
    await anna.arrived(long);
    await anna.edit(long, 'Doch kurz');
    await anna.see(NOT_PASSED_ON);
    await world.simulator.settled();
    assert.equal(await marie.count('Doch kurz'), 0);
  });

  test('an album arrives as one message with its pictures together', async () => {
    await openChat(anna);
    const seen = (await marie.messages()).length;
    const [first] = await anna.sendAlbum([
      { bytes: PNG, as: 'photo', caption: 'Drei Ansichten' },
      { bytes: PNG, as: 'photo' },
      { bytes: PNG, as: 'photo' },
    ]);
    const text = await arriving(marie, 'Drei Ansichten');
    assert.match(text.plain, /📷 3 Fotos/);
    const photos = await until('three photos have come', async () => {
      const found = (await marie.messages()).slice(seen).filter(({ photo }) => photo);
      return found.length === 3 && found;
    });
    assert.equal(new Set(photos.map(({ media_group_id: id }) => id)).size, 1);
    assert.ok(photos[0].media_group_id);
    await anna.arrived(first);
    const thread = `${specialist.name}/links/${(await accountOf(anna)).split('/')[1]}`;
    const { messages } = await world.admin.call('ChatService', 'ListMessages', { parent: thread, page_size: 1 });
    assert.equal(messages[0].attachments.length, 3);
    // The one caption can be changed where it stands.
    await anna.edit(first, 'Vier Ansichten');
    assert.equal((await marie.see('Vier Ansichten')).message_id, text.message_id);
  });

  test('an answer of the team is marked as passed on, and its edit changes it for who asked', async () => {
    await ask('Wie geht das?');
    const question = await inGroup('Wie geht das?');
    const reply = await until('a reply finds its way', async () => {
      const sent = await asAgent('message', { reply_to: question.message_id, text: 'Unter Einstelungen.' });
      await world.simulator.settled();
      return (await markOf(sent)).includes('👌') && sent;
    });
    const answer = await arriving(anna, 'Unter Einstelungen.');
    await asAgent('edit', { message_id: reply.message_id, text: 'Unter Einstellungen.' });
    const changed = await anna.see('Unter Einstellungen.');
    assert.equal(changed.message_id, answer.message_id);
    assert.match(changed.plain, /bearbeitet/);
    await until('the edit is marked', async () => (await markOf(reply)).includes('✍'));
  });

  test('an edited question is changed in the group', async () => {
    const sent = await ask('Und wo steht das Datm?');
    const question = await inGroup('Und wo steht das Datm?');
    await anna.arrived(sent);
    await anna.edit(sent, 'Und wo steht das Datum?');
    assert.equal((await inGroup('Und wo steht das Datum?')).message_id, question.message_id);
    await anna.arrived(sent, '✍');
  });

  test('a sticker and a place from the team are answered there, and talk is not', async () => {
    const question = await inGroup('Und wo steht das Datum?');
    const notices = async () => (await groupMessages()).filter(({ plain }) => plain.includes(UNSUPPORTED));
    await asAgent('document', { reply_to: question.message_id, sticker: true, content_base64: 'eA==' });
    const [notice] = await until('the sticker is answered', async () => (await notices()).length === 1 && notices());
    assert.ok(notice.reply_to_message, 'it says what it is about');
    await asAgent('place', { reply_to: question.message_id });
    await until('the place is answered', async () => (await notices()).length === 2);
    // Below what is no question it is talk of the team.
    await asAgent('document', { reply_to: notice.message_id, sticker: true, content_base64: 'eA==' });
    await world.simulator.settled();
    assert.equal((await notices()).length, 2);
  });

  test('a place from a customer is answered, too', async () => {
    await openChat(anna);
    await anna.sendPlace();
    await anna.see(UNSUPPORTED);
  });
});
