// SPEC 3.11: an organization's staff: invited, told of, seen at work, and removed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { buttons } from './simulator.mjs';

describe('a team in German', { concurrency: false }, () => {
  let world, studio, house, anna, staff, service;
  const as = () => ({ account: studio.identity });
  before(async () => {
    world = await World.all();
    studio = await world.simulator.person({ first_name: 'Studio', language_code: 'de' });
    await world.account(studio.identity, { name: 'Studio' });
    house = await world.admin.change('AccountService', 'RegisterProvider',
      { kind: 'PROVIDER_KIND_ORGANIZATION', display_name: 'Salon Süd' }, as());
    await studio.start();
  });
  after(() => world.stop());

  async function join(name, code) {
    const person = await world.simulator.person({ first_name: name, language_code: 'de' });
    const specialist = await world.specialist({ identity: person.identity, name, services: [] });
    await world.admin.change('InvitationService', 'RedeemInvitation', { code }, { account: specialist.account });
    return { person, specialist };
  }

  test('an empty team says so and invites with a link for one person', async () => {
    await studio.practice('Team');
    await studio.see('Noch ist niemand in Ihrem Team');
    await studio.tap('➕ Einladen');
    await studio.tap('Erstellen');
    await studio.see('Geben Sie diesen Link weiter');
    const { invitations } = await world.admin.call('InvitationService', 'ListInvitations', { parent: house.name }, as());
    assert.equal(invitations[0].kind, 'KIND_STAFF');
    assert.equal(invitations[0].max_uses, 1);
    const klara = await join('Klara', invitations[0].code);
    await studio.see('gehört jetzt zu Ihrem Team', { since: 0 });
    const { code } = await world.invite(house.name, as(), { kind: 'KIND_STAFF' });
    staff = [klara, await join('Ben', code)];
    service = await world.admin.change('CatalogService', 'CreateService',
      { parent: house.name, service: { display_name: 'Massage', duration: { seconds: 3600 } } }, as());
    anna = await joined(world, { code: (await world.invite(house.name, as())).code }, t, { first_name: 'Anna' });
  });

  test('the team is listed with what it has today, and each has a calendar', async () => {
    await studio.practice('Team');
    const list = await studio.see('Ihr Team');
    assert.match(list.plain, /👤 Klara · heute/);
    assert.ok(buttons(list).includes('Ben'));
    await studio.tap('Klara');
    await studio.see('👤 Klara');
    await studio.tap('Kalender');
    await studio.see('Woche');
    await studio.tap('Woche');
    assert.match((await studio.see('Diese Woche')).plain, /👤 Klara/);
    await studio.key('Kalender');
    const all = await studio.see('👤 Ben:');
    assert.match(all.plain, /👤 Klara:/);
  });

  test('what one of the team offers is ticked, and what nobody else offers stays', async () => {
    const offered = async () =>
      (await world.admin.call('CatalogService', 'GetService', { name: service.name }, as())).specialists;
    await studio.practice('Team');
    await studio.tap('Klara');
    await studio.see('Entfernen');
    await studio.tap('Leistungen');
    await studio.tap('✅ Massage');
    await studio.see('⬜ Massage');
    assert.deepEqual(await offered(), [staff[1].specialist.name]);
    await studio.tap('⬜ Massage');
    await studio.see('✅ Massage');
    assert.deepEqual(await offered(), [], 'all offer it, who joins later, too');
    await studio.tap('✅ Massage');
    await studio.see('⬜ Massage');
    await studio.practice('Team');
    await studio.tap('Ben');
    await studio.see('Entfernen');
    await studio.tap('Leistungen');
    await studio.tap('✅ Massage');
    await studio.see('Sonst bietet das niemand an');
    assert.deepEqual(await offered(), [staff[1].specialist.name]);
    await studio.practice('Team');
    await studio.tap('Klara');
    await studio.see('Entfernen');
    await studio.tap('Leistungen');
    await studio.tap('⬜ Massage');
    await studio.see('✅ Massage');
  });

  test('who is removed leaves appointments to others, and customers are told', async () => {
    const klara = staff[0].specialist.name;
    const [first] = await world.slots(house.name, { service: service.name, specialist: klara, count: 1 });
    const request = { parent: house.name, appointment: { service: service.name, specialist: klara, start_time: { seconds: first } } };
    const asked = await world.admin.change('BookingService', 'RequestAppointment', request, { account: anna.identity });
    await world.admin.change('BookingService', 'AcceptAppointment', { name: asked.name });
    await studio.practice('Team');
    await studio.tap('Klara');
    await studio.tap('Entfernen');
    const ask = await studio.see('aus dem Team entfernen?');
    assert.match(ask.plain, /1 offener Termin:/);
    assert.match(ask.plain, /• .+ · Anna/);
    assert.match(ask.plain, /1 davon kann jemand anders übernehmen/);
    await studio.tap('Andere übernehmen');
    await studio.see('ist nicht mehr in Ihrem Team');
    const moved = await world.admin.call('BookingService', 'GetAppointment', { name: asked.name });
    assert.equal(moved.specialist, staff[1].specialist.name);
    assert.equal(moved.status, 'STATUS_ACCEPTED');
    await anna.see('Ben', { since: 0 });
    await studio.practice('Team');
    const list = await studio.see('Ihr Team');
    assert.ok(!buttons(list).includes('Klara'));
  });
});
