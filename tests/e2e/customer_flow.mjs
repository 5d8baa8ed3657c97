// What a customer and a specialist do with each other in the chat, SPEC 2.1 to 2.5 and 3.1. The same
// tests run in every language; `t` are its texts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { code as statusCode } from './core.mjs';
import { ZONE, calendarFile, clockOf, daysOffered, isDay, isTime, joined, newest, requestNotice, requestOne, status, timesOffered, walkFromDates, walkToSummary, worldWithMarie } from './customer_walk.mjs';
import { wallClock, wallDate } from './harness.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';

// Over the grid of its days: "November 2026".
function monthTitle(seconds, t) {
  const format = { month: 'long', year: 'numeric', timeZone: ZONE };
  return new Intl.DateTimeFormat(t.language, format).format(seconds * 1000);
}

export function testCustomerIn(t) {
  describe(`in ${t.language}`, { concurrency: false }, () => {
    let world, marie, specialist;
    before(async () => ({ world, marie, specialist } = await worldWithMarie(t.language)));
    after(() => world.stop());
    startTests(t, () => ({ world, marie, specialist }));
    requestTests(t, () => ({ world, marie, specialist }));
    answerTests(t, () => ({ world, marie, specialist }));
  });
}

// SPEC 2.1 and 2.2.
function startTests(t, parts) {
  test('an invitation names who invites, asks for the zone first, and ends on the menu and what can be booked', async () => {
    const { world, specialist } = parts();
    const anna = await world.simulator.person({ first_name: 'Anna', language_code: t.language });
    await anna.start(specialist.code);
    await anna.see('Marie');
    const question = await anna.see(t.askZone);
    assert.match(buttons(question)[0], /Marie: Berlin, .*\d\d:\d\d( UTC[+−]\d)?$/, 'the first button is the zone of who invites');
    await anna.tap(t.otherZone);
    await anna.tap(clockOf(await anna.see('UTC+1 ·'), 'Berlin'));
    const zones = await anna.see('Berlin · ');
    assert.match(zones.plain.split('\n').find((line) => line.includes('Berlin · ')), t.changesClock);
    assert.ok(!zones.plain.includes(ZONE), 'a zone is called by its city');
    await anna.tap('Berlin');
    const set = await anna.see('Berlin (UTC+', { since: 0 });
    assert.ok(!set.plain.includes(ZONE));
    await anna.seesKeyboard(t.menu);
    await anna.see(t.service);
  });

  test('redeeming an invitation again changes nothing and says so', async () => {
    const { world, specialist } = parts();
    const dora = await joined(world, specialist, t, { first_name: 'Dora' });
    await dora.start(specialist.code);
    await dora.see(t.alreadyLinked);
    const account = { account: dora.identity };
    const { providers } = await world.admin.call('ProviderService', 'ListProviders', { parent: 'accounts/me' }, account);
    assert.deepEqual(providers.map(({ name }) => name), [specialist.name]);
  });

  test('an unknown, revoked or used-up invitation says which it is and leaves a working account', async () => {
    const { world, specialist } = parts();
    const as = { account: specialist.account };
    const revoked = await world.invite(specialist.name, as);
    await world.admin.change('InvitationService', 'RevokeInvitation', { name: revoked.name }, as);
    const usedUp = await world.invite(specialist.name, as, { max_uses: 1 });
    await world.customer('telegram:2500', usedUp.code);
    const expired = await world.invite(specialist.name, as, {
      expire_time: { seconds: Math.floor(Date.now() / 1000) + 3 },
    });
    await until('the invitation has expired', async () => {
      const { state } = await world.admin.call('InvitationService', 'GetInvitation', { name: expired.name });
      return state === 'STATE_EXPIRED';
    });
    const cases = [
      ['AAAAAAAAAAAAAAAAAAAAAA', t.invitation.unknown],
      [revoked.code, t.invitation.revoked],
      [usedUp.code, t.invitation.usedUp],
      [expired.code, t.invitation.expired],
    ];
    for (const [code, text] of cases) {
      const person = await world.simulator.person({ first_name: 'Emil', language_code: t.language });
      await person.start(code);
      await person.see(text);
      await person.seesKeyboard(t.menu);
    }
  });

  test('a bare offset is kept without summer time, and Settings says so', async () => {
    const { world } = parts();
    const nora = await world.simulator.person({ first_name: 'Nora', language_code: t.language });
    await nora.start();
    await nora.tap(t.settings);
    await nora.tap(t.settingsZone);
    await nora.say('kathmandu');
    await nora.tap(buttons(await nora.see('Kathmandu, ')).find((label) => label.startsWith('Kathmandu, ')));
    await nora.see('Kathmandu (UTC+5:45)');
    await nora.tap(t.settings);
    await nora.tap(t.settingsZone);
    await nora.see(t.askZone);
    await nora.tap(t.otherZone);
    await nora.tap(clockOf(await nora.see('UTC+5:45 ·'), 'UTC+5:45 ·'));
    const zones = await nora.see('Kathmandu · ');
    await nora.tap(buttons(zones).find((label) => label.includes('UTC+5:45')));
    await nora.see('UTC+5:45, ');
    await nora.tap(t.settings);
    await nora.see(t.bareOffset);
    const { time_zone: zone } = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: nora.identity });
    assert.equal(zone, 'UTC+05:45');
  });
}

