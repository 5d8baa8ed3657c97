// SPEC 2.14 and 7.6: taking one's data along, and going.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { dataOf } from './simulator.mjs';

describe('privacy in German', { concurrency: false }, () => {
  let world, marie, specialist, anna;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    await requestOne(world, specialist, anna, t);
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    await anna.tap('Dokumente');
    await anna.tap('Hochladen');
    await anna.see('Senden Sie jetzt');
    await anna.sendFile('Befund', { name: 'Befund.pdf', type: 'application/pdf' });
    await anna.see('ist hochgeladen');
    await anna.tap('Chat');
    await anna.see('Sie schreiben jetzt');
    await anna.say('Nur für Marie');
    await marie.see('Nur für Marie');
  });
  after(() => world.stop());

  async function openPrivacy(person) {
    await person.tap(t.settings);
    await person.see(t.settingsZone);
    await person.tap('Datenschutz');
    return person.see('Ein Standort wird nie abgefragt');
  }
  const accountOf = (person) =>
    world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity });
  const hasNoAccount = (person) => assert.rejects(accountOf(person), (error) => error.reason === 'ACCOUNT_UNKNOWN');

  test('everything stored comes as one archive of JSON and files', async () => {
    await openPrivacy(anna);
    await anna.tap('Meine Daten herunterladen');
    const { document } = await anna.see('.zip');
    const answer = await fetch(`${world.simulator.url}/sim/file?id=${document.file_id}`);
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const json = (path) => JSON.parse(strFromU8(files[path]));
    assert.equal(json('account.json')[0].display_name, 'Anna');
    assert.equal(json('customer/appointments.json').length, 1);
    assert.equal(json('customer/messages.json')[0].text, 'Nur für Marie');
    assert.equal(json('customer/documents.json')[0].file_name, 'Befund.pdf');
    const shared = Object.keys(files).find((path) => path.endsWith('-Befund.pdf'));
    assert.equal(strFromU8(files[shared]), 'Befund');
  });

  test('deleting the account spells out what follows, and does it', async () => {
    await openPrivacy(anna);
    await anna.tap('Konto löschen');
    const question = await anna.see('Konto löschen?');
    assert.match(question.plain, /1 offener Termin wird storniert/);
    assert.match(question.plain, /1 Datei wird gelöscht/);
    assert.match(question.plain, /1 Chat-Nachricht wird gelöscht/);
    await anna.tap('Endgültig löschen');
    await anna.see('Ihr Konto ist gelöscht');
    await anna.seesKeyboard([]);
    assert.equal(await anna.count('Konto löschen?'), 0);
    await marie.see(t.status.cancelled, { since: 0 });
    // Who it was is nobody any more, and there is nothing to do about it.
    const card = await marie.see('gelöschtes Konto', { since: 0 });
    const labels = card.reply_markup.inline_keyboard.flat().map(({ text }) => text);
    assert.deepEqual(labels.filter((label) => /Chat|Dokumente/.test(label)), []);
    const { threads } = await world.admin.call('ChatService', 'ListThreads', { parent: specialist.name });
    assert.equal(threads.length, 0);
  });

  test('whoever comes back is somebody new', async () => {
    await anna.start();
    await anna.tap('Spezialistenliste');
    const list = await anna.see('Hauptmenü');
    assert.doesNotMatch(list.plain, /Marie/);
    await anna.tap(t.appointments);
    await anna.see(t.request);
  });

  test('nothing that the bot remembered outlives an account that was deleted elsewhere', async () => {
    const carl = await joined(world, specialist, t, { first_name: 'Carl' });
    await carl.tap('Spezialistenliste');
    await carl.tap('👤 Marie');
    await carl.see('Von meiner Liste entfernen');
    await carl.tap('Chat');
    await carl.see('Sie schreiben jetzt');
    const name = 'accounts/me';
    const as = { account: carl.identity };
    const { etag } = await world.admin.call('PrivacyService', 'PreviewAccountDeletion', { name }, as);
    await world.admin.call('PrivacyService', 'DeleteAccount', { name, etag, request_id: 'elsewhere' }, as);
    await carl.start();
    await carl.see('Guten Tag, Carl!');
    await world.simulator.settled();
    const session = { name: `sessions/${carl.identity}` };
    const { data } = await world.admin.call('SessionService', 'GetSession', session);
    const provider = specialist.name.split('/')[1];
    assert.ok(!Buffer.from(data).toString().includes(provider), `remembers ${data}`);
  });

  describe('a deleted account does not come back by itself', { concurrency: false }, () => {
    let ben, question, data, taps;
    before(async () => {
      ben = await joined(world, specialist, t, { first_name: 'Ben' });
      await openPrivacy(ben);
      await ben.tap('Konto löschen');
      question = await ben.see('Konto löschen?');
      data = dataOf(question, 'Endgültig löschen');
    });

    test('not by a second tap, nor by a repeated update', async () => {
      taps = await Promise.all([ben.forge(data, question.message_id), ben.forge(data, question.message_id)]);
      await ben.see('Ihr Konto ist gelöscht');
      await world.simulator.settled();
      await hasNoAccount(ben);
      for (const { update_id } of taps) await world.simulator.post('redeliver', { update_id });
      await world.simulator.settled();
      await world.adapter.kill();
      await world.startAdapter();
      await world.simulator.post('redeliver', { update_id: taps[0].update_id });
      await world.simulator.settled();
      await hasNoAccount(ben);
      assert.equal(await ben.count('Hier gibt es kein Konto'), 0);
    });

    test('not by words of the old menu, other texts, commands, files, or old buttons', async () => {
      for (const text of [...t.menu.flat(), 'Hallo?', '/settings']) {
        await ben.say(text);
        await ben.see('Hier gibt es kein Konto (mehr) für Sie');
      }
      await ben.sendFile('x', { name: 'x.txt', type: 'text/plain' });
      await ben.see('Hier gibt es kein Konto (mehr) für Sie');
      await ben.forge('1:se');
      await ben.see('Mit /start oder einer Einladung');
      await hasNoAccount(ben);
    });

    test('not by letting the bot in again', async () => {
      await world.simulator.post('block', { user: ben.id });
      await world.simulator.post('unblock', { user: ben.id });
      await world.simulator.settled();
      await hasNoAccount(ben);
    });

    test('but by /start; and the old button asks anew', async () => {
      await ben.start();
      await ben.see('Guten Tag, Ben!');
      await ben.seesKeyboard(t.menu);
      const { name } = await accountOf(ben);
      await ben.forge(data);
      await ben.see('Konto löschen?');
      assert.equal((await accountOf(ben)).name, name);
    });
  });

  test('who never started is told how, in the language of the app', async () => {
    const zoe = await world.simulator.person({ first_name: 'Zoe', language_code: 'fr' });
    await zoe.say('Bonjour');
    await zoe.see('Il n’y a pas (ou plus) de compte pour vous ici');
    await hasNoAccount(zoe);
  });
});
