// From a solo specialist's first /start to the first appointment that is agreed: how little it takes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { buttons } from './simulator.mjs';
import { tapping } from './taps.mjs';

const TAPS_MAX = 15;
const TEXTS_MAX = 4;

let world;
before(async () => (world = await World.all({ web: true })));
after(() => world.stop());

test('a specialist has the first appointment with at most 15 taps and 4 typed texts', async () => {
  const miriam = await world.simulator.person({ first_name: 'Miriam', language_code: 'de' });
  const counting = tapping(miriam);
  let texts = 0;
  const tap = async (label) => {
    await miriam.see(label, { since: 0 });
    await counting.tap(label);
  };
  const type = async (text) => {
    texts += 1;
    await miriam.say(text);
  };
  // The city where the reader's language is at home, with what its clock shows.
  const tapOwnZone = async () => {
    const zones = buttons(await miriam.see(t.askZone));
    const berlin = zones.find((label) => label.startsWith('Berlin, jetzt '));
    assert.ok(berlin, `${zones}`);
    await counting.tap(berlin);
  };

  await miriam.start();
  counting.taps += 1; // "Start" itself is a button.
  await counting.tap('Registrierungsoptionen');
  await tap('👤 Spezialist');
  await tap('Miriam');
  await tapOwnZone();
  await miriam.see('Wie heißt die Leistung?');
  await type('Beratung');
  await tap('50 Min.');
  await miriam.see('Was kostet sie?');
  await type('80');
  await tap('✅ Anlegen');
  await tap('Montag bis Freitag');
  await tap('Weiter ▶');
  await miriam.see('Ab wann?');
  await type('9–12:30, 14–18');
  await tap('Erstellen');
  await miriam.see('Schritt 4 von 4');
  await tap('Veröffentlichen');
  await miriam.see('Fertig eingerichtet');

  const link = /start=([\w-]+)/.exec((await miriam.see('Geben Sie diesen Link weiter', { since: 0 })).plain);
  const anna = await world.simulator.person({ first_name: 'Anna', language_code: 'de' });
  await anna.start(link[1]);
  await anna.tap(buttons(await anna.see('Wie Miriam: Berlin')).find((label) => label.startsWith('Wie Miriam')));
  await anna.tap(buttons(await anna.see('An welchem Tag?')).find((label) => /, \d\d:\d\d$/.test(label)));
  await anna.tap(t.confirm);
  await miriam.see('Neue Anfrage von Anna', { since: 0 });
  await tap(t.accept);
  await anna.see(t.status.accepted);

  console.log(`# to the first appointment: ${counting.taps} taps and ${texts} typed texts (at most ${TAPS_MAX} and ${TEXTS_MAX})`);
  assert.ok(counting.taps <= TAPS_MAX, `${counting.taps} taps`);
  assert.ok(texts <= TEXTS_MAX, `${texts} typed texts`);
  const { appointments } = await world.admin.call('BookingService', 'ListAppointments', {
    parent: (await world.admin.call('ProviderService', 'GetProvider', { name: 'providers/me' }, { account: miriam.identity })).name,
  });
  assert.deepEqual(appointments.map(({ status }) => status), ['STATUS_ACCEPTED']);
});
