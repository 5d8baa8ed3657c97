// SPEC 2.3 and 2.4 beyond one specialist: an organization, a customer who does not know which service,
// lists of several pages, and what became of appointments.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ZONE, calendarFile, daysOffered, isDay, isTime, joined, newest, requestNotice, requestOne, status, timesOffered, walkFromDates, worldWithMarie } from './customer_walk.mjs';
import { wallClock, wallDate } from './harness.mjs';
import { german as t } from './labels.mjs';
import { run } from './programs.mjs';
import { buttons } from './simulator.mjs';

const HOUR_S = 3600;

const FIGURES =
  /Service-\/Terminpreis: 80,00\s€\nBezahlter Betrag: 0,00\s€\nAusstehender Saldo: 80,00\s€/;

describe('lists of a customer in German', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  // An organization with Marie and Nora as its staff, and one service that both offer.
  async function organization() {
    const nora = await world.specialist({ identity: 'telegram:1003', name: 'Nora' });
    const house = await world.account('telegram:1004', { name: 'Praxis am Park' });
    const as = { account: house.name };
    const made = await world.admin.change(
      'AccountService',
      'RegisterProvider',
      { kind: 'PROVIDER_KIND_ORGANIZATION', display_name: 'Praxis am Park' },
      as,
    );
    const staff = [specialist, nora];
    for (const member of staff) {
      const { code } = await world.invite(made.name, as, { kind: 'KIND_STAFF' });
      await world.admin.change('InvitationService', 'RedeemInvitation', { code }, { account: member.account });
    }
    const service = { display_name: 'Massage', duration: { seconds: HOUR_S }, specialists: staff.map(({ name }) => name) };
    await world.admin.change('CatalogService', 'CreateService', { parent: made.name, service }, as);
    const { code } = await world.invite(made.name, as);
    return { name: made.name, account: house.name, code, nora };
  }

  test('at an organization the customer chooses a specialist, or anybody who is free', async () => {
    const house = await organization();
    const anna = await joined(world, house, t, { first_name: 'Anna' });
    const walk = async (whom) => {
      await anna.tap(t.request);
      await anna.tap('🏫 Praxis am Park');
      await anna.tap(buttons(await anna.see('Massage')).find((label) => label.startsWith('Massage')));
      const choice = await anna.see('Zu wem möchten Sie?');
      assert.match(choice.plain, /Praxis am Park · Massage/);
      for (const label of ['Egal, wer frei ist', 'Marie', 'Nora']) assert.ok(buttons(choice).some((text) => text.includes(label)), label);
      await anna.tap(buttons(choice).find((text) => text.includes(whom)));
      return walkFromDates(anna, t);
    };
    const chosen = await walk('Nora');
    assert.match(chosen.plain, /Praxis am Park/);
    assert.match(chosen.plain, /Nora/);
    await anna.tap(t.confirm);
    await anna.see(`🟡 ${t.status.pending}`);
    const first = await newest(world, house, anna);
    assert.equal(first.specialist, house.nora.name);

    // Nora has that time no more: who is free is Marie.
    await walk('Egal, wer frei ist');
    await anna.tap(t.confirm);
    await anna.see(`🟡 ${t.status.pending}`);
    const { appointments } = await world.admin.call('BookingService', 'ListAppointments', { parent: house.name, filter: 'FILTER_PENDING' });
    assert.deepEqual(appointments.map(({ specialist: name }) => name).sort(), [specialist.name, house.nora.name].sort());
    assert.equal(appointments[0].start_time.seconds, appointments[1].start_time.seconds);
    for (const appointment of appointments) {
      await world.admin.change('BookingService', 'CancelAppointment', { name: appointment.name }, { account: house.account });
    }
  });

  test('who is not sure which service asks for a time all the same, and the specialist sets the service', async () => {
    const bela = await joined(world, specialist, t, { first_name: 'Bela' });
    await bela.tap(t.request);
    await bela.tap('👤 Marie');
    await bela.tap('Nicht sicher, welche Leistung');
    await walkFromDates(bela, t);
    await bela.tap(t.confirm);
    await bela.see(`🟡 ${t.status.pending}`);
    assert.equal((await newest(world, specialist, bela)).service, '');
    await requestNotice(marie, bela, t);
    await marie.tap(t.accept);
    const services = await marie.see('nicht sicher');
    await marie.tap(buttons(services).find((label) => label.startsWith(t.service)));
    await marie.see(`🟢 ${t.status.accepted}`);
    await bela.see(`🟢 ${t.status.accepted}`);
    await bela.tap(t.appointments);
    await bela.tap(buttons(await bela.see(t.listTitle)).find((label) => label.startsWith('🟢')));
    await bela.tap(t.meetingInfo);
    assert.match((await bela.see(t.calendarFile)).plain, /Beratung/);
  });

  test('appointments are paged, nearest first', async () => {
    const cara = await joined(world, specialist, t, { first_name: 'Cara' });
    const { name: account } = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: cara.identity });
    const service = specialist.services[0].name;
    const starts = (await world.slots(specialist.name, { service, count: 40 })).filter((_, i) => i % 2 === 0).slice(0, 14);
    for (const start of [...starts].reverse()) await world.request(specialist.name, account, start, { service });
    await cara.tap(t.appointments);
    const rows = (message) => buttons(message).filter((label) => label.startsWith('🟡'));
    const shown = [];
    let page = await cara.see(t.listTitle);
    assert.ok(!buttons(page).includes('◀'), 'the first page has no way back to another');
    for (;;) {
      shown.push(...rows(page));
      assert.ok(shown.length <= starts.length, 'the pages have an end');
      if (!buttons(page).includes('▶')) break;
      await cara.tap('▶');
      page = await cara.see('◀');
    }
    assert.equal(shown.length, starts.length);
    assert.equal(new Set(shown).size, starts.length);
    const clock = (label) => label.match(/\d\d:\d\d/)[0];
    const expected = starts.map((start) => new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(start * 1000));
    assert.deepEqual(shown.map(clock), expected);
    const { appointments } = await world.admin.call('BookingService', 'ListAppointments', { parent: specialist.name, filter: 'FILTER_PENDING', page_size: 200 });
    for (const { name } of appointments) {
      await world.admin.change('BookingService', 'RejectAppointment', { name }, { account: specialist.account });
    }
  });

  test('past appointments show what became of them', async () => {
    const dani = await joined(world, specialist, t, { first_name: 'Dani' });
    const ended = [
      ['CompleteAppointment', '✅', t.status.completed],
      ['MarkAppointmentMissed', '⭕', t.status.missed],
    ];
    for (const [method, icon, word] of ended) {
      const appointment = await requestOne(world, specialist, dani, t);
      const change = (verb) => world.admin.change('BookingService', verb, { name: appointment.name }, { account: specialist.account });
      await change('AcceptAppointment');
      await pass(appointment);
      await change(method);
      await dani.see(`${icon} ${word}`);
      await dani.tap(t.appointments);
      await dani.tap(t.past);
      // The list: cards are drawn anew behind the news, and have the icon too.
      const past = await dani.see(t.pastList);
      await dani.tap(buttons(past).find((label) => label.startsWith(icon)));
      // The figures are there at once, under the seed's labels.
      const card = await dani.see('Service-/Terminpreis');
      assert.match(card.plain, FIGURES);
      await dani.tap(t.meetingInfo);
      const info = await dani.see(t.calendarFile);
      assert.match(info.plain, FIGURES);
      assert.ok(info.plain.includes(word), info.plain);
      assert.match(info.plain, new RegExp(t.status.accepted), 'the history is there');
    }
  });

  // Lets the time of an appointment go by: its clock is the machine's, so it moves into the past.
  async function pass(appointment) {
    const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
moved = db.execute("""UPDATE appointments SET start_s = start_s - :by, end_s = end_s - :by,
  hold_start_s = hold_start_s - :by, hold_end_s = hold_end_s - :by
  WHERE status = 'ACCEPTED' AND start_s = :start""", {"start": int(sys.argv[2]), "by": int(sys.argv[3])})
assert moved.rowcount == 1
db.commit()
`;
    const start = Number(appointment.start_time.seconds);
    const by = start - Math.floor(Date.now() / 1000) + 2 * HOUR_S;
    const done = await run('python3', ['-c', script, path.join(world.dataDir, 'kalends.db'), String(start), String(by)]);
    assert.equal(done.code, 0, done.stderr);
  }

  test('the calendar file of an appointment that moved moves the same event', async () => {
    const emil = await joined(world, specialist, t, { first_name: 'Emil' });
    const appointment = await requestOne(world, specialist, emil, t);
    await emil.tap(t.meetingInfo);
    await emil.tap(t.calendarFile);
    const before = await calendarFile(world, await emil.see('.ics'));
    await requestNotice(marie, emil, t);
    await marie.tap(t.propose);
    await marie.tap(buttons(await daysOffered(marie)).filter(isDay).at(-1));
    const time = buttons(await timesOffered(marie)).find(isTime);
    await marie.tap(time);
    await marie.tap(t.sendProposal);
    const offer = await emil.see('🔹');
    await emil.tap(buttons(offer).find((label) => label.startsWith('🔹')));
    await emil.see(`🟢 ${t.status.accepted}`);
    await emil.tap(t.meetingInfo);
    await emil.tap(t.calendarFile);
    const after = await calendarFile(world, await emil.see('.ics'));
    assert.equal(after.event.uid, before.event.uid);
    assert.ok(after.event.sequence > before.event.sequence);
    const moved = await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name });
    assert.equal(after.event.startDate.toUnixTime(), Number(moved.start_time.seconds));
    assert.notEqual(after.event.startDate.toUnixTime(), before.event.startDate.toUnixTime());
  });

  test('who finds no proposed time good asks for another, and the request stands until that is sent', async () => {
    const fred = await joined(world, specialist, t, { first_name: 'Fred' });
    const appointment = await requestOne(world, specialist, fred, t);
    const sent = await fred.see(t.status.pending, { since: 0 });
    assert.deepEqual(buttons(sent), [t.meetingInfo, t.appointments, t.chat, t.cancel]);
    await requestNotice(marie, fred, t);
    await marie.tap(t.propose);
    await marie.tap(buttons(await daysOffered(marie)).filter(isDay).at(-1));
    await marie.tap(buttons(await timesOffered(marie)).find(isTime));
    await marie.tap(t.sendProposal);
    const offer = await fred.see('🔹');
    assert.match(offer.plain, /👤 Marie schlägt stattdessen diese Zeit vor/);
    assert.ok(buttons(offer).includes(t.chat), buttons(offer));
    await fred.tap('Keine passt – andere Zeit');
    const month = await fred.see('An welchem Tag?');
    assert.match(month.plain, /👤 Marie · Beratung · 50 Min\. · 80,00\s€/);
    await fred.tap(buttons(month).find(isDay));
    await fred.tap(buttons(await timesOffered(fred)).find(isTime));
    const summary = await fred.see(t.confirm);
    assert.match(summary.plain, /Ihre bisherige Anfrage \(.+\) wird damit zurückgezogen/);
    assert.equal(await status(world, appointment), 'STATUS_PENDING');
    await fred.tap(t.confirm);
    await fred.see('Anfrage gesendet');
    await marie.see('Keine der von Ihnen vorgeschlagenen Zeiten passte', { since: 0 });
    assert.equal(await marie.count('Fred hat die Anfrage zurückgezogen'), 0, 'one notification tells both');
    assert.equal(await status(world, appointment), 'STATUS_CANCELLED');
    assert.notEqual((await newest(world, specialist, fred)).name, appointment.name);
  });

  test('a time to propose can be typed, and what is not understood leaves the question open', async () => {
    const hilde = await joined(world, specialist, t, { first_name: 'Hilde' });
    await requestOne(world, specialist, hilde, t);
    await requestNotice(marie, hilde, t);
    await marie.tap(t.propose);
    await marie.see('An welchem Tag?');
    await marie.say('wie immer');
    await marie.see('Das habe ich nicht als Tag verstanden');
    const start = (await world.slots(specialist.name, { service: specialist.services[0].name, count: 3 })).at(-1);
    const { day, month } = wallDate(start, ZONE);
    await marie.say(`${day}.${month}. ${wallClock(start, ZONE)}`);
    const review = await marie.see(t.sendProposal);
    assert.ok(buttons(review).some((label) => label.startsWith('✖') && label.endsWith(wallClock(start, ZONE))), buttons(review));
    assert.match(review.plain, /Noch eine Zeit\?/);
    await marie.say(`${day}.${month}.`);
    const times = await marie.see('Um wie viel Uhr?');
    assert.ok(buttons(times).some((label) => label.includes('✔')), 'what was typed is chosen');
  });

  test('who asks for another time hears before it is sent that the earlier request was accepted meanwhile', async () => {
    const gesa = await joined(world, specialist, t, { first_name: 'Gesa' });
    const { name, start_time: start } = await requestOne(world, specialist, gesa, t);
    const as = { account: specialist.account };
    const free = await world.slots(specialist.name, { count: Infinity });
    const other = free.find((time) => time > start.seconds + 3 * 3600);
    await world.admin.change('BookingService', 'ProposeTimes', { name, start_times: [{ seconds: other }] }, as);
    await gesa.see('schlägt Ihnen eine andere Zeit vor');
    await gesa.tap('Keine passt – andere Zeit');
    await gesa.tap(buttons(await daysOffered(gesa)).filter(isDay).at(-1));
    await gesa.tap(buttons(await timesOffered(gesa)).find(isTime));
    await gesa.see('wird damit zurückgezogen');
    await world.admin.change('BookingService', 'AcceptAppointment', { name }, as);
    await gesa.tap(t.confirm);
    const again = await gesa.see('hat Ihre bisherige Anfrage');
    assert.match(again.plain, /inzwischen akzeptiert\. Wenn Sie bestätigen/);
    assert.ok(!again.plain.includes('zurückgezogen'));
    const open = async () =>
      (await world.admin.call('BookingService', 'ListAppointments', { parent: specialist.name, filter: 'FILTER_PENDING', page_size: 200 })).appointments
        .filter((each) => each.customer_display_name.startsWith('Gesa')).length;
    assert.equal(await open(), 0, 'nothing is sent yet');
    await gesa.tap(t.confirm);
    await gesa.see('Anfrage gesendet');
    assert.equal(await open(), 1);
    assert.equal(await status(world, { name }), 'STATUS_ACCEPTED');
  });

  test('several proposed times are chosen in the month of the last one', async () => {
    const gerd = await joined(world, specialist, t, { first_name: 'Gerd' });
    const appointment = await requestOne(world, specialist, gerd, t);
    await requestNotice(marie, gerd, t);
    const monthOf = (message) => buttons(message).find((label) => /^\p{L}+ \d{4}$/u.test(label));
    await marie.tap(t.propose);
    const present = await marie.see('▶');
    await marie.tap('▶');
    const later = await marie.see('◀');
    assert.notEqual(monthOf(later), monthOf(present));
    await marie.tap(buttons(later).find(isDay));
    await marie.tap(buttons(await timesOffered(marie)).find(isTime));
    const again = await marie.see(t.sendProposal);
    assert.equal(monthOf(again), monthOf(later));
    await marie.tap(buttons(again).filter(isDay)[1]);
    await marie.tap(buttons(await timesOffered(marie)).find(isTime));
    await marie.see(t.sendProposal);
    await marie.tap(t.sendProposal);
    await gerd.see('🔹');
    const { proposed_start_times: times } = await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name });
    assert.equal(times.length, 2);
  });
});
