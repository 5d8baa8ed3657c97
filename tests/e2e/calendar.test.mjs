// SPEC 3.2: a provider's calendar: a day and a week with what is free, and both as pictures.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, worldWithMarie } from './customer_walk.mjs';
import { wallClock, wallDate } from './harness.mjs';
import { english, german as t } from './labels.mjs';
import { buttons } from './simulator.mjs';

const ZONE = 'Europe/Berlin';
const PNG = [0x89, 0x50, 0x4e, 0x47];

describe('the calendar in German', { concurrency: false }, () => {
  let world, marie, specialist, anna, start;
  const service = () => specialist.services[0].name;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna', zone: 'Europe/London' });
    // Tomorrow at noon: closed until midnight, and then open from 8 to 20.
    const free = await world.slots(specialist.name, { service: service(), count: Infinity });
    start = free.find((time) => wallClock(time, ZONE) === '12:00');
    const asked = await world.request(specialist.name, anna.identity, start, { service: service() });
    await world.admin.change('BookingService', 'AcceptAppointment', { name: asked.name });
  });
  after(() => world.stop());

  async function toDayOf(time) {
    await marie.key('Kalender');
    let screen = await marie.see('Woche');
    for (let i = 0; i < 9 && !screen.plain.includes(` ${wallDate(time, ZONE).day}. `); ++i) {
      await marie.tap('▶');
      screen = await marie.see('Woche');
    }
    return screen;
  }

  test('today is shown first, closed as it is', async () => {
    await marie.key('Kalender');
    const today = await marie.see('Woche');
    assert.match(today.plain, /🚫/);
    assert.match(today.plain, /keine Termine/);
  });

  test('a day tells what there is and what is free, and opens each appointment', async () => {
    const screen = await toDayOf(start);
    assert.match(screen.plain, /1 Termin · 80,00\s€/);
    assert.match(screen.plain, /08:00–12:00 frei · 12:00 🟢 Anna · 12:50–20:00 frei/);
    await marie.tap('12:00 Anna');
    await marie.see(t.meetingInfo);
  });

  test('a week has a line for each day, counts, closed days and the way to each', async () => {
    await toDayOf(start);
    await marie.tap('Woche');
    const week = await marie.see('Diese Woche');
    assert.match(week.plain, /Std\. frei/);
    assert.equal(week.plain.trim().split('\n').length, 8);
    const day = buttons(week).find((label) => / 1$/.test(label));
    assert.ok(day, `${buttons(week)}`);
    await marie.tap(day);
    await marie.see('12:00 🟢 Anna');
    const closure = { start_time: { seconds: start - 12 * 3600 + 86400 }, end_time: { seconds: start - 12 * 3600 + 2 * 86400 }, label: 'Fortbildung' };
    await world.admin.change('ScheduleService', 'CreateClosure', { parent: specialist.name, closure }, { account: specialist.account });
    await marie.tap('▶');
    await marie.see('🚫 Fortbildung');
  });

  test('the week comes as a picture, light or dark', async () => {
    await toDayOf(start);
    await marie.tap('Woche');
    await marie.see('Diese Woche');
    await marie.tap('🖼 Als Bild');
    const light = await marie.see('🌙 Dunkel');
    const bytes = async (message) =>
      new Uint8Array(await (await fetch(`${world.simulator.url}/sim/file?id=${message.photo.at(-1).file_id}`)).arrayBuffer());
    const day = await bytes(light);
    assert.deepEqual([...day.slice(0, 4)], PNG);
    await marie.tap('🌙 Dunkel');
    const dark = await marie.see('☀️ Hell');
    assert.notDeepEqual(await bytes(dark), day);
  });

  test('a part of a day ahead is closed on that day, and each way back leads to it', async () => {
    await toDayOf(start);
    await marie.tap('🚫 Sperren');
    await marie.see('Ab wann sind Sie weg?');
    await marie.tap('◀ Zurück');
    await marie.see('12:00 🟢 Anna');
    await marie.tap('🚫 Sperren');
    await marie.see('Ganzer Tag');
    await marie.tap('14:00');
    await marie.see('Weg ab 14:00');
    await marie.tap('15:00');
    await marie.see('✅ Eingetragen.');
    await marie.tap('◀ Zurück');
    const day = await marie.see('12:00 🟢 Anna');
    assert.match(day.plain, /12:50–14:00 frei · 14:00–15:00 🚫 Abwesend · 15:00–20:00 frei/);
  });

  test('the calendar is the same in English', async () => {
    const name = (await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: marie.identity })).name;
    await world.admin.change('AccountService', 'UpdateAccount', { account: { name, language_code: 'en' }, update_mask: { paths: ['language_code'] } });
    await marie.start();
    await marie.seesKeyboard([['Requests', 'Calendar'], ['Customers', 'Chats'], ['Book for a customer', 'Practice']]);
    await marie.key('Calendar');
    await marie.see('no appointments');
    await marie.tap('Week');
    const week = await marie.see('This week');
    assert.match(week.plain, /free|closed/);
    assert.ok(english.menu);
  });
});
