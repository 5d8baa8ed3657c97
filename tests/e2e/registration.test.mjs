// SPEC 2.12: becoming a provider, and the set-up that follows.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pickZone } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { buttons, dataOf } from './simulator.mjs';

describe('registration in German', { concurrency: false }, () => {
  let world;
  before(async () => (world = await World.all()));
  after(() => world.stop());

  async function newcomer(name) {
    const person = await world.simulator.person({ first_name: name, language_code: 'de' });
    await person.start();
    await person.tap('Registrierungsoptionen');
    await person.see('👤 Spezialist');
    return person;
  }
  // Whatever a step asks says which step it is, and can be skipped.
  function onTheWay(screen, number) {
    assert.match(screen.plain, new RegExp(`Schritt ${number} von 3`));
    assert.ok(buttons(screen).includes('Überspringen'), `${buttons(screen)}`);
  }
  const provider = (person) =>
    world.admin.call('ProviderService', 'GetProvider', { name: 'providers/me' }, { account: person.identity });

  test('the options are specialist, organization and about, and there is no way back', async () => {
    const rosa = await newcomer('Rosa');
    const screen = await rosa.see('👤 Spezialist', { since: 0 });
    assert.deepEqual(buttons(screen), ['👤 Spezialist', '🏫 Organisation', 'Über den Service']);
  });

  test('a specialist is led from service to invitation, step by step, across a restart', async () => {
    const sara = await newcomer('Sara');
    await sara.tap('👤 Spezialist');
    await sara.see('Unter welchem Namen');
    await sara.say('Dr. Sara Blum');
    await sara.see('Als Spezialist „Dr. Sara Blum“ registrieren?');
    await sara.tap('Ja, registrieren');
    await sara.see(t.askZone);
    await assert.rejects(provider(sara), (error) => error.reason === 'NOT_FOUND', 'not without a zone');
    await pickZone(sara, t, 'Europe/Berlin');
    // Each step is open as soon as it is reached.
    const first = await sara.see('Schritt 1 von 3');
    assert.match(first.plain, /Wie heißt die Leistung\?/);
    await sara.say('Beratung');
    onTheWay(await sara.see('Wie lange dauert sie?'), 1);
    await sara.say('50');
    onTheWay(await sara.see('Was kostet sie?'), 1);
    await sara.say('1.200');
    await sara.see('1.200,00 €');
    await sara.say('80');
    await sara.see('80,00 €');
    await sara.tap('✅ Anlegen');
    const second = await sara.see('Schritt 2 von 3');
    assert.ok(buttons(second).includes('Montag bis Freitag'));
    await world.simulator.settled();

    await world.adapter.stop();
    await world.startAdapter();
    await sara.start();
    await sara.see('Schritt 2 von 3');
    await sara.tap('Arbeitszeiten');
    await sara.tap('Montag bis Freitag');
    onTheWay(await sara.see('Weiter ▶'), 2);
    await sara.tap('Weiter ▶');
    onTheWay(await sara.see('Ab wann?'), 2);
    await sara.say('nie');
    onTheWay(await sara.see('Diese Zeiten habe ich nicht verstanden'), 2);
    await sara.say('9-17');
    const third = await sara.see('Schritt 3 von 3');
    assert.match(third.plain, /Freitag: 09:00–17:00/);
    await sara.tap('Erstellen');
    const end = await sara.see('Fertig eingerichtet');
    assert.deepEqual(buttons(end), ['Einladungen', 'Hauptmenü']);
    const made = await sara.see('Geben Sie diesen Link weiter', { since: 0 });
    const picture = await sara.see('Wer diesen QR-Code scannt', { since: 0 });
    assert.ok(picture.photo, 'the QR code is a picture');
    assert.ok(made.message_id < picture.message_id && picture.message_id < end.message_id, 'what goes on is below');

    const registered = await provider(sara);
    assert.equal(registered.currency_code, 'EUR');
    assert.equal(registered.currency_guessed, false, 'the price that was shown and kept set it');
    assert.equal(registered.display_name, 'Dr. Sara Blum');
    assert.equal(registered.time_zone, 'Europe/Berlin');
    const parent = registered.name;
    const as = { account: sara.identity };
    const { services } = await world.admin.call('CatalogService', 'ListServices', { parent }, as);
    assert.deepEqual(services.map(({ display_name: name }) => name), ['Beratung']);
    const { invitations } = await world.admin.call('InvitationService', 'ListInvitations', { parent }, as);
    assert.ok(made.plain.includes(invitations[0].code));
    const steps = await sara.count('Schritt');
    await sara.start();
    await sara.see('Guten Tag');
    await world.simulator.settled();
    assert.equal(await sara.count('Schritt'), steps, 'the set-up is over');
  });

  test('every step can be skipped, an organization has a team instead of hours, and the end says what is missing', async () => {
    const uli = await newcomer('Uli');
    await uli.tap('🏫 Organisation');
    await uli.see('Wie heißt Ihre Organisation?');
    await uli.say('Praxis am Park');
    await uli.see('Als Organisation „Praxis am Park“ registrieren?');
    await uli.tap('Ja, registrieren');
    await pickZone(uli, t, 'Europe/Berlin');
    await uli.see('Schritt 1 von 3');
    await uli.tap('Überspringen');
    const team = await uli.see('Schritt 2 von 3');
    assert.match(team.plain, /Laden Sie Ihr Team ein/);
    await uli.tap('Erstellen');
    await uli.see('Schritt 3 von 3');
    const { invitations } = await world.admin.call('InvitationService', 'ListInvitations',
      { parent: (await provider(uli)).name }, { account: uli.identity });
    assert.deepEqual(invitations.map(({ kind }) => kind), ['KIND_STAFF']);
    await uli.tap('Überspringen');
    const end = await uli.see('Noch offen: Leistung, Team – vorher kann niemand buchen.');
    assert.deepEqual(buttons(end), ['➕ Neue Leistung', '➕ Ins Team einladen', 'Einladungen', 'Hauptmenü']);
    assert.equal((await provider(uli)).kind, 'PROVIDER_KIND_ORGANIZATION');
  });

  test('a typed name registers nobody before its button, and can be typed anew', async () => {
    const tina = await newcomer('Tina');
    await tina.tap('👤 Spezialist');
    await tina.see('oder schreiben Sie einen anderen');
    await tina.say('Was kostet das eigentlich?');
    await tina.see('Als Spezialist „Was kostet das eigentlich?“ registrieren?');
    await tina.say('Tina & <Co>');
    const question = await tina.see('Als Spezialist „Tina & <Co>“ registrieren?');
    await tina.tap('◀ Anderer Name');
    await tina.see('Unter welchem Namen');
    await tina.say('Tina Tanz');
    await tina.see('Als Spezialist „Tina Tanz“ registrieren?');
    // An old button acts on no other text than its own.
    await tina.forge(dataOf(question, 'Ja, registrieren'));
    await tina.see('Unter welchem Namen');
    await assert.rejects(provider(tina), (error) => error.reason === 'NOT_FOUND');
    await tina.say('Tina Tanz');
    await tina.see('Als Spezialist „Tina Tanz“ registrieren?');
    await tina.tap('Ja, registrieren');
    await pickZone(tina, t, 'Europe/Berlin');
    await tina.see('Schritt 1 von 3');
    assert.equal((await provider(tina)).display_name, 'Tina Tanz');
  });

  test('the second of two taps does not begin the set-up again', async () => {
    for (const typed of [false, true]) {
      const name = typed ? 'Zita Zwei' : 'Zoe';
      const zoe = await newcomer('Zoe');
      await world.account(zoe.identity, { name: 'Zoe' }); // With a zone, so that none is asked for.
      await zoe.tap('👤 Spezialist');
      await zoe.see('Unter welchem Namen');
      if (typed) await zoe.say(name);
      const question = await zoe.see(typed ? 'Ja, registrieren' : 'Unter welchem Namen', { since: 0 });
      const data = dataOf(question, typed ? 'Ja, registrieren' : name);
      await zoe.forge(data, question.message_id);
      await zoe.see('Schritt 1 von 3');
      await zoe.tap('Überspringen');
      await zoe.see('Schritt 2 von 3');
      await zoe.forge(data, question.message_id);
      await world.simulator.settled();
      assert.equal(await zoe.count('Schritt 1 von 3'), 0, name);
      assert.equal(await zoe.count('Schritt 2 von 3'), 1, name);
      assert.equal(await zoe.count('Willkommen'), 1, name);
      assert.equal((await provider(zoe)).display_name, name);
    }
  });

  test('nor does it where the zone is asked for in between', async () => {
    for (const typed of [false, true]) {
      const name = typed ? 'Zita Zwei' : 'Zoe';
      const zoe = await newcomer('Zoe');
      await zoe.tap('👤 Spezialist');
      await zoe.see('Unter welchem Namen');
      if (typed) await zoe.say(name);
      const question = await zoe.see(typed ? 'Ja, registrieren' : 'Unter welchem Namen', { since: 0 });
      const data = dataOf(question, typed ? 'Ja, registrieren' : name);
      for (let i = 0; i < 2; ++i) await zoe.forge(data, question.message_id);
      await zoe.see(t.askZone, { since: 0 });
      await world.simulator.settled();
      assert.equal(await zoe.count(t.askZone), 1, name);
      await assert.rejects(provider(zoe), (error) => error.reason === 'NOT_FOUND');
      await zoe.say('Berlin');
      const cities = await zoe.see('Berlin, ');
      const city = dataOf(cities, buttons(cities).find((label) => label.startsWith('Berlin, ')));
      for (let i = 0; i < 2; ++i) await zoe.forge(city, cities.message_id);
      await zoe.see('Schritt 1 von 3', { since: 0 });
      await world.simulator.settled();
      assert.equal(await zoe.count('Schritt 1 von 3'), 1, name);
      assert.equal(await zoe.count('Willkommen'), 1, name);
      assert.equal((await provider(zoe)).display_name, name);
    }
  });

  test('a name that was typed belongs to what it was typed for', async () => {
    const kim = await newcomer('Kim');
    await kim.tap('🏫 Organisation');
    await kim.say('Praxis Süd');
    await kim.tap('Ja, registrieren');
    await kim.see(t.askZone);
    // Thinks better of it, and is a specialist under the own name.
    await kim.tap('Registrierungsoptionen');
    await kim.tap('👤 Spezialist');
    await kim.tap('Kim');
    await pickZone(kim, t, 'Europe/Berlin');
    await kim.see('Schritt 1 von 3');
    const registered = await provider(kim);
    assert.deepEqual([registered.kind, registered.display_name], ['PROVIDER_KIND_SPECIALIST', 'Kim']);
  });

  test('who is one kind cannot be the other, and is told the way out', async () => {
    const vera = await newcomer('Vera');
    await vera.tap('👤 Spezialist');
    await vera.tap('Vera');
    await pickZone(vera, t, 'Europe/Berlin');
    await vera.see('Schritt 1 von 3');
    await vera.tap('Später');
    assert.ok(!(await vera.keyboard()).flat().includes('Registrierungsoptionen'), 'nothing is left to register');
    await vera.say('Registrierungsoptionen'); // As an old keyboard does.
    await vera.tap('🏫 Organisation');
    const refusal = await vera.see('nie beides');
    assert.match(refusal.plain, /zweiten Telegram-Konto/);
    assert.equal((await provider(vera)).kind, 'PROVIDER_KIND_SPECIALIST');
    await vera.say('Termine');
    await vera.see('keine anstehenden Termine');
  });

  test('what is missing is opened where it is told, and told until it is there; customers are offered a chat', async () => {
    const noa = await newcomer('Noa');
    await noa.tap('👤 Spezialist');
    await noa.tap('Noa');
    await pickZone(noa, t, 'Europe/Berlin');
    await noa.see('Schritt 1 von 3');
    await noa.tap('Später');
    const home = await noa.see('Noch offen: Leistung, Arbeitszeiten – vorher kann niemand buchen.');
    assert.deepEqual(buttons(home), ['➕ Neue Leistung', 'Arbeitszeiten', 'Anfragen', 'Kalender']);
    const name = (await provider(noa)).name;
    const { code } = await world.invite(name, { account: noa.identity });
    const anna = await world.simulator.person({ first_name: 'Anna', language_code: 'de' });
    await world.account(anna.identity, { name: 'Anna' });
    await anna.start(code);
    const nothing = await anna.see('👤 Noa bietet noch keine Termine an.');
    assert.deepEqual(buttons(nothing), ['Chat', 'Hauptmenü']);
    await anna.see('Ihr Menü finden Sie unten.', { since: 0 });
    await anna.tap(t.request);
    await anna.tap('👤 Noa');
    await anna.see('bietet noch keine Termine an');
    await anna.tap('Chat');
    await anna.see('Sie schreiben jetzt mit');

    await noa.tap('➕ Neue Leistung');
    await noa.say('Beratung');
    await noa.say('50');
    await noa.see('Was kostet sie?');
    await noa.say('80');
    await noa.tap('✅ Anlegen');
    const made = await noa.see('Noch offen: Arbeitszeiten – vorher kann niemand buchen.');
    assert.ok(buttons(made).includes('Arbeitszeiten'), `${buttons(made)}`);
    await noa.start();
    await noa.see('Noch offen: Arbeitszeiten – vorher kann niemand buchen.');
    await noa.tap('Arbeitszeiten');
    await noa.tap('Montag bis Freitag');
    await noa.tap('Weiter ▶');
    await noa.say('9-17');
    await noa.see('Freitag: 09:00–17:00');
    await noa.start();
    await noa.see('Guten Tag');
    await world.simulator.settled();
    assert.equal(await noa.count('Noch offen'), 0);
    await anna.start(code);
    await anna.see('An welchem Tag?');
  });
});