// SPEC 2.3 and 2.4.
function requestTests(t, parts) {
  test('a request goes over provider, service, date, time and summary, is pending, and both see it', async () => {
    const { world, marie, specialist } = parts();
    const anna = await joined(world, specialist, t, { first_name: 'Anna-Lena' });
    const summary = await walkToSummary(anna, t);
    assert.match(summary.plain, /Marie/);
    assert.match(summary.plain, new RegExp(t.service));
    assert.ok(summary.plain.includes('Hauptstraße 1 <Hinterhaus>'), summary.plain);
    await anna.tap(t.confirm);
    await anna.see(`🟡 ${t.status.pending}`);
    const notice = await requestNotice(marie, anna, t);
    for (const label of [t.accept, t.reject, t.propose]) assert.ok(buttons(notice).includes(label), label);
    const appointment = await newest(world, specialist, anna);
    assert.equal(appointment.service_display_name, 'Beratung');
    assert.equal(Number(appointment.price.minor_units), 8000);

    await anna.tap(t.appointments);
    const list = await anna.see(t.listTitle);
    const clock = wallClock(Number(appointment.start_time.seconds), ZONE);
    assert.ok(buttons(list).some((label) => label.startsWith('🟡') && label.includes(clock) && label.includes('Marie')));
  });

  test('Meeting-Info shows service, place, price, status history and gives a calendar file', async () => {
    const { world, specialist } = parts();
    const ida = await joined(world, specialist, t, { first_name: 'Ida' });
    const appointment = await requestOne(world, specialist, ida, t);
    await ida.tap(t.meetingInfo);
    const info = await ida.see(t.calendarFile);
    // In the reader's language, also once chosen.
    for (const text of [t.service, 'Hauptstraße 1 <Hinterhaus>', '80', t.status.pending]) {
      assert.ok(info.plain.includes(text), `${text} is not in ${info.plain}`);
    }
    await ida.tap(t.calendarFile);
    const { method, event } = await calendarFile(world, await ida.see('.ics'));
    assert.equal(method, 'PUBLISH');
    assert.equal(event.startDate.toUnixTime(), Number(appointment.start_time.seconds));
    assert.equal(event.endDate.toUnixTime(), Number(appointment.end_time.seconds));
    assert.equal(event.location, 'Hauptstraße 1 <Hinterhaus>');
    assert.ok(event.summary.startsWith(`${t.service} · `), event.summary);
  });

  test('a calendar file after the cancellation takes the same event back', async () => {
    const { world, marie, specialist } = parts();
    const uwe = await joined(world, specialist, t, { first_name: 'Uwe' });
    await requestOne(world, specialist, uwe, t);
    await uwe.tap(t.meetingInfo);
    await uwe.tap(t.calendarFile);
    const before = await calendarFile(world, await uwe.see('.ics'));
    await requestNotice(marie, uwe, t);
    await marie.tap(t.accept);
    await marie.see(`🟢 ${t.status.accepted}`);
    await marie.tap(t.cancel);
    await marie.tap(t.cancelWithoutReason);
    const notice = await uwe.see(`❌ ${t.status.cancelled}`);
    assert.ok(buttons(notice).includes(t.calendarFile), buttons(notice));
    await uwe.tap(t.calendarFile);
    const after = await calendarFile(world, await uwe.see('.ics'));
    assert.equal(after.method, 'CANCEL');
    assert.equal(after.event.component.getFirstPropertyValue('status'), 'CANCELLED');
    assert.equal(after.event.uid, before.event.uid);
    assert.ok(after.event.sequence > before.event.sequence, `${after.event.sequence}`);
  });

  test('a slot that was taken in between brings the nearest free times as buttons', async () => {
    const { world, specialist } = parts();
    const rival = await world.customer('telegram:2600', specialist.code);
    const karl = await joined(world, specialist, t, { first_name: 'Karl' });
    const summary = await walkToSummary(karl, t);
    const [start] = await world.slots(specialist.name, { service: specialist.services[0].name, count: 1 });
    assert.ok(summary.plain.includes(wallClock(start, ZONE)), 'the first slot of the list is the one in the summary');
    await world.request(specialist.name, rival.name, start, { service: specialist.services[0].name });
    await karl.tap(t.confirm);
    const alternatives = await karl.see(t.slotTaken);
    const label = buttons(alternatives).find((text) => /\d\d:\d\d/.test(text));
    assert.ok(label, `no times among ${buttons(alternatives)}`);
    await karl.tap(label);
    await karl.tap(t.confirm);
    await karl.see(t.status.pending);
  });

  test('who has another wall clock sees both', async () => {
    const { world, specialist } = parts();
    const liu = await joined(world, specialist, t, { first_name: 'Liu', zone: 'Asia/Kathmandu' });
    const summary = await walkToSummary(liu, t);
    const both = (seconds) => [wallClock(seconds, 'Asia/Kathmandu'), wallClock(seconds, ZONE)];
    await liu.tap(t.confirm);
    await liu.see(t.status.pending);
    const appointment = await newest(world, specialist, liu);
    const start = Number(appointment.start_time.seconds);
    for (const clock of both(start)) assert.ok(summary.plain.includes(clock), summary.plain);
    await liu.tap(t.appointments);
    const list = await liu.see('👤 Marie');
    const [own, other] = both(start);
    assert.ok(buttons(list).some((label) => label.includes(`${own} (${other})`)), buttons(list));
    await liu.tap(buttons(list).find((label) => label.includes('Marie')));
    await liu.tap(t.meetingInfo);
    const info = await liu.see(t.calendarFile);
    for (const zone of ['Asia/Kathmandu', ZONE]) {
      assert.ok(info.plain.includes(wallClock(start, zone)), `${wallClock(start, zone)} is not in ${info.plain}`);
    }
  });

  test('Cancel asks first, takes a reason, and tells the provider', async () => {
    const { world, marie, specialist } = parts();
    const max = await joined(world, specialist, t, { first_name: 'Max' });
    const appointment = await requestOne(world, specialist, max, t);
    await max.tap(t.appointments);
    const list = await max.see(t.listTitle);
    await max.tap(buttons(list).find((label) => label.startsWith('🟡')));
    await max.see(t.meetingInfo);
    await max.tap(t.cancel);
    await max.see(t.cancelWithoutReason);
    assert.equal(await status(world, appointment), 'STATUS_PENDING');
    await max.say('Bin krank & <müde>');
    await max.see('Bin krank & <müde>');
    assert.equal(await status(world, appointment), 'STATUS_PENDING');
    await max.tap(t.cancel);
    await max.see(`❌ ${t.status.cancelled}`);
    assert.equal(await status(world, appointment), 'STATUS_CANCELLED');
    await marie.see('Bin krank & <müde>', { since: 0 });
    await max.tap(t.appointments);
    await max.tap(t.past);
    const past = await max.see(t.pastList);
    assert.ok(buttons(past).some((label) => label.startsWith('❌') && label.includes('Marie')));
  });
}

