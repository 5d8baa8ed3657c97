// SPEC 3.8, 3.9 and 3.2: a provider's customers, booking for them, and what they pay.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isTime, joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { english, german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf } from './simulator.mjs';
import { counted } from './taps.mjs';

const whenLabel = (label) => /^\p{L}+\.?, .*\d\d:\d\d/u.test(label);

describe('customers in German', { concurrency: false }, () => {
  let world, marie, specialist, anna, ben, as;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    as = { account: specialist.account };
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    ben = await joined(world, specialist, t, { first_name: 'Ben' });
  });
  after(() => world.stop());

  const accountOf = async (person) =>
    (await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity })).name;
  const linkOf = async (person) => `${specialist.name}/links/${(await accountOf(person)).split('/')[1]}`;
  const appointmentsOf = async (person) =>
    (await world.admin.call('BookingService', 'ListAppointments', { parent: specialist.name, customer: await accountOf(person), page_size: 200 }, as)).appointments;
  async function openCard(person) {
    await marie.key('Kunden');
    const list = await marie.see('👥 Kunden');
    await marie.tap(buttons(list).find((label) => label.startsWith(person.name)));
    return marie.see(person.name);
  }

  test('the provider finds a customer by the list and by typing a part of the name', async () => {
    await marie.key('Kunden');
    const list = await marie.see('👥 Kunden · 2');
    assert.ok(buttons(list).some((label) => label.startsWith('Anna')), buttons(list));
    await marie.say('nn');
    await marie.see('Noch kein Termin');
    await marie.key('Kunden');
    await marie.say('zzz');
    const none = await marie.see('Zu „zzz“ habe ich niemanden gefunden');
    assert.ok(buttons(none).includes('Alle Kunden'));
    await marie.say('be');
    assert.match((await marie.see('Noch kein Termin')).plain, /^Ben/);
  });

  test('a booking for a customer takes six taps from the key, is accepted at once, and the customer may cancel', async () => {
    const card = await counted('Termin eintragen', marie, 7, async (person) => {
      await person.key('Termin eintragen');
      const list = await person.see('Für wen?');
      await person.tap(buttons(list).find((label) => label.startsWith('Anna')));
      const services = await person.see('Welche Leistung?');
      await person.tap(buttons(services).find((label) => label.startsWith('Beratung')));
      const dates = await person.see('Die nächsten freien Zeiten');
      await person.tap(buttons(dates).find(whenLabel));
      const review = await person.see('Anna eintragen?');
      assert.match(review.plain, /preis: 80,00/);
      await person.tap('✅ Eintragen');
      return person.see('Eingetragen. Anna weiß Bescheid');
    });
    assert.match(card.plain, /Akzeptiert/);
    const told = await anna.see('Marie', { since: 0 });
    assert.ok(told);
    await anna.tap('Termine');
    const own = await anna.see(t.listTitle);
    await anna.tap(buttons(own).find((label) => label.startsWith('🟢')));
    await anna.see(t.meetingInfo);
    await anna.tap(t.cancel);
    await anna.tap(t.cancelWithoutReason);
    await until('it is cancelled', async () => (await appointmentsOf(anna))[0].status === 'STATUS_CANCELLED');
  });

  test('a double tap books once', async () => {
    await openCard(ben);
    await marie.tap('Termin eintragen');
    await marie.tap(buttons(await marie.see('Welche Leistung?')).find((label) => label.startsWith('Beratung')));
    await marie.tap(buttons(await marie.see('Die nächsten freien Zeiten')).find(whenLabel));
    const review = await marie.see('Ben eintragen?');
    const data = dataOf(review, '✅ Eintragen');
    await Promise.all([marie.forge(data, review.message_id), marie.forge(data, review.message_id)]);
    await marie.see('Eingetragen');
    await world.simulator.settled();
    assert.equal((await appointmentsOf(ben)).length, 1);
  });

  test('a time outside the hours is typed, said to be so, and booked all the same', async () => {
    await openCard(ben);
    await marie.tap('Termin eintragen');
    await marie.tap(buttons(await marie.see('Welche Leistung?')).find((label) => label.startsWith('Erstgespräch')));
    await marie.see('Die nächsten freien Zeiten');
    await marie.say('übermorgen 22:15');
    const review = await marie.see('Außerhalb Ihrer buchbaren Zeiten');
    assert.match(review.plain, /22:15–22:45/);
    await marie.tap('✅ Eintragen');
    await marie.see('Eingetragen. Ben');
    assert.ok((await appointmentsOf(ben)).some(({ service_display_name: name }) => name === 'Erstgespräch'));
  });

  test('what is taken meanwhile is answered by the nearest free times', async () => {
    await openCard(anna);
    await marie.tap('Termin eintragen');
    await marie.tap(buttons(await marie.see('Welche Leistung?')).find((label) => label.startsWith('Beratung')));
    const dates = await marie.see('Die nächsten freien Zeiten');
    await marie.tap(buttons(dates).find(whenLabel));
    await marie.see('Anna eintragen?');
    const [start] = await world.slots(specialist.name, { service: specialist.services[0].name });
    await world.request(specialist.name, ben.identity, start, { service: specialist.services[0].name });
    await marie.tap('✅ Eintragen');
    const others = await marie.see('Ähnliche Zeiten sind noch frei');
    await marie.tap(buttons(others).find(whenLabel));
    await marie.see('Anna eintragen?');
    await marie.tap('✅ Eintragen');
    await marie.see('Eingetragen. Anna');
  });

  test('a payment takes five taps by way of the customer, and a mistake is taken back by its opposite', async () => {
    await counted('Zahlung erfassen', marie, 5, async (person) => {
      await person.key('Kunden');
      const list = await person.see('👥 Kunden');
      await person.tap(buttons(list).find((label) => label.startsWith('Anna')));
      const card = await person.see('Offen:');
      assert.match(card.plain, /Offen: 80,00/);
      await person.tap('Zahlungen');
      const things = await person.see('Wofür wurde gezahlt?');
      await person.tap(buttons(things).find((label) => label.startsWith('🔸')));
      const how = await person.see('Wie wurde bezahlt?');
      assert.ok(buttons(how).some((label) => /^80,00\s€ bar$/u.test(label)), buttons(how));
      await person.tap(buttons(how).find((label) => label.endsWith(' bar')));
      await person.see('Erfasst: 80,00');
    });
    const link = { name: await linkOf(anna) };
    const outstanding = async () => (await world.admin.call('LinkService', 'GetLink', link, as)).summary.outstanding;
    assert.deepEqual(await outstanding(), []);
    const kept = await marie.see('Erfasst', { since: 0 });
    await marie.tap('↩️ Rückgängig');
    await marie.see('Zurückgenommen');
    assert.equal((await outstanding())[0].minor_units, 8000);
    // An old button changes nothing any more.
    await marie.forge(dataOf(kept, '↩️ Rückgängig'), kept.message_id);
    const books = await marie.see('Korrektur');
    assert.ok(!buttons(books).includes('↩️ Letzte zurücknehmen'), buttons(books));
    assert.equal((await outstanding())[0].minor_units, 8000);
  });

  test('from the card of an appointment a payment takes two taps', async () => {
    const [{ name }] = (await appointmentsOf(anna)).filter(({ status }) => status === 'STATUS_ACCEPTED');
    await marie.forge(`1:ac:${name.split('/').pop()}`);
    await marie.see('Anna');
    await counted('Zahlung am Termin', marie, 2, async (person) => {
      await person.tap('Zahlung');
      const how = await person.see('Wie wurde bezahlt?');
      await person.tap(buttons(how).find((label) => label.endsWith(' Karte')));
      await person.see('Erfasst: 80,00');
    });
    await marie.tap('◀ Zurück');
    await marie.see('Anna');
    await marie.tap('Zahlung');
    await marie.see('Wie viel wurde bezahlt?');
    await marie.tap('Zahlungen');
    await marie.see('Korrektur');
    await marie.tap('↩️ Letzte zurücknehmen');
    await marie.see('Zurückgenommen');
  });

  test('from the calendar the day is known', async () => {
    await marie.key('Kalender');
    await marie.see('Heute');
    await marie.tap('▶');
    await marie.see('Heute');
    await marie.tap('➕ Eintragen');
    await marie.tap(buttons(await marie.see('Für wen?')).find((label) => label.startsWith('Anna')));
    await marie.tap(buttons(await marie.see('Welche Leistung?')).find((label) => label.startsWith('Erstgespräch')));
    const times = await marie.see('Um wie viel Uhr?');
    await marie.tap(buttons(times).filter(isTime).at(-1));
    await marie.see('Anna eintragen?');
    await marie.tap('✅ Eintragen');
    await marie.see('Eingetragen. Anna');
  });

  test('another amount is typed, and paid back', async () => {
    await openCard(anna);
    await marie.tap('Zahlungen');
    await marie.tap(buttons(await marie.see('Wofür wurde gezahlt?')).find((label) => label.startsWith('🔸')));
    await marie.see('Wie wurde bezahlt?');
    await marie.say('dreißig');
    await marie.see('nicht als Betrag verstanden');
    await marie.say('30 USD');
    await marie.see('in der Währung des Preises');
    await marie.say('30');
    const how = await marie.see('Wie wurde bezahlt?');
    await marie.tap(buttons(how).find((label) => /^30,00.*Überweisung$/u.test(label)));
    const kept = await marie.see('Erfasst: 30,00');
    assert.match(kept.plain, /offen 50,00/);
    await marie.tap('Zahlungen');
    await marie.see('Überweisung');
    await marie.tap('➕ Zahlung');
    await marie.see('Wie wurde bezahlt?');
    await marie.tap('Rückzahlung');
    const back = await marie.see('Wie wurde zurückgezahlt?');
    await marie.tap(buttons(back).find((label) => label.endsWith(' bar')));
    await marie.see('Erfasst: -30,00');
  });

  test('a note is for the provider alone, and is written, changed and removed', async () => {
    await openCard(anna);
    await marie.tap('Notiz');
    await marie.see('Schreiben Sie mir eine Notiz');
    await marie.say('Knie rechts <links>');
    const card = await marie.see('Notiz gespeichert');
    assert.match(card.plain, /📝 Knie rechts <links>/);
    await marie.tap('Notiz');
    await marie.see('tritt an die Stelle');
    await marie.tap('Notiz löschen');
    assert.doesNotMatch((await marie.see('Die Notiz ist gelöscht')).plain, /Knie/);
    assert.equal(await anna.count('Knie'), 0);
  });

  test('appointments and terms of a customer are on the card', async () => {
    await openCard(anna);
    await marie.tap('Termine');
    const upcoming = await marie.see('Kommende Termine');
    assert.ok(buttons(upcoming).some((label) => label.startsWith('🟢')));
    await marie.tap('Vergangene');
    const past = await marie.see('Vergangene Termine');
    assert.ok(buttons(past).some((label) => label.startsWith('❌')));
    await marie.tap('◀ Zurück');
    await marie.see('Nächster:');
    await marie.tap('AGB');
    await marie.see('noch keine Dokumente zum Unterzeichnen');
  });

  test('a block is asked about, told politely, and ended', async () => {
    await openCard(ben);
    await marie.tap('🚫 Sperren');
    await marie.see('Ben sperren?');
    await marie.tap('🚫 Sperren');
    const card = await marie.see('Von Ihnen gesperrt');
    assert.ok(!buttons(card).includes('Termin eintragen'));
    await ben.see('Marie', { since: 0 });
    await marie.tap('Sperre aufheben');
    await marie.see('Die Sperre von Ben aufheben?');
    await marie.tap('Sperre aufheben');
    assert.ok(buttons(await marie.see('Die Sperre ist aufgehoben')).includes('Termin eintragen'));
  });

  test('an offered slot that a customer requested shows on the card as what comes next', async () => {
    const clara = await joined(world, specialist, t, { first_name: 'Clara' });
    await requestOne(world, specialist, clara, t);
    await marie.key('Kunden');
    const list = await marie.see('👥 Kunden · 3');
    assert.ok(buttons(list).some((label) => /^Clara · \p{L}/u.test(label)), buttons(list));
    assert.ok(!buttons(list).some(isTime));
  });
});

