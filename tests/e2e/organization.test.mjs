// A month of an organization: three specialists in three zones, two of them with a practice of their
// own, and twenty customers, from the registration to the statistics (SPEC 2, 3 and 4).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { requestNotice } from './customer_walk.mjs';
import { wallClock, wallDate } from './harness.mjs';
import { DAY_S, House, t } from './house.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf } from './simulator.mjs';

const ZONES = { Berta: 'Europe/Berlin', Nora: 'America/New_York', Kiran: 'Asia/Kathmandu' };
const HOUSE = 'Studio Nord';
// What 17 of the customers ask for, over gRPC: whom, on which of the days, at which of its starts, and
// what becomes of it at first.
const ASKED = [
  ['Dora', 'Berta', 0, 0],
  ['Emil', 'Berta', 1, 4, 'CANCELLED'],
  ['Fritz', 'Berta', 2, 8],
  ['Gerda', 'Berta', 5, 0],
  ['Hanna', 'Berta', 5, 4],
  ['Ida', 'Berta', 5, 8],
  ['Jan', 'Nora', 2, 0],
  ['Karl', 'Nora', 3, 4, 'REJECTED'],
  ['Lena', 'Nora', 4, 8],
  ['Max', 'Nora', 5, 0, 'PENDING'],
  ['Nele', 'Nora', 6, 0],
  ['Otto', 'Kiran', 11, 0],
  ['Paula', 'Kiran', 11, 10],
  ['Rita', 'Kiran', 12, 2],
  ['Sven', 'Kiran', 12, 12],
  ['Tina', 'Kiran', 13, 14],
  ['Uwe', 'Kiran', 1, 4],
];

// What statistics say, and the same of appointments and sold packages; money in minor units.
const numbers = ({ requested, accepted, completed, missed, rejected, cancelled, revenue }) =>
  ({ requested, accepted, completed, missed, rejected, cancelled, revenue: revenue[0]?.minor_units ?? 0 });
function counted(appointments, sold) {
  const count = (...wanted) => appointments.filter(({ status }) => wanted.includes(status.slice('STATUS_'.length))).length;
  return {
    requested: appointments.length,
    accepted: count('ACCEPTED', 'COMPLETED', 'MISSED'),
    completed: count('COMPLETED'),
    missed: count('MISSED'),
    rejected: count('REJECTED'),
    cancelled: count('CANCELLED'),
    revenue: [...appointments, ...sold].reduce((sum, { paid }) => sum + (paid?.minor_units ?? 0), 0),
  };
}

