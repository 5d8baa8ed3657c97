// Reminders, statistics and terms in a provider's chat (SPEC 3.10, 3.12, 4.8). Each way prints how many
// taps it takes from the keyboard on.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { english, german } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';

const PDF = { name: 'vertrag.pdf', type: 'application/pdf' };

// Taps of one person on the way, counted.
class Way {
  taps = 0;
  constructor(person) {
    this.person = person;
  }
  async tap(...all) {
    for (const label of all) {
      await this.person.tap(label);
      this.taps += 1;
    }
  }
  took(most, what) {
    console.log(`taps: ${what}: ${this.taps}`);
    assert.ok(this.taps <= most, `${what} takes ${this.taps} taps`);
  }
}

async function fileOf(world, person) {
  const message = await until('a file comes', async () =>
    (await person.messages()).findLast(({ document, photo, revision }) => (document || photo) && revision > person.seen));
  const { file_id } = message.document ?? message.photo.at(-1);
  const answer = await fetch(`${world.simulator.url}/sim/file?id=${file_id}`);
  return { message, bytes: Buffer.from(await answer.arrayBuffer()) };
}

for (const t of [
  { ...german, practice: 'Praxis', statistics: 'Statistik', week: 'Woche', picture: '🖼 Als Bild', file: 'Als Datei', so: 'bis jetzt', head: 'Tag;Angefragt' },
  { ...english, practice: 'Practice', statistics: 'Statistics', week: 'Week', picture: '🖼 As picture', file: 'As file', so: 'so far', head: 'Day,Requested' },
]) {
  describe(`statistics (${t.language})`, { concurrency: false }, () => {
    let world, marie, specialist;
    before(async () => ({ world, marie, specialist } = await worldWithMarie(t.language)));
    after(() => world.stop());

    test('say at once what there is, as numbers, a picture and a table', async () => {
      const anna = await joined(world, specialist, t, { first_name: 'Anna' });
      await requestOne(world, specialist, anna, t);
      const way = new Way(marie);
      await marie.practice(t.statistics, t.practice);
      way.taps = 2;
      const month = await marie.see(t.so);
      assert.match(month.plain, /📊/);
      assert.match(month.plain, /\n1 /);
      way.took(2, 'see the month in numbers');
      await way.tap(t.picture);
      const { message, bytes } = await fileOf(world, marie);
      assert.ok(message.photo, 'it is shown as a picture');
      assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
      way.took(3, 'see the month as a picture');
      await way.tap(t.file);
      const table = await fileOf(world, marie);
      assert.match(table.message.document.file_name, /\.csv$/);
      const rows = table.bytes.toString('utf8').trimEnd().split('\r\n');
      assert.ok(rows[0].replace('\uFEFF', '').startsWith(t.head), rows[0]);
      assert.ok(rows.length >= 30, 'a row for each day, and one for all');
      await marie.tap(t.week);
      await marie.see(' – ');
    });
  });
}

describe('reminders', { concurrency: false }, () => {
  const t = german;
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  const provider = () => world.admin.call('ProviderService', 'GetProvider', { name: specialist.name }, { account: specialist.account });

  test('are switched by one tap each, others are typed, and quiet hours stand there', async () => {
    const way = new Way(marie);
    await marie.practice('Erinnerungen');
    way.taps = 2;
    const screen = await marie.see('vor jedem Termin');
    assert.match(screen.plain, /Zwischen 22 und 7 Uhr/);
    await way.tap('2 Std. ✅');
    way.took(3, 'switch a reminder off');
    await marie.see('2 Std.');
    await until('it is off', async () => (await provider()).reminders.length === 1);
    await marie.tap('➕ Andere');
    await marie.see('Wie lange vorher?');
    await marie.say('bald');
    await marie.see('von 5 Minuten bis 30 Tagen');
    await marie.say('3 Tage');
    await marie.see('3 Tage ✅');
    assert.deepEqual((await provider()).reminders.map(({ seconds }) => Number(seconds)).toSorted((a, b) => a - b), [86400, 259200]);
  });

  test('have a text of the provider, which is seen as customers see it before any is sent', async () => {
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    const { name } = await requestOne(world, specialist, anna, t);
    await world.admin.change('BookingService', 'AcceptAppointment', { name }, { account: specialist.account });
    const way = new Way(marie);
    await marie.practice('Erinnerungen');
    way.taps = 2;
    await way.tap('Text ansehen');
    await marie.see('Erinnerung an Ihren Termin bei 👤 Marie');
    way.took(3, 'see how a reminder reads');
    await marie.say('Bitte <Handtuch> mitbringen');
    await marie.see('Bitte <Handtuch> mitbringen');
    await until('it is kept', async () => (await provider()).reminder_text === 'Bitte <Handtuch> mitbringen');
    await marie.tap('Text löschen');
    await until('it is gone', async () => (await provider()).reminder_text === '');
  });
});

