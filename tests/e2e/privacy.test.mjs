// SPEC 2.14 and 7.6: taking one's data along, and going.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { joined, requestOne, worldWithMarie } from './customer_flow.mjs';
import { german as t } from './labels.mjs';

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

  async function openPrivacy() {
    await anna.tap(t.settings);
    await anna.see(t.settingsZone);
    await anna.tap('Datenschutz');
    return anna.see('Ein Standort wird nie abgefragt');
  }

  test('everything stored comes as one archive of JSON and files', async () => {
    await openPrivacy();
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
    await openPrivacy();
    await anna.tap('Konto löschen');
    const question = await anna.see('Konto löschen?');
    assert.match(question.plain, /1 offener Termin wird storniert/);
    assert.match(question.plain, /1 Datei wird gelöscht/);
    assert.match(question.plain, /1 Chat-Nachricht wird gelöscht/);
    await anna.tap('Endgültig löschen');
    await anna.see('Ihr Konto ist gelöscht');
    await marie.see(t.status.cancelled, { since: 0 });
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
});