describe('a month of an organization', { concurrency: false }, () => {
  let house, world, olga, studio, massage, care, code, days;
  const staff = {}; // By name: {person, name}.
  let staffCode;
  const customers = [];
  const agreed = {}; // Appointments by whose they are.
  before(async () => {
    house = await House.open();
    world = house.world;
  });
  after(() => world.stop());

  test('an organization registers with a service, and invites its team and its customers', async () => {
    olga = await house.newcomer('Olga');
    await olga.start();
    await house.register(olga, '🏫 Organisation', HOUSE, 'Europe/Berlin');
    await house.firstService(olga, { name: 'Massage', minutes: 60, price: 60 });
    await olga.tap('Erstellen');
    await olga.see('Schritt 3 von');
    await olga.tap('Erstellen');
    await olga.see('Team – vorher kann niemand buchen');
    studio = (await house.provider(olga)).name;
    [massage] = (await house.call('CatalogService', 'ListServices', { parent: studio }, olga)).services;
    assert.equal(massage.price.minor_units, 6000);
    const { invitations } = await house.call('InvitationService', 'ListInvitations', { parent: studio }, olga);
    code = invitations.find(({ kind }) => kind === 'KIND_CUSTOMER').code;
    assert.ok((await olga.transcript()).includes(code));
    staffCode = invitations.find(({ kind }) => kind === 'KIND_STAFF').code;
  });

  test('two specialists with a practice of their own, and one without, join it in their zones', async () => {
    for (const [name, zone] of Object.entries(ZONES)) {
      const person = await house.newcomer(name);
      const code = staffCode ?? (await world.invite(studio, { account: olga.identity }, { kind: 'KIND_STAFF' })).code;
      staffCode = null;
      if (name === 'Kiran') {
        await person.start(code);
        await person.see('Registrieren Sie sich zuerst als Spezialist');
        await house.register(person, '👤 Spezialist', name, zone);
        await person.see('Sie gehören jetzt zum Team', { since: 0 });
        await person.tap('Überspringen');
        await person.see('Schritt 2 von');
      } else {
        await person.start();
        await house.register(person, '👤 Spezialist', name, zone);
        await house.firstService(person, { name: `Yoga mit ${name}`, minutes: 90, price: 40 });
      }
      await house.weekdays(person, '9-17');
      await person.see('Schritt 3 von');
      await person.tap('Erstellen');
      if (name !== 'Kiran') {
        await person.see('Fertig eingerichtet');
        await person.start(code);
        await person.see('Sie gehören jetzt zum Team');
      }
      await olga.see(`${name} hat Ihre Einladung angenommen`, { since: 0 });
      const provider = await house.provider(person);
      assert.equal(provider.time_zone, zone);
      staff[name] = { person, name: provider.name };
    }
    const { specialists } = await house.call('ProviderService', 'GetProvider', { name: studio }, olga);
    assert.deepEqual(specialists.map(({ provider }) => provider).sort(), Object.values(staff).map(({ name }) => name).sort());
    await olga.practice('Team');
    const list = await olga.see('Ihr Team');
    for (const name of Object.keys(ZONES)) assert.ok(buttons(list).includes(name), name);
  });

  test('the catalog gets a second service, which not everybody offers', async () => {
    await olga.practice('Leistungen');
    await olga.tap('➕ Neue Leistung');
    await olga.see('Wie heißt die Leistung?');
    await olga.say('Fußpflege');
    await olga.tap('30 Min.');
    await olga.see('Was kostet sie?');
    await olga.say('35');
    await olga.tap('✅ Anlegen');
    await olga.see('Die Leistung ist angelegt');
    const { person, name } = staff.Kiran;
    await person.practice('Leistungen');
    await person.tap(`🏫 ${HOUSE}`);
    await person.tap(buttons(await person.see('✅ Fußpflege')).find((label) => label.includes('Fußpflege')));
    await person.see('▫️ Fußpflege');
    const offered = async () => (await house.call('CatalogService', 'ListServices', { parent: studio }, olga)).services;
    care = (await offered()).find(({ display_name: called }) => called === 'Fußpflege');
    await assert.rejects(house.days(studio, name, care.name), (error) => error.reason === 'SPECIALIST_NOT_OFFERING');
    assert.ok((await house.days(studio, staff.Nora.name, care.name)).length > 0);
  });

  test('twenty customers join, each with a clock of their own', async () => {
    const names = 'Anna Ben Clara Dora Emil Fritz Gerda Hanna Ida Jan Karl Lena Max Nele Otto Paula Rita Sven Tina Uwe'.split(' ');
    const zones = ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Kathmandu'];
    for (const [i, name] of names.entries()) customers.push(await house.customer(name, code, i < 2 ? zones[0] : zones[i % 4]));
    await olga.key('Kunden');
    await olga.see('👥 Kunden · 20');
    const { links } = await house.call('LinkService', 'ListLinks', { parent: studio, page_size: 200 }, olga);
    assert.equal(links.length, 20);
    // From Monday to Friday, on everybody's clock: noon in Berlin is on the same date elsewhere.
    const starts = await house.days(studio, staff.Berta.name, massage.name, customers[0]);
    days = starts.map(([start]) => wallDate(start, ZONES.Berta).day);
    assert.ok(days.length >= 17, `${days}`);
  });

  const who = (name) => customers.find((person) => person.name === name);

  test('requests go to the organization and to the specialist concerned, and either accepts', async () => {
    const summary = await house.walk(who('Anna'), { at: `🏫 ${HOUSE}`, service: 'Massage', whom: 'Berta', day: days[8], after: '11:00' });
    assert.match(summary.plain, /Berta/);
    await who('Anna').tap(t.confirm);
    await who('Anna').see(`🟡 ${t.status.pending}`);
    const [asked] = await house.appointments(studio, olga);
    assert.deepEqual([asked.status, asked.specialist], ['STATUS_PENDING', staff.Berta.name]);
    await requestNotice(staff.Berta.person, who('Anna'), t);
    await requestNotice(olga, who('Anna'), t);
    await olga.key('Anfragen');
    const card = await olga.see('1 von 1 · Anna');
    assert.match(card.plain, /Berta/);
    await olga.tap(t.accept);
    await who('Anna').see(`🟢 ${t.status.accepted}`);
    agreed.Anna = await house.becomes(asked, 'ACCEPTED');

    await house.walk(who('Clara'), { at: `🏫 ${HOUSE}`, service: 'Massage', whom: 'Nora', day: days[9] });
    await who('Clara').tap(t.confirm);
    await who('Clara').see(`🟡 ${t.status.pending}`);
    const notice = await requestNotice(staff.Nora.person, who('Clara'), t);
    await staff.Nora.person.forge(dataOf(notice, t.accept), notice.message_id);
    await who('Clara').see(`🟢 ${t.status.accepted}`, { since: 0 });
    const all = await house.appointments(studio, olga);
    agreed.Clara = await house.becomes(all.find(({ specialist }) => specialist === staff.Nora.name), 'ACCEPTED');
  });

  test('the others ask, too, and each side sees what becomes of it', async () => {
    const starts = {};
    for (const name of Object.keys(ZONES)) starts[name] = await house.days(studio, staff[name].name, massage.name, who('Anna'));
    for (const [i, [name, whom, day, index, fate = 'ACCEPTED']] of ASKED.entries()) {
      const made = await house.request(studio, who(name), starts[whom][day][index], { service: massage.name, specialist: staff[whom].name });
      const answers = i % 2 ? olga : staff[whom].person;
      const method = { ACCEPTED: 'AcceptAppointment', REJECTED: 'RejectAppointment', CANCELLED: 'CancelAppointment' }[fate];
      if (method) await house.change('BookingService', method, { name: made.name }, fate === 'CANCELLED' ? who(name) : answers);
      agreed[name] = await house.becomes(made, fate);
      if (fate === 'ACCEPTED') await who(name).see(`🟢 ${t.status.accepted}`, { since: 0 });
      if (fate === 'REJECTED') await who(name).see(`🔴 ${t.status.rejected}`, { since: 0 });
      await staff[whom].person.see(name, { since: 0 });
      await olga.see(name, { since: 0 });
    }
  });

  test('who has a practice of their own is booked there and in the organization at different times', async () => {
    const { person, name } = staff.Berta;
    const { invitations } = await house.call('InvitationService', 'ListInvitations', { parent: name }, person);
    const [yoga] = (await house.call('CatalogService', 'ListServices', { parent: name }, person)).services;
    await who('Dora').start(invitations[0].code);
    await who('Dora').see('👤 Berta');
    const [start] = (await house.days(name, '', yoga.name, who('Dora')))[0];
    assert.ok(start >= agreed.Dora.end_time.seconds, 'what the organization holds is not free');
    const own = await house.request(name, who('Dora'), start, { service: yoga.name });
    await assert.rejects(
      house.request(studio, who('Emil'), start, { service: massage.name, specialist: name }),
      (error) => error.reason === 'SLOT_TAKEN',
    );
    await house.change('BookingService', 'AcceptAppointment', { name: own.name }, person);
    assert.ok((await house.appointments(studio, olga)).every((one) => one.name !== own.name), 'not the organization’s');
  });

  test('a vacation hits three appointments: one is cancelled, one stays, one is moved', async () => {
    const { person } = staff.Berta;
    await person.practice('Zeiten');
    await person.see('Ihre Zeiten');
    await person.tap('Urlaub');
    await person.see('An welchem Tag beginnt er?');
    await person.say(`${days[5]}.${house.month.month}.–${days[5]}.${house.month.month}.`);
    const hit = await person.see('3 Termine sind betroffen');
    for (const name of ['Gerda', 'Hanna', 'Ida']) assert.ok(hit.plain.includes(name), hit.plain);
    await person.tap('⚠️ 3 Termine durchgehen');
    assert.match((await person.see('1 von 3 · außerhalb Ihrer Zeiten')).plain, /Gerda/);
    await person.tap('Absagen');
    await person.see('Gerda erfährt es sofort');
    await person.say('Ich bin im Urlaub');
    await person.tap('Ja, absagen');
    assert.match((await person.see('1 von 2 · außerhalb Ihrer Zeiten')).plain, /Hanna/);
    await person.tap('Behalten ▶');
    assert.match((await person.see('2 von 2 · außerhalb Ihrer Zeiten')).plain, /Ida/);
    await person.tap('Verschieben');
    await person.tap(buttons(await person.see('Wohin verschieben?'))[0]);
    await person.see('➡️');
    await person.tap('Verschieben');
    await person.see('Verschoben.');
    await house.becomes(agreed.Gerda, 'CANCELLED');
    await who('Gerda').see('Ich bin im Urlaub', { since: 0 });
    await who('Ida').see('🔁', { since: 0 });
    const { start_time: moved } = await house.becomes(agreed.Ida, 'ACCEPTED');
    assert.notEqual(wallDate(Number(moved.seconds), ZONES.Berta).day, days[5]);
    assert.deepEqual((await house.becomes(agreed.Hanna, 'ACCEPTED')).start_time, agreed.Hanna.start_time);
    await olga.see('Ich bin im Urlaub', { since: 0 });
  });

  test('a package is sold, paid, and used up by two visits; the third is paid by itself', async () => {
    await olga.practice('Pakete');
    await olga.tap('➕ Neues Paket');
    await olga.tap(buttons(await olga.see('Wofür gilt es?')).find((label) => label.startsWith('Massage')));
    await olga.see('Wie viele Termine?');
    await olga.say('2');
    await olga.see('Was kostet das Paket?');
    await olga.say('100');
    await olga.tap('✅ Anlegen');
    await olga.see('Das Paket ist angelegt');
    await olga.key('Kunden');
    await olga.see('👥 Kunden');
    await olga.say('Ben');
    await olga.see('Noch kein Termin');
    await olga.tap('Pakete');
    await olga.tap(buttons(await olga.see('Noch kein Paket')).find((label) => label.startsWith('➕ 2×')));
    await olga.see('an Ben verkaufen?');
    await olga.tap('✅ Verkaufen');
    await olga.see('noch 2 von 2');
    await olga.tap('➕ Zahlung');
    await olga.tap(buttons(await olga.see('Wie wurde bezahlt?')).find((label) => label.endsWith('Karte')));
    await olga.see('Erfasst: 100,00');
    const ben = who('Ben');
    await ben.see('hat Ihnen ein Paket eingerichtet', { since: 0 });
    const visit = { at: `🏫 ${HOUSE}`, service: 'Massage', whom: 'Egal, wer frei ist', after: '13:00' };
    for (const [i, left] of [1, 0].entries()) {
      const summary = await house.walk(ben, { ...visit, day: days[9 + i] });
      assert.match(summary.plain, left ? /danach noch 1 von 2/ : /Bezahlt mit 2× Massage/);
      await ben.tap(t.confirm);
      await ben.see(`🟡 ${t.status.pending}`);
      const notice = await requestNotice(olga, ben, t);
      await olga.forge(dataOf(notice, t.accept), notice.message_id);
      await ben.see(`🟢 ${t.status.accepted}`);
    }
    const [sold] = (await house.call('PackageService', 'ListSoldPackages', { parent: studio }, olga)).sold_packages;
    assert.deepEqual([sold.remaining_visits, sold.paid.minor_units], [0, 10000]);
    const third = await house.walk(ben, { ...visit, day: days[10] });
    assert.match(third.plain, /60,00/);
    assert.doesNotMatch(third.plain, /Bezahlt mit/);
  });

  test('a specialist moves an appointment, and the customer and the organization are told', async () => {
    const { person } = staff.Nora;
    const notice = await until('the card is there', async () =>
      (await person.messages()).findLast((one) => one.plain.includes('Clara') && buttons(one).includes('Verschieben')));
    const press = (label, message) => person.forge(dataOf(message, label), message.message_id);
    await press('Verschieben', notice);
    const month = await person.see('Wohin verschieben?');
    await press(buttons(month)[0], month);
    await press('Verschieben', await person.see('➡️'));
    await person.see('Verschoben.');
    const now = await house.becomes(agreed.Clara, 'ACCEPTED');
    assert.notDeepEqual(now.start_time, agreed.Clara.start_time);
    const news = await who('Clara').see('🔁', { since: 0 });
    assert.ok(news.plain.includes(wallClock(Number(now.start_time.seconds), ZONES.Nora)), news.plain);
    await olga.see('🔁', { since: 0 });
  });

  test('a day before an appointment its customer is reminded; what nobody answered is rejected at its start', async () => {
    await house.moveTo(Number(agreed.Anna.start_time.seconds) - DAY_S + 60);
    const reminder = await who('Anna').see('⏰', { since: 0 });
    assert.ok(reminder.plain.includes(wallClock(Number(agreed.Anna.start_time.seconds), ZONES.Berta)), reminder.plain);
    await house.becomes(agreed.Anna, 'ACCEPTED');
    await house.becomes(agreed.Max, 'REJECTED');
    await who('Max').see(`🔴 ${t.status.rejected}`, { since: 0 });
    for (const name of ['Dora', 'Fritz', 'Jan', 'Lena', 'Uwe', 'Hanna']) await house.becomes(agreed[name], 'COMPLETED');
    const { person } = staff.Nora;
    await person.forge(`1:ac:${agreed.Lena.name.split('/').pop()}`);
    await person.see('Lena');
    await person.tap('⭕ Verpasst');
    await house.becomes(agreed.Lena, 'MISSED');
  });

  test('who leaves hands on what others can keep at its time; the rest is cancelled, and all are told', async () => {
    await olga.practice('Team');
    await olga.see('Ihr Team');
    await olga.tap('Kiran');
    await olga.see('👤 Kiran');
    await olga.tap('Entfernen');
    const ask = await olga.see('Kiran aus dem Team entfernen?');
    assert.match(ask.plain, /5 offene Termine:/);
    assert.match(ask.plain, /3 davon können andere übernehmen/);
    await olga.tap('Andere übernehmen');
    await olga.see('Kiran ist nicht mehr in Ihrem Team');
    for (const name of ['Paula', 'Sven', 'Tina']) {
      const kept = await house.becomes(agreed[name], 'ACCEPTED');
      assert.deepEqual([kept.specialist, kept.start_time], [staff.Berta.name, agreed[name].start_time]);
      await who(name).see('übernimmt jetzt Berta', { since: 0 });
      await staff.Berta.person.see(name, { since: 0 });
    }
    for (const name of ['Otto', 'Rita']) {
      await house.becomes(agreed[name], 'CANCELLED');
      await who(name).see(`❌ ${t.status.cancelled}`, { since: 0 });
    }
    const { person, name } = staff.Kiran;
    await person.see('Sie gehören nicht mehr zum Team', { since: 0 });
    assert.deepEqual(await house.appointments(name, person), []);
    await assert.rejects(
      house.call('BookingService', 'GetAppointment', { name: agreed.Uwe.name }, person),
      (error) => error.reason === 'NOT_FOUND',
    );
    await assert.rejects(
      house.days(studio, name, massage.name),
      (error) => error.reason === 'SPECIALIST_NOT_OFFERING',
    );
  });

  test('the month’s statistics are what its appointments, counted again, add up to', async () => {
    await olga.key('Kunden');
    await olga.see('👥 Kunden');
    await olga.say('Dora');
    await olga.see('Offen: 60,00');
    await olga.tap('Zahlungen');
    await olga.tap(buttons(await olga.see('Wofür wurde gezahlt?')).find((label) => label.startsWith('🔸')));
    await olga.tap(buttons(await olga.see('Wie wurde bezahlt?')).find((label) => label.endsWith(' bar')));
    await olga.see('Erfasst: 60,00');
    await house.moveTo(house.at(27, 12));
    const done = async () => (await house.appointments(studio, olga)).every(({ status }) => status !== 'STATUS_ACCEPTED');
    await until('all is over', done);
    const all = await house.appointments(studio, olga);
    assert.equal(all.length, ASKED.length + 4, 'and Anna’s, Clara’s, and two of Ben’s');
    const { sold_packages: sold } = await house.call('PackageService', 'ListSoldPackages', { parent: studio }, olga);
    const statistics = await house.call('StatisticsService', 'GetStatistics', { name: `${studio}/statistics`, period: 'PERIOD_MONTH' }, olga);
    assert.equal(statistics.time_zone, ZONES.Berta);
    assert.deepEqual(numbers(statistics.total), counted(all, sold));
    const sum = (count) => statistics.days.reduce((total, { counts }) => total + count(counts), 0);
    for (const field of Object.keys(counted([], [])).filter((one) => one !== 'revenue')) {
      assert.equal(sum((counts) => counts[field]), statistics.total[field], field);
    }
    for (const [name, { name: specialist }] of Object.entries(staff)) {
      const { counts } = statistics.specialists.find((one) => one.specialist === specialist);
      assert.deepEqual(numbers(counts), counted(all.filter((one) => one.specialist === specialist), []), name);
    }
    const { requested, accepted, completed, missed, rejected, cancelled } = counted(all, sold);
    assert.deepEqual([requested, accepted, completed, missed, rejected, cancelled], [21, 15, 14, 1, 2, 4]);
    await olga.practice('Statistik');
    const screen = await olga.see('bis jetzt');
    assert.match(screen.plain, /21 Anfragen · 15 Termine\n✅ 14 · ⭕ 1 · 🔴 2 · ❌ 4\n💶 160,00\s€/u);
    assert.match(screen.plain, /👤 Berta · \d+ Termine · 60,00\s€/u);
  });
});
