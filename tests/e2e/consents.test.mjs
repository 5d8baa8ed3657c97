// SPEC 2.6, 2.8, 3.10 and 4.5: what customers agree to, from publishing it to booking with it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from './core.mjs';
import { ZONE, isTime, joined, timesOffered, walkToSummary, walkToTime, worldWithMarie } from './customer_walk.mjs';
import { wallClock } from './harness.mjs';
import { german as t } from './labels.mjs';
import { buttons, dataOf, linksIn } from './simulator.mjs';

const PDF = { name: 'agb-2026.pdf', type: 'application/pdf' };
const FIRST = Buffer.from('%PDF-1.4 erste Fassung');
const SECOND = Buffer.from('%PDF-1.4 zweite Fassung');

describe('terms in German', { concurrency: false }, () => {
  let world, marie, specialist, anna;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de', { web: true }));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
  });
  after(() => world.stop());

  async function openTerms(person) {
    await person.tap('Spezialistenliste');
    await person.tap('👤 Marie');
    await person.see('Von meiner Liste entfernen');
    await person.tap('AGB');
    return person.see('📄 AGB: 👤 Marie');
  }
  async function flip(person, label) {
    await person.tap(label);
    await person.tap('Zustimmung ändern');
    await person.see('Zustimmung ändern?');
    await person.tap(t.confirm);
    return person.see('✅ Gespeichert.');
  }

  const as = (person) => ({ account: person.identity });
  const linkOf = async (person) => {
    const { name } = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, as(person));
    return `${specialist.name}/links/${name.split('/').pop()}`;
  };
  async function decide(person, version, decision) {
    const request = { parent: await linkOf(person), channel: 'telegram', changes: [{ version, decision }] };
    await world.admin.change('ConsentService', 'ChangeConsents', request, as(person));
  }
  // Signs, as `person`, the one document there is.
  async function signedDocument(person) {
    const parent = await linkOf(person);
    const { consents } = await world.admin.call('ConsentService', 'ListConsents', { parent }, as(person));
    const document = consents[0].consent_document;
    await decide(person, document.version.name, 'CONSENT_DECISION_GIVE');
    return { document };
  }
  const withdraw = (person, document) => decide(person, document.version.name, 'CONSENT_DECISION_WITHDRAW');
  // A request of `person`, for which two other times are proposed.
  async function proposal(person) {
    const service = specialist.services[1].name;
    const [start, , , ...later] = await world.slots(specialist.name, { service, count: 8 });
    const { name } = await world.request(specialist.name, person.identity, start, { service });
    const proposed = [later[1], later[3]];
    await world.admin.change('BookingService', 'ProposeTimes', {
      name, start_times: proposed.map((seconds) => ({ seconds })),
    });
    return { name, proposed };
  }

  test('a specialist publishes a document that must be signed before booking', async () => {
    await marie.practice('AGB');
    await marie.see('Noch gibt es keine.');
    await marie.tap('➕ Dokument hinzufügen');
    await marie.see('Senden Sie das Dokument als Datei');
    await marie.sendFile('GIF89a', { name: 'bild.gif', type: 'image/gif', caption: 'AGB' });
    await marie.see('Diese Art von Datei geht hier nicht');
    await marie.sendFile(FIRST, { ...PDF, caption: 'AGB' });
    const published = await marie.see('✅ Veröffentlicht.');
    assert.ok(buttons(published).includes('🔘 Zustimmung nötig'));
    await marie.tap('⚪ Pflicht vor der Buchung');
    await marie.see('Pflicht vor der Buchung · ✍️ 0');
  });

  test('a provider on the list offers what SPEC 2.6 names, in its order', async () => {
    await world.publish(specialist);
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    const screen = await anna.see('Von meiner Liste entfernen');
    assert.deepEqual(buttons(screen), [
      'Profil', 'AGB', 'Chat', 'Dokumente', 'Termin anfordern', 'Von meiner Liste entfernen', '◀ Zurück', 'Hauptmenü',
    ]);
    const [profile] = linksIn(screen);
    const page = await fetch(profile.url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Marie/);
  });

  test('a request without consent leads through what to sign and back to the same time', async () => {
    await anna.tap('Hauptmenü');
    await anna.see('Was möchten Sie tun?');
    await walkToTime(anna, t);
    const missing = await anna.see('ist Ihre Zustimmung nötig');
    assert.match(missing.plain, /⏳ AGB/);
    assert.ok(!buttons(missing).includes(t.confirm), 'the summary comes after it');
    const [start] = await world.slots(specialist.name, { service: specialist.services[0].name, count: 1 });
    await anna.tap('Download');
    const [link] = linksIn(await anna.see('Die Links gelten 5 Minuten'));
    assert.equal(link.text, '⬇️ AGB');
    const file = await fetch(link.url);
    assert.equal(file.status, 200);
    assert.ok(Buffer.from(await file.arrayBuffer()).equals(FIRST));
    await anna.tap('✍️ Ich stimme zu');
    const back = await anna.see('Ihre Zustimmung ist gespeichert');
    assert.ok(back.plain.includes(wallClock(start, ZONE)), 'the time that was tapped');
    await anna.tap(t.confirm);
    await anna.see(t.status.pending);
  });

  test('the way back from what to sign leads to the times', async () => {
    const kim = await joined(world, specialist, t, { first_name: 'Kim' });
    await walkToTime(kim, t);
    await kim.see('ist Ihre Zustimmung nötig');
    await kim.tap('◀ Zurück');
    await kim.see('Um wie viel Uhr?');
    await kim.tap(buttons(await timesOffered(kim)).find(isTime));
    await kim.see('ist Ihre Zustimmung nötig');
  });

  test('terms that come between the summary and its confirmation are signed, and the same summary comes back', async () => {
    const lea = await joined(world, specialist, t, { first_name: 'Lea' });
    const { document } = await signedDocument(lea);
    const summary = await walkToSummary(lea, t);
    await withdraw(lea, document);
    await lea.tap(t.confirm);
    await lea.see('ist Ihre Zustimmung nötig');
    await lea.tap('✍️ Ich stimme zu');
    const back = await lea.see('Ihre Zustimmung ist gespeichert');
    assert.ok(back.plain.includes(summary.plain), 'the very same summary');
  });

  test('a proposed time without consent leads through what to sign and back to that time', async () => {
    const bert = await joined(world, specialist, t, { first_name: 'Bert' });
    const { document } = await signedDocument(bert);
    const { name, proposed } = await proposal(bert);
    await withdraw(bert, document);
    const offer = await bert.see('Tippen Sie auf die');
    const [first] = buttons(offer).filter((label) => label.startsWith('🔹 '));
    await bert.tap(first);
    await bert.see('ist Ihre Zustimmung nötig');
    await bert.tap('Download');
    await bert.see('Die Links gelten 5 Minuten');
    await bert.tap('✍️ Ich stimme zu');
    const back = await bert.see('Möchten Sie diese vorgeschlagene Zeit annehmen?');
    assert.match(back.plain, /Ihre Zustimmung ist gespeichert/);
    await bert.tap(t.confirm);
    await bert.see(t.status.accepted);
    const taken = await world.admin.call('BookingService', 'GetAppointment', { name });
    assert.equal(taken.status, 'STATUS_ACCEPTED');
    assert.equal(taken.start_time.seconds, proposed[0]);
  });

  test('consent is withdrawn and given again, and a new version is pending again', async () => {
    const signed = await openTerms(anna);
    assert.match(signed.plain, /AGB: ✍️ Unterzeichnet/);
    const withdrawn = await flip(anna, '☐ ✍️ AGB');
    assert.match(withdrawn.plain, /AGB: ⏳ Zustimmung ausstehend/);
    const again = await flip(anna, '☐ ⏳ AGB');
    assert.match(again.plain, /AGB: ✍️ Unterzeichnet/);

    await marie.practice('AGB');
    await marie.see('Dokumente, die Ihre Kunden');
    const list = await marie.see('➕ Dokument hinzufügen');
    await marie.tap(buttons(list)[0]);
    await marie.see('Fassung 1');
    await marie.tap('Neue Fassung');
    await marie.see('wird dann neu gefragt');
    await marie.sendFile(FIRST, PDF);
    await marie.see('Das ist dieselbe Datei wie bisher');
    await marie.sendFile(SECOND, PDF);
    await marie.see('Die neue Fassung gilt jetzt');

    // The screen from before was drawn for the version before.
    await anna.tap('☐ ✍️ AGB');
    const fresh = await anna.see('Die Liste hat sich inzwischen geändert');
    assert.match(fresh.plain, /AGB: ⏳ Zustimmung ausstehend/);
  });

  test('the second of two taps neither takes the consent back nor asks for another one', async () => {
    await openTerms(anna);
    await anna.tap('☐ ⏳ AGB');
    await anna.tap('Zustimmung ändern');
    const question = await anna.see('AGB: Sie stimmen zu');
    const data = dataOf(question, t.confirm);
    await anna.forge(data, question.message_id);
    await anna.see('✅ Gespeichert.');
    await anna.forge(data, question.message_id);
    const list = await anna.see('AGB: ✍️ Unterzeichnet');
    assert.doesNotMatch(list.plain, /geändert/);
    await flip(anna, '☐ ✍️ AGB');
  });

  test('the specialist sees who signed what, and that nothing was erased', async () => {
    await marie.practice('AGB');
    const list = await marie.see('➕ Dokument hinzufügen');
    await marie.tap(buttons(list)[0]);
    await marie.see('Fassung 2');
    await marie.tap('Wer?');
    assert.match((await marie.see('Noch nicht unterzeichnet')).plain, /⏳ Anna/);
    await marie.tap('Verlauf');
    const { plain } = await marie.see('✍️ Anna · Fassung 1');
    assert.equal(plain.match(/✍️ Anna · Fassung 1/g).length, 2);
    assert.equal(plain.match(/⏳ Anna · Zustimmung zu Fassung 1 zurückgezogen/g).length, 1);
  });

  test('an archived document is neither shown nor in the way', async () => {
    await marie.practice('AGB');
    const list = await marie.see('➕ Dokument hinzufügen');
    await marie.tap(buttons(list)[0]);
    await marie.see('Fassung 2');
    await marie.tap('Archivieren');
    await marie.see('bleibt vermerkt');
    await marie.tap('Archivieren');
    await marie.see('Noch gibt es keine.');
    const terms = await openTerms(anna);
    assert.match(terms.plain, /Hier gibt es keine Dokumente/);
  });
});

describe('more terms than one refusal names', { concurrency: false }, () => {
  let world, specialist;
  before(async () => ({ world, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  test('twelve documents are signed, ten and two, and the request goes on', async () => {
    for (let number = 1; number <= 12; ++number) {
      const document = { display_name: `Dokument ${number}`, needs_consent: true, blocks_booking: true };
      const header = { parent: specialist.name, document, content_type: 'text/plain', request_id: newId() };
      await world.admin.upload('ConsentService', 'PublishConsentDocument', (stream) => {
        stream.write({ header });
        stream.end({ data: Buffer.from(`Fassung von ${number}`) });
      });
    }
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    await walkToTime(anna, t);
    const first = await anna.see('ist Ihre Zustimmung nötig');
    assert.equal(first.plain.match(/⏳ Dokument/g).length, 10);
    await anna.tap('✍️ Ich stimme zu');
    const rest = await anna.see('Ihre Zustimmung ist gespeichert');
    assert.deepEqual(rest.plain.match(/⏳ Dokument \d+/g), ['⏳ Dokument 11', '⏳ Dokument 12']);
    await anna.tap('✍️ Ich stimme zu');
    await anna.tap(t.confirm);
    await anna.see(t.status.pending);
  });
});
