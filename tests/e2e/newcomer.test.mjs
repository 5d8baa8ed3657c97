// From the link of an invitation to a request, with as few clicks as it takes: SPEC 2.1 to 2.3.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from './core.mjs';
import { ZONE, isDay, newest, worldWithMarie } from './customer_walk.mjs';
import { World, wallClock } from './harness.mjs';
import { german as t } from './labels.mjs';
import { buttons } from './simulator.mjs';

const CLICKS_MAX = 6;
const isFirstTime = (label) => /, \d\d:\d\d$/.test(label); // "Mo., 28. Dez., 15:00".

// A person who follows the link, and counts that and every tap.
async function newcomer(world, code, first_name) {
  const person = await world.simulator.person({ first_name, language_code: 'de' });
  let clicks = 1;
  await person.start(code);
  const tap = async (text, label) => {
    const screen = await person.see(text);
    const wanted = buttons(screen).find((each) => (label ?? ((other) => other.includes(text)))(each));
    assert.ok(wanted, `nothing to tap for ${text} among ${buttons(screen)}`);
    clicks += 1;
    await person.tap(wanted);
  };
  return { person, tap, clicks: () => clicks };
}

async function publishTerms(world, specialist) {
  const document = { display_name: 'AGB', needs_consent: true, blocks_booking: true };
  const header = { parent: specialist.name, document, content_type: 'text/plain', request_id: newId() };
  await world.admin.upload('ConsentService', 'PublishConsentDocument', (stream) => {
    stream.write({ header });
    stream.end({ data: Buffer.from('Fassung 1') });
  });
}

describe('a newcomer', { concurrency: false }, () => {
  let world, specialist;
  before(async () => ({ world, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  test('requests the first free time with five clicks', async () => {
    const { person, tap, clicks } = await newcomer(world, specialist.code, 'Ada');
    await tap('Wie Marie: Berlin, jetzt ');
    await tap(t.service);
    const month = await person.see('An welchem Tag?');
    const firsts = buttons(month).filter(isFirstTime);
    const [start] = await world.slots(specialist.name, { service: specialist.services[0].name, count: 1 });
    assert.equal(firsts.length, 3, buttons(month));
    assert.ok(firsts[0].endsWith(wallClock(start, ZONE)), `${firsts[0]} is the first free time`);
    await tap('An welchem Tag?', isFirstTime);
    await tap(t.confirm);
    await person.see(t.status.pending);
    assert.ok(clicks() <= CLICKS_MAX - 1, `${clicks()} clicks`);
    assert.equal(Number((await newest(world, specialist, person)).start_time.seconds), start);
    const { time_zone: zone } = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: person.identity });
    assert.equal(zone, ZONE);
  });

  test('requests any free time with six', async () => {
    const { person, tap, clicks } = await newcomer(world, specialist.code, 'Bea');
    await tap('Wie Marie: Berlin, jetzt ');
    await tap(t.service);
    await tap('An welchem Tag?', isDay);
    await tap('Um wie viel Uhr?', (label) => /^\d\d:\d\d$/.test(label));
    await tap(t.confirm);
    await person.see(t.status.pending);
    assert.ok(clicks() <= CLICKS_MAX, `${clicks()} clicks`);
  });

  test('who types a city, or leaves the zone for later, goes on to the services as well', async () => {
    const { person, tap } = await newcomer(world, specialist.code, 'Cem');
    await person.see(t.askZone);
    await person.say('Graz');
    await tap('Graz, Österreich');
    const services = await person.see('Welche Leistung wünschen Sie?');
    assert.ok(buttons(services).some((label) => label.startsWith(t.service)));
    const other = await newcomer(world, specialist.code, 'Dea');
    await other.tap('Später');
    await other.person.see('Welche Leistung wünschen Sie?');
  });

  test('signs what must be signed before the summary, with six clicks in all', async () => {
    await publishTerms(world, specialist);
    const { person, tap, clicks } = await newcomer(world, specialist.code, 'Eva');
    await tap('Wie Marie: Berlin, jetzt ');
    await tap(t.service);
    await tap('An welchem Tag?', isFirstTime);
    await tap('Ich stimme zu');
    await tap(t.confirm);
    await person.see(t.status.pending);
    assert.ok(clicks() <= CLICKS_MAX, `${clicks()} clicks`);
  });
});

describe('a newcomer to who offers one service', { concurrency: false }, () => {
  let world, specialist;
  before(async () => {
    world = await World.all();
    const services = [{ display_name: 'Beratung', duration: { seconds: 3000 } }];
    specialist = await world.specialist({ name: 'Jo', zone: 'Asia/Kathmandu', services });
  });
  after(() => world.stop());

  test('comes straight to its times, with four clicks to the request', async () => {
    const { person, tap, clicks } = await newcomer(world, specialist.code, 'Finn');
    await tap('Wie Jo: Kathmandu, jetzt ');
    await tap('An welchem Tag?', isFirstTime);
    await tap(t.confirm);
    await person.see(t.status.pending);
    assert.equal(clicks(), 4);
    // The second time there is no zone to ask for.
    await person.start(specialist.code);
    await person.see('An welchem Tag?');
    await person.seesKeyboard(t.menu);
  });

  test('on another clock sees both beside each of the first times', async () => {
    const { person } = await newcomer(world, specialist.code, 'Gil');
    await person.see(t.askZone);
    await person.say('Hamburg');
    await person.tap(buttons(await person.see('Hamburg, Deutschland'))[0]);
    const month = await person.see('An welchem Tag?');
    const [start] = await world.slots(specialist.name, { service: specialist.services[0].name, count: 1 });
    const both = `${wallClock(start, ZONE)} (${wallClock(start, 'Asia/Kathmandu')})`;
    assert.ok(buttons(month)[0].endsWith(both), buttons(month)[0]);
  });
});
