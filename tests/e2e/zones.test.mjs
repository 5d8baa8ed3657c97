// SPEC 2.2: the zone by a city or a country, and whose clock is shown until there is one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { buttons } from './simulator.mjs';

describe('time zones in German', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  async function invited(name) {
    const person = await world.simulator.person({ first_name: name, language_code: 'de' });
    await person.start(specialist.code);
    const ask = await person.see(t.askZone);
    assert.match(ask.plain, /Schreiben Sie mir Ihre Stadt/);
    return person;
  }

  test('a country finds its zones, whatever the language, and an unknown place says what helps', async () => {
    const anna = await invited('Anna');
    await anna.say('Musterhausen');
    await anna.see('die nächste große Stadt oder Ihr Land');
    await anna.say('USA');
    const usa = await anna.see('New York ·');
    assert.ok(buttons(usa).some((label) => label.startsWith('Chicago ·')));
    await anna.say('Україна');
    await anna.see('Kiew ·');
    await anna.say('deutschland');
    const germany = await anna.see('Berlin ·');
    await anna.tap(buttons(germany).find((label) => label.startsWith('Berlin ·')));
    await anna.see('Europe/Berlin');
  });

  test('on the screen of an offset a city or a country can be typed, too', async () => {
    const ben = await invited('Ben');
    const offsets = await ben.see('UTC+1');
    await ben.tap(buttons(offsets).find((label) => label.startsWith('UTC+1 ')));
    await ben.see('Ist sie nicht dabei, schreiben Sie sie mir');
    await ben.say('Schweiz');
    const cities = await ben.see('Zürich ·');
    await ben.tap(buttons(cities).find((label) => label.startsWith('Zürich ·')));
    await ben.see('Europe/Zurich');
  });

  test('without a zone every time is on the provider’s clock, which is named', async () => {
    const cleo = await invited('Cleo');
    await cleo.tap('Später');
    await cleo.see(t.request, { since: 0 });
    await requestOne(world, specialist, cleo, t);
    await cleo.tap(t.appointments);
    const list = await cleo.see('Ihre nächsten Termine');
    assert.match(list.plain, /Zeitzone: Europe\/Berlin/);
    await cleo.tap('Spezialistenliste');
    await cleo.tap('👤 Marie');
    await cleo.tap(t.chat);
    await cleo.see('Sie schreiben jetzt mit');
    await cleo.arrived(await cleo.say('Guten Tag'));
    await cleo.tap('Spezialistenliste');
    await cleo.tap('👤 Marie');
    await cleo.tap(t.chat);
    const chat = await cleo.see('Guten Tag');
    assert.match(chat.plain, /Zeitzone: Europe\/Berlin/);
    const sent = Number(/(\d\d):\d\d/.exec(chat.plain)[1]);
    const berlin = Number(new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin', hour: '2-digit' }).format().slice(0, 2));
    assert.ok((berlin - sent + 24) % 24 <= 1, 'the stamp is of Berlin');
    await cleo.tap('Support');
    await cleo.say('Wie geht das?');
    await cleo.see('Support', { since: 0 });
    await world.simulator.settled();
    await cleo.tap('Support');
    const support = await cleo.see('Wie geht das?');
    assert.match(support.plain, /Zeitzone: UTC/);
  });
});
