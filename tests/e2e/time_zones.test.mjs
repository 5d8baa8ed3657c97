// SPEC 4.3: the result never depends on the server's own zone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoDate } from './core.mjs';
import { today, World } from './harness.mjs';

const SERVER_ZONES = ['UTC', 'Pacific/Apia', 'America/New_York', 'Australia/Lord_Howe', ':/nowhere'];
const PROVIDER_ZONES = ['Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Santiago', 'UTC+05:45'];
const ASKER_ZONES = ['Europe/Berlin', 'Pacific/Apia'];
const DAY_S = 86_400;
const WINDOW_DAYS = 60;
const YEAR_DAYS = 360; // All clock changes of a year.
// The same in every world, also when a day ends meanwhile.
const DATES = Array.from({ length: YEAR_DAYS + WINDOW_DAYS }, (_, days) => today(days));
// Past midnight, so that changes at midnight and skipped hours are inside.
const NIGHTS = [1, 3, 6, 7].map((weekday) => ({ weekday, hours: { start_minute: 20 * 60, end_minute: 5 * 60 } }));

// Everything the core answers about a year of slots and dates, as text.
async function answersUnder(zone) {
  const world = await World.core({ env: { TZ: zone } });
  try {
    const answers = {};
    for (const [i, providerZone] of PROVIDER_ZONES.entries()) {
      const specialist = await world.specialist({
        identity: `telegram:${1001 + i}`,
        zone: providerZone,
        hours: NIGHTS,
        services: [{ display_name: 'Hour', duration: { seconds: 3600 }, horizon: { seconds: 366 * DAY_S } }],
      });
      for (const asker of ASKER_ZONES) {
        answers[`${providerZone} for ${asker}`] = await year(world, specialist, asker);
      }
    }
    return answers;
  } finally {
    await world.stop();
  }
}

async function year(world, specialist, zone) {
  const days = [];
  for (let from = 2; from < YEAR_DAYS; from += WINDOW_DAYS) {
    const request = {
      parent: specialist.name,
      service: specialist.services[0].name,
      start_date: DATES[from],
      end_date: DATES[from + WINDOW_DAYS - 1],
      time_zone: zone,
    };
    const slots = await world.admin.call('BookingService', 'ListSlots', request);
    const { dates } = await world.admin.call('BookingService', 'ListBookableDates', request);
    assert.deepEqual(
      slots.days.map((day) => isoDate(day.date)),
      dates.map(isoDate),
      'ListSlots and ListBookableDates name different dates',
    );
    days.push(...slots.days.map((day) => `${isoDate(day.date)} ${day.start_times_s.join(' ')}`));
  }
  return days;
}

test('slots of a year are the same whatever zone the server runs in', async () => {
  const [expected, ...others] = await Promise.all(SERVER_ZONES.map(answersUnder));
  for (const [name, days] of Object.entries(expected)) assert.ok(days.length > 150, `${name} is nearly empty`);
  others.forEach((answers, i) => assert.deepEqual(answers, expected, `TZ=${SERVER_ZONES[i + 1]} differs`));
});
