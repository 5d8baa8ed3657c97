// SPEC 2.9 and 5: files that the two sides of a link share.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { buttons, dataOf, linksIn } from './simulator.mjs';

const PDF = 'application/pdf';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('documents in German', { concurrency: false }, () => {
  let world, marie, specialist, anna;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de', { web: true }));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
  });
  after(() => world.stop());

  async function openDocuments(person) {
    await person.tap('Spezialistenliste');
    await person.tap('👤 Marie');
    await person.see('Von meiner Liste entfernen');
    await person.tap('Dokumente');
    return person.see('📁 Dokumente: 👤 Marie');
  }
  async function startUpload(person) {
    await openDocuments(person);
    await person.tap('Hochladen');
    await person.see('Senden Sie jetzt die Datei oder das Foto');
  }
  const stored = async () =>
    (await world.admin.call('DocumentService', 'ListDocuments', {
      parent: `${specialist.name}/links/${await accountOf(anna)}`,
      page_size: 200,
    })).documents;
  const accountOf = async (person) => {
    const account = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity });
    return account.name.split('/')[1];
  };

  test('files, photos and voice messages are uploaded one after the other', async () => {
    const empty = await openDocuments(anna);
    assert.match(empty.plain, /Hier wurde noch nichts geteilt/);
    assert.match(empty.plain, /wird über Uploads nicht benachrichtigt/);
    await anna.tap('Hochladen');
    await anna.see('Senden Sie jetzt die Datei oder das Foto');
    await anna.sendFile('Befund', { name: 'Befund.pdf', type: PDF });
    await anna.see('✅ Befund.pdf ist hochgeladen');
    await anna.sendFile(PNG, { as: 'photo' });
    await anna.see('✅ Foto 20');
    await anna.sendFile('OggS', { as: 'voice' });
    const list = await anna.see('✅ Sprachnachricht 20');
    const [voice, photo, file] = buttons(list);
    assert.match(voice, /^☐ Sprachnachricht \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.ogg$/);
    assert.match(photo, /^☐ Foto \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.jpg$/);
    assert.equal(file, '☐ Befund.pdf');
    assert.equal(await marie.count('Befund'), 0, 'no notice of an upload');
  });

  test('an album is uploaded as one, each picture under its caption', async () => {
    await startUpload(anna);
    await anna.sendAlbum([
      { bytes: PNG, as: 'photo', caption: 'Vorderseite' },
      { bytes: PNG, as: 'photo', caption: 'Rückseite' },
      { bytes: PNG, as: 'photo' },
    ]);
    const list = await anna.see('✅ Rückseite.jpg ist hochgeladen');
    assert.match(list.plain, /^✅ Vorderseite\.jpg ist hochgeladen\.\n✅ Rückseite\.jpg ist hochgeladen\.\n✅ Foto \d{4}-.*\.jpg ist/);
    const shown = buttons(list).slice(0, 3).reverse();
    assert.deepEqual(shown.slice(0, 2), ['☐ Vorderseite.jpg', '☐ Rückseite.jpg']);
    assert.equal(await anna.count('ist hochgeladen'), 1, 'one answer to all of them');
  });

  test('what cannot be taken is refused with a reason, and nothing is stored', async () => {
    const before = (await stored()).length;
    await startUpload(anna);
    await anna.sendFile('sticker', { as: 'sticker' });
    await anna.see('Das kann ich hier nicht annehmen');
    await anna.say('Hier ist mein Befund');
    await anna.see('Das kann ich hier nicht annehmen');
    await anna.sendFile('', { name: 'leer.txt', type: 'text/plain', force: true });
    await anna.see('leer');
    for (const megabytes of [21, 51]) {
      await anna.sendFile(Buffer.alloc(megabytes << 20), { name: 'gross.bin' });
      await anna.see('höchstens 20 MB');
    }
    assert.equal((await stored()).length, before);
    // The conversation goes on with a file that fits.
    await anna.sendFile('klein', { name: 'klein.txt', type: 'text/plain' });
    await anna.see('✅ klein.txt ist hochgeladen');
  });

  test('hostile file names come out harmless', async () => {
    const cases = [
      ['../../etc/passwd', 'passwd'],
      ['C:\\Windows\\win.ini', 'win.ini'],
      ['Rechnung\u202Efdp.exe', 'Rechnungfdp.exe'],
      ['a\u0000b\u0007c.txt', 'abc.txt'],
      ['<b>fett</b>&amp;.txt', 'b_&amp;.txt'],
      ['😀 Foto 👩‍⚕️.png', '😀 Foto 👩‍⚕️.png'],
    ];
    await startUpload(anna);
    for (const [sent, shown] of cases) {
      await anna.sendFile('x', { name: sent });
      await anna.see('ist hochgeladen');
      const [{ file_name: name }] = await stored();
      assert.equal(name, shown, sent);
    }
  });

  test('the specialist finds them, shares one in return, and the customer downloads it', async () => {
    await anna.tap('Chat');
    await anna.see('Sie schreiben jetzt mit');
    await anna.say('Ich habe den Befund hochgeladen.');
    await marie.see('Ich habe den Befund hochgeladen.');
    await marie.tap('↩️ Antworten');
    await marie.see('Sie schreiben jetzt mit Anna');
    await marie.tap('Dokumente');
    const theirs = await marie.see('📁 Dokumente: Anna');
    assert.ok(buttons(theirs).some((label) => label.startsWith('☐ ')));
    await marie.tap('Hochladen');
    await marie.see('Senden Sie jetzt die Datei');
    await marie.sendFile('Übungen', { name: 'Übungen.pdf', type: PDF });
    await marie.see('✅ Übungen.pdf ist hochgeladen');

    await openDocuments(anna);
    await anna.tap('☐ 🟣 Übungen.pdf');
    await anna.see('☑️ 🟣 Übungen.pdf');
    await anna.tap('Download');
    const [link] = linksIn(await anna.see('Die Links gelten 5 Minuten'));
    assert.equal(link.text, '⬇️ Übungen.pdf');
    const answer = await fetch(link.url);
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), 'Übungen');
    assert.match(answer.headers.get('content-disposition'), /^attachment/);
  });

  test('only own uploads are deleted, after a question', async () => {
    await openDocuments(anna);
    await anna.tap('☐ 🟣 Übungen.pdf');
    const ticked = await anna.see('☑️ 🟣 Übungen.pdf');
    assert.ok(!buttons(ticked).includes('Löschen'), buttons(ticked));
    const own = buttons(ticked).find((label) => label.startsWith('☐ 😀'));
    await anna.tap(own);
    await anna.see(own.replace('☐', '☑️'));
    await anna.tap('Löschen');
    const question = await anna.see('Endgültig löschen?');
    assert.match(question.plain, /• 😀 Foto/);
    assert.doesNotMatch(question.plain, /• Übungen/);
    const before = (await stored()).length;
    await anna.tap('🗑 Endgültig löschen');
    await anna.see('🗑 Gelöscht.');
    const names = (await stored()).map(({ file_name: name }) => name);
    assert.equal(names.length, before - 1);
    assert.ok(names.includes('Übungen.pdf'));
  });

  test('the second of two taps deletes nothing more, and asks for nothing', async () => {
    const list = await openDocuments(anna);
    const own = buttons(list).find((label) => label.startsWith('☐ ') && !label.includes('🟣'));
    await anna.tap(own);
    await anna.see(own.replace('☐', '☑️'));
    await anna.tap('Löschen');
    const question = await anna.see('Endgültig löschen?');
    const data = dataOf(question, '🗑 Endgültig löschen');
    await anna.forge(data, question.message_id);
    await anna.see('🗑 Gelöscht.');
    const left = (await stored()).length;
    await anna.forge(data, question.message_id);
    const plain = (await anna.see('📁 Dokumente: 👤 Marie')).plain;
    assert.doesNotMatch(plain, /geändert/);
    assert.equal((await stored()).length, left);
  });

  test('a customer who never wrote is found among the customers', async () => {
    const carl = await joined(world, specialist, t, { first_name: 'Carl <3' });
    await startUpload(carl);
    await carl.sendFile('Frage', { name: 'frage.txt', type: 'text/plain' });
    await carl.see('✅ frage.txt ist hochgeladen');
    await marie.key('Kunden');
    await marie.see('👥 Kunden');
    await marie.tap('Carl <3');
    await marie.see('Noch kein Termin');
    await marie.tap('Dokumente');
    const theirs = await marie.see('📁 Dokumente: Carl <3');
    assert.ok(buttons(theirs).includes('☐ frage.txt'), buttons(theirs));
    await marie.tap('☐ frage.txt');
    await marie.see('☑️ frage.txt');
    await marie.tap('Download');
    const [link] = linksIn(await marie.see('Die Links gelten 5 Minuten'));
    assert.equal(await (await fetch(link.url)).text(), 'Frage');
    await marie.tap('◀ Zurück');
    await marie.see('Noch kein Termin');
  });

  test('an old list does not touch what came meanwhile', async () => {
    const account = await accountOf(anna);
    const upload = (name, options) => world.admin.upload('DocumentService', 'UploadDocument', (stream) => {
      const parent = `${specialist.name}/links/${account}`;
      stream.write({ header: { parent, file_name: name, content_type: PDF, request_id: `${name}-${account}` } });
      stream.end({ data: Buffer.from('neu') });
    }, options);
    await upload('eigen.pdf', { account: anna.identity });
    await openDocuments(anna);
    await anna.tap('☐ eigen.pdf');
    await anna.see('☑️ eigen.pdf');
    await upload('neu.pdf');
    await anna.tap('Löschen');
    await anna.see('Die Liste hat sich inzwischen geändert');
  });

  test('forged buttons reach no other link', async () => {
    const ben = await joined(world, specialist, t, { first_name: 'Ben' });
    const provider = specialist.name.split('/')[1];
    await ben.forge(`1:fb:${provider}:${await accountOf(anna)}:0:0:0`);
    const refused = await ben.see('Nicht mehr verfügbar');
    assert.doesNotMatch(refused.plain, /Befund/);
    await ben.forge(`1:fd:${provider}:${await accountOf(anna)}`);
    await world.simulator.settled();
    const before = (await stored()).length;
    await ben.sendFile('x', { name: 'x.txt' });
    await world.simulator.settled();
    assert.equal((await stored()).length, before);
  });
});

describe('documents without a website', { concurrency: false }, () => {
  let world, specialist;
  before(async () => ({ world, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  test('a download comes as the file itself', async () => {
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    await anna.tap('Dokumente');
    await anna.tap('Hochladen');
    await anna.see('Senden Sie jetzt die Datei');
    for (const name of ['eins.txt', 'zwei.txt']) {
      await anna.sendFile(name, { name, type: 'text/plain' });
      await anna.see(`✅ ${name} ist hochgeladen`);
    }
    await anna.tap('☐ eins.txt');
    await anna.see('☑️ eins.txt');
    await anna.tap('☐ zwei.txt');
    await anna.see('☑️ zwei.txt');
    await anna.tap('Download');
    await world.simulator.settled();
    const sent = (await anna.messages()).filter(({ document }) => document);
    assert.deepEqual(sent.map(({ document }) => document.file_name), ['zwei.txt', 'eins.txt']);
    for (const { document } of sent) {
      const answer = await fetch(`${world.simulator.url}/sim/file?id=${document.file_id}`);
      assert.equal(await answer.text(), document.file_name);
    }
  });
});
