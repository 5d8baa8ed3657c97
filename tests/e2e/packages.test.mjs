// SPEC 3.4: packages, from the offer to the last visit, for both sides.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, newest, walkFromDates, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf } from './simulator.mjs';
import { counted } from './taps.mjs';

const whenLabel = (label) => /^\p{L}+\.?, .*\d\d:\d\d/u.test(label);

describe('packages in German', { concurrency: false }, () => {
  let world, marie, specialist, anna, as;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    as = { account: specialist.account };
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
  });
  after(() => world.stop());

  const soldTo = async (person) => {
    const { name } = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity });
    const parent = `${specialist.name}/links/${name.split('/')[1]}`;
    return (await world.admin.call('PackageService', 'ListSoldPackages', { parent, page_size: 200 }, as)).sold_packages;
  };
  // By the key: news and screens of packages have a button that is called the same.
  async function summary(person) {
    await person.key(t.request);
    await person.see('👤 Marie');
    await person.tap('👤 Marie');
    const services = await person.see(t.service);
    await person.tap(buttons(services).find((label) => label.startsWith(t.service)));
    return walkFromDates(person, t);
  }
  async function openPackages() {
    await marie.key('Kunden');
    await marie.tap(buttons(await marie.see('👥 Kunden')).find((label) => label.startsWith('Anna')));
    await marie.see('Anna');
    await marie.tap('Pakete');
    return marie.see('Anna');
  }

  test('an offer is made with three taps, the price with a reduction first', async () => {
    await marie.practice('Pakete');
    await marie.see('Hier stehen Ihre Pakete');
    await counted('Neues Paket', marie, 4, async (person) => {
      await person.tap('➕ Neues Paket');
      await person.tap(buttons(await person.see('Wofür gilt es?')).find((label) => label.startsWith('Beratung')));
      await person.see('Wie viele Termine?');
      await person.tap('10×');
      const price = await person.see('Was kostet das Paket?');
      assert.ok(buttons(price).some((label) => /^720,00\s€ \(−10 %\)$/u.test(label)), buttons(price));
      await person.tap(buttons(price).find((label) => label.startsWith('720,00')));
    });
    const made = await marie.see('Das Paket ist angelegt');
    assert.match(made.plain, /10× Beratung\n10 Termine · 720,00\s€ · 12 Monate gültig\nFür: Beratung/u);
  });

  test('its name and its validity are changed, a wrong number is asked again', async () => {
    await marie.tap('Gültigkeit');
    const choices = await marie.see('Wie lange gilt es');
    assert.ok(buttons(choices).includes('✔ 12 Monate gültig'));
    await marie.tap('6 Monate gültig');
    assert.match((await marie.see('Geändert')).plain, /6 Monate gültig/);
    await marie.tap('Preis');
    await marie.see('Was schon verkauft ist, behält seinen.');
    await marie.say('viel');
    await marie.see('Diesen Preis habe ich nicht verstanden');
    await marie.say('700');
    assert.match((await marie.see('Geändert')).plain, /700,00\s€/u);
    await marie.tap('Name');
    await marie.see('Wie soll das Paket heißen?');
    await marie.say('Zehner <Karte>');
    await marie.see('Zehner <Karte>');
    await marie.practice('Pakete');
    await marie.tap('➕ Neues Paket');
    await marie.tap('Alle Leistungen');
    await marie.see('Wie viele Termine?');
    await marie.say('viele');
    await marie.see('Bitte schreiben Sie eine Zahl');
    await marie.say('3');
    await marie.see('Was kostet das Paket?');
    await marie.say('99,50');
    await marie.see('für 99,50');
    await marie.tap('✅ Anlegen');
    assert.match((await marie.see('Das Paket ist angelegt')).plain, /3× Alle Leistungen/);
  });

  test('a sale takes a few taps, the customer is told and sees what is left', async () => {
    await counted('Paket verkaufen', marie, 5, async (person) => {
      await person.key('Kunden');
      await person.tap(buttons(await person.see('👥 Kunden')).find((label) => label.startsWith('Anna')));
      await person.see('Noch kein Termin');
      await person.tap('Pakete');
      const offers = await person.see('Noch kein Paket');
      await person.tap(buttons(offers).find((label) => label.startsWith('➕ Zehner')));
      await person.see('an Anna verkaufen?');
      await person.tap('✅ Verkaufen');
      const sold = await person.see('Verkauft. Ihr Kunde weiß Bescheid');
      assert.match(sold.plain, /noch 10 von 10 · gültig bis/);
    });
    const news = await anna.see('hat Ihnen ein Paket eingerichtet: Zehner <Karte>', { since: 0 });
    assert.ok(buttons(news).includes('🎟 Meine Pakete'));
    await anna.tap('🎟 Meine Pakete');
    assert.match((await anna.see('Bei der Buchung wählen Sie')).plain, /noch 10 von 10/);
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    assert.match((await anna.see('🎟 noch 10 von 10')).plain, /Marie/);
  });

  test('a double tap sells once', async () => {
    await openPackages();
    const offers = await marie.see('Pakete, die zuletzt verkauften', { since: 0 });
    await marie.tap(buttons(offers).find((label) => label.startsWith('➕ 3×')));
    const review = await marie.see('an Anna verkaufen?');
    const data = dataOf(review, '✅ Verkaufen');
    await Promise.all([marie.forge(data, review.message_id), marie.forge(data, review.message_id)]);
    // The first of the two may have been answered before the second was sent.
    await marie.see('Verkauft.', { since: 0 });
    await world.simulator.settled();
    assert.equal((await soldTo(anna)).length, 2);
  });

  test('a mistaken sale is taken back, and the customer is told', async () => {
    await marie.tap('Verkauf zurücknehmen');
    await marie.see('Den Verkauf von 3× Alle Leistungen an Anna zurücknehmen?');
    await marie.tap('Verkauf zurücknehmen');
    const card = await marie.see('Der Verkauf ist zurückgenommen');
    assert.ok(!buttons(card).includes('Verkauf zurücknehmen'));
    await anna.see('hat den Verkauf von 3× Alle Leistungen zurückgenommen', { since: 0 });
  });

  test('the customer chooses at booking whether the package pays', async () => {
    const shown = await summary(anna);
    assert.match(shown.plain, /Bezahlt mit Zehner <Karte>, danach noch 9 von 10/);
    await anna.tap('Ohne Paket buchen');
    const without = await anna.see('preis: 80,00');
    assert.ok(buttons(without).includes('🎟 Mit Paket bezahlen'));
    await anna.tap('🎟 Mit Paket bezahlen');
    await anna.see('danach noch 9 von 10');
    await anna.tap(t.confirm);
    await anna.see(t.status.pending);
    const made = await newest(world, specialist, anna);
    assert.equal(made.covered.minor_units, 8000);
    assert.equal(made.outstanding.minor_units, 0);
  });

  test('who declines it pays themselves, for this request alone', async () => {
    await summary(anna);
    await anna.tap('Ohne Paket buchen');
    await anna.see('preis: 80,00');
    await anna.tap('Notiz hinzufügen');
    await anna.say('Bitte leise');
    const noted = await anna.see('Bitte leise');
    assert.match(noted.plain, /preis: 80,00/, 'the choice stays while the request is made');
    await anna.tap(t.confirm);
    await anna.see(t.status.pending);
    const made = await newest(world, specialist, anna);
    assert.equal(made.package, '');
    const next = await summary(anna);
    assert.match(next.plain, /Bezahlt mit Zehner/, 'another request begins anew');
  });

  test('an old summary books by the package that it showed, once', async () => {
    const shown = await summary(anna);
    const data = dataOf(shown, t.confirm);
    await Promise.all([anna.forge(data, shown.message_id), anna.forge(data, shown.message_id)]);
    await anna.see(t.status.pending);
    await world.simulator.settled();
    assert.equal((await soldTo(anna))[0].remaining_visits, 8);
  });

  test('the customer sees what the package was used for', async () => {
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    await anna.see('🎟 noch 8 von 10');
    await anna.tap('🎟 Meine Pakete');
    const own = await anna.see('Bei der Buchung wählen Sie');
    await anna.tap(buttons(own).find((label) => label.endsWith(' · Verlauf')));
    const uses = await anna.see('· noch 8 von 10');
    assert.equal(uses.plain.match(/▪️ .*\d\d:\d\d.* · Beratung/gu)?.length, 2, uses.plain);
  });

  test('a used package is not taken back, and says why', async () => {
    await openPackages();
    const list = await marie.see('Pakete, die zuletzt verkauften', { since: 0 });
    await marie.tap(buttons(list).find((label) => label.startsWith('🎟 Zehner')));
    const card = await marie.see('noch 8 von 10');
    assert.ok(!buttons(card).includes('Verkauf zurücknehmen'));
    const [customer, sold] = (await soldTo(anna))[0].name.split('/').filter((_, i) => i === 3 || i === 5);
    await marie.forge(`1:qy:${customer}:${sold}`, card.message_id);
    await marie.see('Den Verkauf von Zehner <Karte>');
    await marie.tap('Verkauf zurücknehmen');
    await marie.see('Der Verkauf bleibt bestehen');
  });

  test('the provider books on the package, and is paid for it', async () => {
    await marie.key('Termin eintragen');
    await marie.tap(buttons(await marie.see('Für wen?')).find((label) => label.startsWith('Anna')));
    await marie.tap(buttons(await marie.see('Welche Leistung?')).find((label) => label.startsWith('Beratung')));
    await marie.tap(buttons(await marie.see('Die nächsten freien Zeiten')).find(whenLabel));
    assert.match((await marie.see('Anna eintragen?')).plain, /danach noch 7 von 10/);
    await marie.tap('✅ Eintragen');
    await marie.see('Eingetragen');
    assert.equal((await soldTo(anna))[0].remaining_visits, 7);
    await openPackages();
    const list = await marie.see('Pakete, die zuletzt verkauften', { since: 0 });
    await marie.tap(buttons(list).find((label) => label.startsWith('🎟 Zehner')));
    await marie.see('Offen: 700,00');
    await marie.tap('➕ Zahlung');
    await marie.tap(buttons(await marie.see('Wie wurde bezahlt?')).find((label) => label.endsWith('Karte')));
    await marie.see('Erfasst: 700,00');
    await until('it is paid', async () => (await soldTo(anna))[0].outstanding.minor_units === 0);
  });

  test('an archived offer is not sold any more, and what was sold stays', async () => {
    await marie.practice('Pakete');
    const list = await marie.see('🎟 Pakete');
    await marie.tap(buttons(list).find((label) => label.startsWith('Zehner')));
    const card = await marie.see('1-mal verkauft · 7 Termine offen');
    await marie.tap('Archivieren');
    await marie.see('archivieren?');
    await marie.tap('Archivieren');
    const archived = await marie.see('wird nicht mehr verkauft');
    assert.ok(!buttons(archived).includes('➕ Verkaufen'), card.plain);
    await anna.tap('Spezialistenliste');
    await anna.tap('👤 Marie');
    await anna.see('🎟 noch 7 von 10');
  });
});