describe('terms', { concurrency: false }, () => {
  const t = german;
  let world, marie, specialist, anna;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de', { web: true }));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    await marie.practice('AGB');
    await marie.tap('➕ Dokument hinzufügen');
    await marie.see('Senden Sie das Dokument als Datei');
    await marie.sendFile('%PDF-1.4 eins', { ...PDF, caption: 'Vertrag' });
    await marie.see('✅ Veröffentlicht.');
    await marie.tap('🔘 Zustimmung nötig');
    await marie.see('✍️ 0 · ⏳ 1');
  });
  after(() => world.stop());

  test('who has not signed is asked by one tap, once a day, and signs from there', async () => {
    const way = new Way(marie);
    await way.tap('⏳ Erinnern');
    await marie.see('1 Kunde ist erinnert.');
    way.took(1, 'remind those who have not signed, from the document');
    const wanted = await anna.see('bittet Sie, „Vertrag“ zu lesen', { since: 0 });
    assert.deepEqual(buttons(wanted), ['Ansehen und unterzeichnen']);
    await marie.tap('⏳ Erinnern');
    await marie.see('24 Std.');
    await anna.tap('Ansehen und unterzeichnen');
    await anna.tap('☐ ⏳ Vertrag');
    await anna.tap('Zustimmung ändern');
    await anna.tap(t.confirm);
    await anna.see('✅ Gespeichert.');
  });

  test('the provider sees who signed which version when, in two taps', async () => {
    await marie.practice('AGB');
    await marie.tap('Vertrag');
    await marie.see('✍️ 1 · ⏳ 0');
    const way = new Way(marie);
    await way.tap('Wer?');
    await marie.see('Alle haben unterzeichnet.');
    await way.tap('✍️ 1');
    assert.match((await marie.see('✍️ Anna · Fassung 1')).plain, /\d\d:\d\d/);
    way.took(2, 'see who has signed, from the document');
  });

  test('a new version is signed by nobody, and what is archived can be shown again', async () => {
    await marie.practice('AGB');
    await marie.tap('Vertrag');
    await marie.tap('Neue Fassung');
    await marie.see('wird dann neu gefragt');
    await marie.sendFile('%PDF-1.4 zwei', PDF);
    await marie.see('✍️ 0 · ⏳ 1');
    await marie.tap('Wer?');
    await marie.see('⏳ Anna · nur Fassung 1');
    await marie.practice('AGB');
    await marie.tap('Vertrag');
    await marie.tap('Pflicht ändern');
    await marie.tap('⚪ Pflicht vor der Buchung');
    await marie.see('Pflicht vor der Buchung · ✍️ 0');
    await marie.tap('Archivieren');
    await marie.see('bleibt vermerkt');
    await marie.tap('Archivieren');
    await marie.see('Noch gibt es keine.');
    await marie.tap('Archiv');
    await marie.tap('Vertrag');
    await marie.tap('Wieder zeigen');
    await marie.see('Kunden sehen es wieder.');
  });
});
