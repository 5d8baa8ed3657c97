// The ways of a customer through the bot that several tests begin with; `t` are the texts of a
// language.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { World } from './harness.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';

export const ZONE = 'Europe/Berlin';
// With the provider's clock, and of a group the seats that are left.
export const isTime = (label) => /^\d\d:\d\d( \(\d\d:\d\d\))?( \(\d+\))?$/.test(label);
export const isDay = (label) => /^\d{1,2}$/.test(label);

// A world with the specialist Marie, whose chat is open, and no customer yet.
export async function worldWithMarie(language, options = {}) {
  const world = await World.all(options);
  const marie = await world.simulator.person({ id: 1001, first_name: 'Marie', language_code: language });
  const specialist = await world.specialist({
    identity: marie.identity,
    services: [
      {
        display_name: 'Beratung',
        translations: {
          en: { display_name: 'Counselling' },
          fr: { display_name: 'Conseil' },
          ru: { display_name: 'Консультация' },
          uk: { display_name: 'Консультація (укр.)' },
          es: { display_name: 'Asesoramiento' },
        },
        duration: { seconds: 50 * 60 },
        step: { seconds: 1800 },
        price: { currency_code: 'EUR', minor_units: 8000 },
        place: 'Hauptstraße 1 <Hinterhaus>',
      },
      { display_name: 'Erstgespräch', duration: { seconds: 30 * 60 } },
    ],
  });
  const account = await world.admin.call('AccountService', 'GetAccount', { name: specialist.account });
  await world.admin.change('AccountService', 'UpdateAccount', {
    account: { name: account.name, language_code: language },
    update_mask: { paths: ['language_code'] },
  });
  await marie.start();
  return { world, marie, specialist };
}

// A person who has followed the invitation and set the zone.
export async function joined(world, specialist, t, user) {
  const person = await world.simulator.person({ language_code: t.language, ...user });
  await person.start(specialist.code);
  await chooseZone(person, t, user.zone ?? ZONE);
  // What can be booked is shown below the menu: no message of it comes later.
  await world.simulator.settled();
  return person;
}

// What `zone` is called on screens.
export function cityOf(t, zone) {
  return t.cities?.[zone] ?? zone.split('/').pop();
}

// On the screen that asks for the zone: types its city and takes it.
export async function pickZone(person, t, zone) {
  await person.see(t.askZone);
  const city = cityOf(t, zone);
  await person.say(city);
  const screen = await person.see(`${city}, `);
  await person.tap(buttons(screen).find((label) => label.startsWith(`${city}, `)));
}

// The same where the main menu follows.
export async function chooseZone(person, t, zone) {
  await pickZone(person, t, zone);
  await person.see(`${cityOf(t, zone)} (UTC`);
  await person.see(t.request, { since: 0 });
}

// On the screen that asks for the zone: the label of the clocks of the line that shows `text`.
export function clockOf(question, text) {
  const line = question.plain.split('\n').find((each) => each.includes(text));
  assert.ok(line, `no line with ${text} in ${question.plain}`);
  return line.split(' · ')[0];
}

// Walks from the main menu to the summary of the first free time, and returns that.
export async function walkToSummary(person, t, options) {
  await walkToTime(person, t, options);
  return person.see(t.confirm);
}

// The same up to the tap on the time.
export async function walkToTime(person, t, { service = t.service } = {}) {
  await person.tap(t.request);
  await person.see('👤 Marie');
  await person.tap('👤 Marie');
  const services = await person.see(service);
  await person.tap(buttons(services).find((label) => label.startsWith(service)));
  await tapFirstTime(person);
}

// From the month grid to the summary.
export async function walkFromDates(person, t) {
  await tapFirstTime(person);
  return person.see(t.confirm);
}

async function tapFirstTime(person) {
  const month = await daysOffered(person);
  await person.tap(buttons(month).find(isDay));
  await person.tap(buttons(await timesOffered(person)).find(isTime));
}

// The month grid, on the first month that has a day to tap.
export async function daysOffered(person) {
  const month = await person.see('▶');
  if (buttons(month).some(isDay)) return month;
  await person.tap('▶');
  return until('days are offered', async () => newestWith(isDay, person));
}

export async function timesOffered(person) {
  return until('times are offered', async () => newestWith(isTime, person));
}

// What the person's last action brought: what was offered before may still stand above it.
async function newestWith(isWanted, person) {
  const brought = (await person.messages()).filter((message) => message.revision > person.seen);
  return brought.reverse().find((message) => buttons(message).some(isWanted));
}

// Requests an appointment; returns it as the core has it.
export async function requestOne(world, specialist, person, t, options) {
  await walkToSummary(person, t, options);
  await person.tap(t.confirm);
  await person.see(t.status.pending);
  return newest(world, specialist, person);
}

// The notice in which the provider reads that `person` asks for an appointment, which others that name
// them may precede; `t` are the provider's texts.
export function requestNotice(provider, person, t) {
  const asks = (message) => message.plain.includes(person.name) && buttons(message).includes(t.accept);
  return until(`${provider.name} reads that ${person.name} asks`, async () =>
    (await provider.messages()).reverse().find(asks));
}

export async function newest(world, specialist, person) {
  const { appointments } = await world.admin.call('BookingService', 'ListAppointments', {
    parent: specialist.name,
    filter: 'FILTER_PENDING',
    page_size: 200,
  });
  return appointments.filter(({ customer_display_name: name }) => name.startsWith(person.name)).at(-1);
}

export async function status(world, appointment) {
  return (await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name })).status;
}

// The one event of the calendar file in a message, as another program reads it.
export async function calendarFile(world, message) {
  const answer = await fetch(`${world.simulator.url}/sim/file?id=${message.document.file_id}`);
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  const events = calendar.getAllSubcomponents('vevent');
  assert.equal(events.length, 1);
  return { method: calendar.getFirstPropertyValue('method'), event: new ICAL.Event(events[0]) };
}