// SPEC 2.5 and 3.1.
function answerTests(t, parts) {
  test('an accepted request is told to the customer, and shows as accepted on both sides', async () => {
    const { world, marie, specialist } = parts();
    const nina = await joined(world, specialist, t, { first_name: 'Nina' });
    const appointment = await requestOne(world, specialist, nina, t);
    await requestNotice(marie, nina, t);
    await marie.tap(t.accept);
    await marie.see(`🟢 ${t.status.accepted}`);
    await nina.see(`🟢 ${t.status.accepted}`);
    assert.equal(await status(world, appointment), 'STATUS_ACCEPTED');
    await nina.tap(t.appointments);
    const list = await nina.see(t.listTitle);
    assert.ok(buttons(list).some((label) => label.startsWith('🟢')), buttons(list));
  });

  test('a rejection tells the reason and leads back to the dates with the service kept, or to Chat', async () => {
    const { world, marie, specialist } = parts();
    const olga = await joined(world, specialist, t, { first_name: 'Olga' });
    const appointment = await requestOne(world, specialist, olga, t);
    await requestNotice(marie, olga, t);
    await marie.tap(t.reject);
    await marie.see(t.rejectWithoutReason);
    await marie.say('Leider voll');
    await marie.see('Leider voll');
    await marie.tap(t.reject);
    const notice = await olga.see('Leider voll');
    assert.ok(notice.plain.includes(`🔴 ${t.status.rejected}`));
    assert.equal(await status(world, appointment), 'STATUS_REJECTED');
    assert.deepEqual(buttons(notice), [t.otherTime, t.chat]);
    await olga.tap(t.otherTime);
    const month = await olga.see('▶');
    assert.ok(month.plain.includes(t.service), month.plain);
    await walkFromDates(olga, t);
    await olga.tap(t.confirm);
    await olga.see(t.status.pending);
    assert.equal((await newest(world, specialist, olga)).service, appointment.service);
  });

  test('a proposed time that the customer picks is accepted', async () => {
    const { world, marie, specialist } = parts();
    const paul = await joined(world, specialist, t, { first_name: 'Paul' });
    const appointment = await requestOne(world, specialist, paul, t);
    await requestNotice(marie, paul, t);
    await marie.tap(t.propose);
    const month = await daysOffered(marie);
    const day = buttons(month).filter(isDay).at(-1);
    await marie.tap(day);
    const time = buttons(await timesOffered(marie)).find(isTime);
    await marie.tap(time);
    await marie.tap(t.sendProposal);
    const offer = await paul.see('🔹');
    await paul.tap(buttons(offer).find((label) => label.startsWith('🔹') && label.includes(time)));
    await paul.see(`🟢 ${t.status.accepted}`);
    await marie.see(t.chosen, { since: 0 });
    const moved = await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name });
    assert.equal(moved.status, 'STATUS_ACCEPTED');
    assert.notEqual(moved.start_time.seconds, appointment.start_time.seconds);
    const start = Number(moved.start_time.seconds);
    assert.equal(wallClock(start, ZONE), time);
    assert.equal(wallDate(start, ZONE).day, Number(day));
    assert.ok(buttons(month).includes(monthTitle(start, t)), `${monthTitle(start, t)} is not among ${buttons(month)}`);
  });

  test('a request answered on one screen cannot be answered again on an old one', async () => {
    const { world, marie, specialist } = parts();
    const rita = await joined(world, specialist, t, { first_name: 'Rita' });
    const appointment = await requestOne(world, specialist, rita, t);
    const notice = await requestNotice(marie, rita, t);
    const rejectData = notice.reply_markup.inline_keyboard.flat().find(({ text }) => text === t.reject).callback_data;
    await marie.tap(t.accept);
    await marie.see(`🟢 ${t.status.accepted}`);
    await marie.forge(rejectData, notice.message_id);
    await world.simulator.settled();
    assert.equal(await status(world, appointment), 'STATUS_ACCEPTED');
    await assert.rejects(
      world.admin.change('BookingService', 'RejectAppointment', { name: appointment.name }),
      (error) => error.code === statusCode.FAILED_PRECONDITION && error.reason === 'WRONG_STATUS',
    );
  });
}
