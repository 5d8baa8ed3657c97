// SPEC 3.11: who of an organization's staff offers a service: the organization says who is to, and
// each of them whether they do.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';

describe('who offers a service of an organization', { concurrency: false }, () => {
  let world, studio, house, klara, ben, service, anna;
  const as = () => ({ account: studio.identity });
  before(async () => {
    world = await World.all();
    studio = await world.simulator.person({ first_name: 'Studio', language_code: 'de' });
    await world.account(studio.identity, { name: 'Studio' });
    house = await world.admin.change('AccountService', 'RegisterProvider',
      { kind: 'PROVIDER_KIND_ORGANIZATION', display_name: 'Salon Süd' }, as());
    [klara, ben] = [await join('Klara'), await join('Ben')];
    service = await world.admin.change('CatalogService', 'CreateService',
      { parent: house.name, service: { display_name: 'Massage', duration: { seconds: 3600 } } }, as());
    anna = await joined(world, { code: (await world.invite(house.name, as())).code }, t, { first_name: 'Anna' });
    for (const person of [studio, klara.person, ben.person]) await person.start();
  });
  after(() => world.stop());

  async function join(name) {
    const person = await world.simulator.person({ first_name: name, language_code: 'de' });
    const specialist = await world.specialist({ identity: person.identity, name, services: [] });
    const { code } = await world.invite(house.name, as(), { kind: 'KIND_STAFF' });
    await world.admin.change('InvitationService', 'RedeemInvitation', { code }, { account: specialist.account });
    return { person, specialist, name: specialist.name };
  }
  const offered = async () =>
    (await world.admin.call('CatalogService', 'GetService', { name: service.name }, as())).specialists;
  const slotsOf = ({ name }) => world.slots(house.name, { service: service.name, specialist: name, count: 1 });
  const refuses = (one) => assert.rejects(slotsOf(one), (error) => error.reason === 'SPECIALIST_NOT_OFFERING');
  async function team() {
    await studio.practice('Leistungen');
    await studio.tap(buttons(await studio.see('Massage')).find((label) => label.startsWith('Massage')));
    await studio.see('Archivieren');
    await studio.tap('Team');
    return studio.see('Klara');
  }
  async function houseOf({ person }) {
    await person.practice('Leistungen');
    await person.see('🏫 Salon Süd');
    await person.tap('🏫 Salon Süd');
    // News of an appointment name the house, too.
    return until('the house is opened', async () =>
      (await person.messages()).findLast(({ plain }) => plain.startsWith('🏫 Salon Süd\n')),
    );
  }
  const massageOf = (screen) => buttons(screen).find((label) => label.includes('Massage'));

  test('all offer it at first; who is unticked cannot be booked, and one has to be left', async () => {
    const screen = await team();
    assert.match(screen.plain, /Alle im Team bieten sie an/);
    assert.deepEqual(buttons(screen).slice(0, 2).sort(), ['✅ Ben', '✅ Klara']);
    assert.equal((await slotsOf(klara)).length, 1);
    await studio.tap('✅ Klara');
    await studio.see('▫️ Klara');
    assert.deepEqual(await offered(), [ben.name]);
    await refuses(klara);
    assert.equal((await slotsOf(ben)).length, 1);
    await studio.tap('✅ Ben');
    await studio.see('Eine Person muss sie anbieten');
    assert.deepEqual(await offered(), [ben.name]);
  });

  test('who is not meant for a service has nothing to decide', async () => {
    const screen = await houseOf(klara);
    assert.match(screen.plain, /noch keine Leistung für Sie vorgesehen/);
    assert.equal(massageOf(screen), undefined);
    await team();
    await studio.tap('▫️ Klara');
    await studio.see('Alle im Team bieten sie an');
    assert.deepEqual(await offered(), [], 'all offer it, who joins later, too');
    assert.match(massageOf(await houseOf(klara)), /^✅ Massage/);
  });

  test('each decides for themselves: new bookings end, agreed ones stay, and the organization sees it', async () => {
    const [start] = await slotsOf(ben);
    const request = { parent: house.name, appointment: { service: service.name, specialist: ben.name, start_time: { seconds: start } } };
    const asked = await world.admin.change('BookingService', 'RequestAppointment', request, { account: anna.identity });
    await world.admin.change('BookingService', 'AcceptAppointment', { name: asked.name });
    await ben.person.tap(massageOf(await houseOf(ben)));
    await ben.person.see('▫️ Massage');
    await refuses(ben);
    assert.equal((await slotsOf(klara)).length, 1);
    const kept = await world.admin.call('BookingService', 'GetAppointment', { name: asked.name });
    assert.deepEqual([kept.status, kept.specialist], ['STATUS_ACCEPTED', ben.name]);
    const screen = await team();
    assert.match(screen.plain, /🚫 bietet sie nach eigenem Wunsch nicht an/);
    assert.ok(buttons(screen).includes('🚫 Ben'), `${buttons(screen)}`);
    assert.deepEqual(await offered(), [], 'two lists: neither overwrites the other');
  });

  test('who changes their mind can be booked again', async () => {
    await ben.person.tap(massageOf(await houseOf(ben)));
    await ben.person.see('✅ Massage');
    assert.equal((await slotsOf(ben)).length, 1);
    assert.ok(buttons(await team()).includes('✅ Ben'));
  });
});
