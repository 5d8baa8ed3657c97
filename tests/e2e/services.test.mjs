// SPEC 3.3: a provider's services, each field by itself, their order, the archive, groups.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { english, german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';
import { tapping } from './taps.mjs';

describe('services in German', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  const services = async (more = {}) =>
    (await world.admin.call('CatalogService', 'ListServices', { parent: specialist.name, page_size: 200, ...more },
      { account: specialist.account })).services;
  const called = async (name) => (await services({ show_archived: true })).find((one) => one.display_name === name);
  // The card of the service of this name.
  async function open(name) {
    await marie.practice('Leistungen');
    const list = await marie.see('Ihre Leistungen');
    await marie.tap(buttons(list).find((label) => label.startsWith(name)));
    return marie.see(`🧾 ${name}`);
  }
  const minutes = ({ seconds }) => Number(seconds) / 60;

  test('a service is made by its name, its length and its price, and the rest has defaults', async (context) => {
    const person = tapping(marie);
    await person.practice('Leistungen');
    await marie.see('Ihre Leistungen');
    await person.tap('➕ Neue Leistung');
    await marie.see('Wie heißt die Leistung?');
    await marie.say('Yoga');
    await marie.see('Wie lange dauert sie?');
    await person.tap('60 Min.');
    await marie.see('Was kostet sie?');
    await marie.say('20');
    await marie.see('20,00 €');
    await person.tap('✅ Anlegen');
    const card = await marie.see('Die Leistung ist angelegt');
    context.diagnostic(`a new service: ${person.taps} taps`);
    assert.ok(person.taps <= 5, `${person.taps} taps`);
    assert.match(card.plain, /🧾 Yoga\n60 Min\. · 20,00 €/);
    assert.match(card.plain, /Ohne Puffer · Beginn alle 30 Min\./);
    assert.match(card.plain, /Ohne Vorlauf · Storno jederzeit · bis 90 Tage im Voraus/);
    assert.ok(card.plain.split('\n').length <= 10, card.plain);
  });

  test('each field is changed by itself, with what it is now, and typed as people type', async (context) => {
    const person = tapping(marie);
    await open('Yoga');
    const edit = async (label, present, typed) => {
      await person.tap(label);
      const question = await marie.see(present);
      await marie.say(typed);
      return question;
    };
    await edit('Name', 'Name: Yoga', 'Yoga für alle');
    await marie.see('✅ Gespeichert.');
    await edit('Dauer', 'Dauer: 60 Min.', '1,5 Std.');
    await marie.see('90 Min. · 20,00 €');
    await edit('Preis', 'Preis: 20,00 €', '25 CHF');
    await marie.see('25,00 CHF');
    await edit('Text', 'Text: –', 'Bitte eine Matte mitbringen.');
    await marie.see('Bitte eine Matte');
    await edit('Ort', 'Ort: –', 'Lindenstr. 12');
    await marie.see('📍 Lindenstr. 12');
    await edit('Zahlungslink', 'Zahlungslink: –', 'http://unsicher.example.com');
    const refused = await marie.see('Das ist kein Link, den ich nehmen kann');
    assert.match(refused.plain, /\{appointment\}/);
    await marie.say('https://pay.example.com/{appointment}');
    await marie.see('✅ Gespeichert.');
    await person.tap('Sofort annehmen: aus');
    await marie.see('werden jetzt sofort angenommen');
    context.diagnostic(`seven fields: ${person.taps} taps`);
    assert.equal(person.taps, 7, 'one each');
    const yoga = await called('Yoga für alle');
    assert.equal(minutes(yoga.duration), 90);
    assert.deepEqual([yoga.price.currency_code, Number(yoga.price.minor_units)], ['CHF', 2500]);
    assert.equal(yoga.description, 'Bitte eine Matte mitbringen.');
    assert.equal(yoga.place, 'Lindenstr. 12');
    assert.equal(yoga.payment_link, 'https://pay.example.com/{appointment}');
    assert.equal(yoga.auto_accept, true);
  });

  test('buffers and deadlines are chosen by a tap, and what does not fit says what does', async () => {
    await open('Yoga für alle');
    await marie.tap('Puffer');
    const group = await marie.see('Puffer danach: ohne');
    assert.ok(buttons(group).includes('Beginn alle: 30 Min.'));
    await marie.tap('Puffer danach: ohne');
    await marie.see('Puffer danach: ohne');
    await marie.tap('15 Min.');
    await marie.see('Puffer danach: 15 Min.');
    await marie.tap('◀ Zurück');
    await marie.see('Puffer 15 Min. danach');
    await marie.tap('Fristen');
    await marie.see('Vorlauf: ohne');
    await marie.tap('Vorlauf: ohne');
    await marie.see('Wie lange vorher muss gebucht sein?');
    await marie.say('irgendwann');
    const refused = await marie.see('Das passt hier nicht');
    assert.match(refused.plain, /0 Min\. bis 366 Tage, zum Beispiel „24 h“/);
    await marie.say('2 Tage vorher');
    await marie.see('Vorlauf: 2 Tage');
    await marie.tap('Buchbar im Voraus: 90 Tage');
    await marie.see('Wie weit im Voraus');
    await marie.say('6 Monate');
    await marie.see('Buchbar im Voraus: 180 Tage');
    await marie.tap('Stornofrist: ohne');
    await marie.see('absagen?');
    await marie.tap('24 Std.');
    await marie.see('Stornofrist: 24 Std.');
    const yoga = await called('Yoga für alle');
    assert.deepEqual(
      [yoga.buffer_after, yoga.minimum_notice, yoga.horizon, yoga.cancellation_deadline].map(minutes),
      [15, 2 * 1440, 180 * 1440, 1440],
    );
  });

  test('a price or a place is taken away again', async () => {
    await open('Yoga für alle');
    await marie.tap('Preis');
    await marie.see('Preis: 25,00 CHF');
    await marie.tap('Kostenlos');
    await marie.see('90 Min. · kostenlos');
    await marie.tap('Ort');
    await marie.see('Ort: Lindenstr. 12');
    await marie.tap('Entfernen');
    await marie.see('Ort noch offen');
    assert.equal((await called('Yoga für alle')).place, '');
  });

  test('a customer of another language reads the text in it', async () => {
    await open('Yoga für alle');
    await marie.tap('Sprachen');
    await marie.see('English: –');
    await marie.tap('English: –');
    await marie.see('Name: –');
    await marie.tap('Name');
    await marie.see('Wie heißt die Leistung in dieser Sprache: English?');
    await marie.say('Yoga for everybody');
    await marie.see('Name: Yoga for everybody');
    await marie.tap('Text');
    await marie.see('Was sollen Kunden in dieser Sprache lesen');
    await marie.say('Bring a mat.');
    await marie.see('Text: Bring a mat.');
    const amy = await joined(world, specialist, english, { first_name: 'Amy' });
    await amy.tap(english.request);
    await amy.see('👤 Marie');
    await amy.tap('👤 Marie');
    const offered = await amy.see('Yoga for everybody');
    assert.match(offered.plain, /Bring a mat\./);
    await marie.tap('Entfernen');
    await marie.see('Name: –');
    assert.deepEqual((await called('Yoga für alle')).translations, {});
  });

  test('a service goes up and down in one step each', async (context) => {
    const names = async () => (await services()).map(({ display_name: name }) => name);
    assert.deepEqual(await names(), ['Beratung', 'Erstgespräch', 'Yoga für alle']);
    await open('Yoga für alle');
    await marie.tap('Reihenfolge');
    const order = await marie.see('wie Kunden sie sehen');
    assert.match(order.plain, /1\. Beratung\n2\. Erstgespräch\n3\. Yoga für alle/);
    assert.ok(!buttons(order).includes('▼ Nach unten'), 'it is the last one');
    const person = tapping(marie);
    await person.tap('▲ Nach oben');
    await marie.see('2. Yoga für alle');
    await person.tap('▲ Nach oben');
    await marie.see('1. Yoga für alle');
    assert.deepEqual(await names(), ['Yoga für alle', 'Beratung', 'Erstgespräch']);
    await person.tap('▼ Nach unten');
    await marie.see('2. Yoga für alle');
    context.diagnostic(`one place: 1 tap; three: ${person.taps}`);
    assert.deepEqual(await names(), ['Beratung', 'Yoga für alle', 'Erstgespräch']);
  });

  test('an archived service is in the archive, keeps its appointments, and is offered again as it was', async () => {
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    const appointment = await requestOne(world, specialist, anna, t, { service: 'Erstgespräch' });
    await open('Erstgespräch');
    await marie.tap('Archivieren');
    await marie.see('nicht mehr anbieten?');
    await marie.tap('Archivieren');
    const archived = await marie.see('wird nicht mehr angeboten');
    assert.deepEqual(buttons(archived).slice(0, 1), ['Wieder anbieten']);
    assert.deepEqual((await services()).length, 2);
    await marie.practice('Leistungen');
    await marie.see('Archiv (1)');
    await marie.tap('🗄 Archiv (1)');
    const archive = await marie.see('bieten Sie nicht mehr an');
    await marie.tap(buttons(archive).find((label) => label.startsWith('Erstgespräch')));
    await marie.see('Wieder anbieten');
    await marie.tap('Wieder anbieten');
    await marie.see('wird wieder angeboten');
    assert.equal((await services()).length, 3);
    const kept = await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name },
      { account: specialist.account });
    assert.equal(kept.service_display_name, 'Erstgespräch');
  });

  test('a group says to customers what is left, and to the provider who comes', async () => {
    await open('Yoga für alle');
    await marie.tap('Plätze');
    await marie.see('Plätze: 1 Platz');
    await marie.say('drei');
    await marie.see('3 Plätze');
    const name = (await called('Yoga für alle')).name;
    const [start] = await world.slots(specialist.name, { service: name });
    const first = await world.customer('telegram:50001', specialist.code, { name: 'Hugo' });
    await world.request(specialist.name, first.name, start, { service: name });

    const ben = await joined(world, specialist, t, { first_name: 'Ben' });
    await ben.tap(t.request);
    await ben.see('👤 Marie');
    await ben.tap('👤 Marie');
    const offered = await ben.see('Yoga für alle');
    await ben.tap(buttons(offered).find((label) => label.startsWith('Yoga für alle')));
    const month = await ben.see('An welchem Tag?');
    await ben.tap(buttons(month).find((label) => /^\d{1,2}$/.test(label)));
    const times = await ben.see('wie viele Plätze noch frei sind');
    assert.ok(buttons(times).some((label) => /^\d\d:\d\d \(3\)$/.test(label)), `${buttons(times)}`);
    const left = buttons(times).find((label) => /^\d\d:\d\d \(2\)$/.test(label));
    await ben.tap(left);
    await ben.see('Noch 2 Plätze frei');
    await ben.tap(t.confirm);
    await ben.see(t.status.accepted);

    await open('Yoga für alle');
    await marie.tap('Plätze');
    await marie.see('Plätze: 3 Plätze');
    await marie.tap('👥 Teilnehmer');
    const sessions = await marie.see('wie voll sie sind');
    await marie.tap(buttons(sessions).find((label) => label.endsWith('2/3')));
    const people = await marie.see('2/3 Plätze belegt');
    assert.ok(buttons(people).some((label) => label.endsWith('Hugo')) && buttons(people).some((label) => label.endsWith('Ben')));
    await marie.tap(buttons(people).find((label) => label.endsWith('Ben')));
    await marie.see('Ben');
  });
});

describe('services in Ukrainian', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('uk')));
  after(() => world.stop());

  test('lengths are typed in the words of the language', async () => {
    await marie.practice('Послуги', 'Кабінет');
    const list = await marie.see('Консультація (укр.)');
    await marie.tap(buttons(list).find((label) => label.startsWith('Консультація')));
    await marie.see('Тривалість');
    await marie.tap('Тривалість');
    await marie.see('Тривалість: 50 хв');
    await marie.say('1 година 15 хвилин');
    await marie.see('✅ Збережено.');
    const read = async () => {
      const as = { account: specialist.account };
      const service = await world.admin.call('CatalogService', 'GetService', { name: specialist.services[0].name }, as);
      return Number(service.duration.seconds) / 60;
    };
    await until('it lasts 75 minutes', async () => (await read()) === 75);
  });
});