describe('customers in English', { concurrency: false }, () => {
  test('a customer is booked for, and pays', async () => {
    const { world, marie, specialist } = await worldWithMarie('en');
    try {
      const zoe = await joined(world, specialist, english, { first_name: 'Zoe' });
      assert.ok(zoe);
      await counted('Book for a customer', marie, 7, async (person) => {
        await person.key('Book for a customer');
        await person.tap(buttons(await person.see('For whom?')).find((label) => label.startsWith('Zoe')));
        await person.tap(buttons(await person.see('Which service?')).find((label) => label.startsWith('Counselling')));
        await person.tap(buttons(await person.see('The next free times')).find(whenLabel));
        await person.see('Book Zoe?');
        await person.tap('✅ Book');
        await person.see('Zoe is told and may cancel');
      });
      await marie.key('Customers');
      await marie.tap(buttons(await marie.see('👥 Customers · 1')).find((label) => label.startsWith('Zoe')));
      await marie.see('Outstanding: €80.00');
      await marie.tap('Payments');
      await marie.tap(buttons(await marie.see('What was paid for?')).find((label) => label.startsWith('🔸')));
      await marie.tap(buttons(await marie.see('How was it paid?')).find((label) => label.endsWith(' cash')));
      await marie.see('Recorded: €80.00');
    } finally {
      await world.stop();
    }
  });
});
