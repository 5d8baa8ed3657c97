// An organization on a clock that can be moved: what a story of a whole month needs to set the scene,
// and to look behind it.
import path from 'node:path';
import { chooseZone, isDay, isTime, pickZone, timesOffered } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';

export const t = { ...german, cities: { 'America/New_York': 'New York' } };
export const DAY_S = 24 * 60 * 60;

export class House {
  // Core, simulator and bot, where it is the first of the next month, 9 o'clock UTC: a month lies ahead.
  static async open() {
    const house = new House();
    house.world = await World.core({ flags: () => ['--demo-clock'] });
    const clock = ['--demo-clock', path.join(house.world.dataDir, 'demo-clock')];
    await house.world.startSimulator('off', { args: clock });
    await house.world.startAdapter({ args: clock });
    const today = new Date();
    house.month = { year: today.getUTCFullYear() + (today.getUTCMonth() === 11), month: ((today.getUTCMonth() + 1) % 12) + 1 };
    await house.moveTo(house.at(1, 9));
    return house;
  }

  // Of the month, in UTC.
  at(day, hour) {
    return Date.UTC(this.month.year, this.month.month - 1, day, hour) / 1000;
  }
  async now() {
    return Math.floor((await this.world.simulator.get('state')).now_ms / 1000);
  }
  async moveTo(time) {
    await this.world.simulator.post('clock', { advance_s: time - (await this.now()) });
  }

  call(service, method, request, who) {
    return this.world.admin.call(service, method, request, who ? { account: who.identity } : {});
  }
  change(service, method, request, who) {
    return this.world.admin.change(service, method, request, who ? { account: who.identity } : {});
  }
  provider(person) {
    return this.call('ProviderService', 'GetProvider', { name: 'providers/me' }, person);
  }
  async account(person) {
    return (await this.call('AccountService', 'GetAccount', { name: 'accounts/me' }, person)).name;
  }
  appointment({ name }) {
    return this.call('BookingService', 'GetAppointment', { name });
  }
  async becomes(appointment, status) {
    return until(`${appointment.name} is ${status}`, async () => {
      const now = await this.appointment(appointment);
      return now.status === `STATUS_${status}` && now;
    });
  }
  // All of the month that `parent` has; `who`: as they see it.
  async appointments(parent, who) {
    const [start, end] = [this.at(0, 0), this.at(33, 0)];
    const request = { parent, start_time: { seconds: start }, end_time: { seconds: end }, page_size: 200 };
    return (await this.call('BookingService', 'ListAppointments', request, who)).appointments;
  }
  // By day on the asker's clock: the free starts at `specialist`, in Unix seconds.
  async days(parent, specialist, service, who) {
    const { year, month } = this.month;
    const dates = { start_date: { year, month, day: 2 }, end_date: { year, month, day: 26 } };
    const { days } = await this.call('BookingService', 'ListSlots', { parent, service, specialist, ...dates }, who);
    return days.map(({ start_times_s: starts }) => starts.map(Number)).filter((starts) => starts.length > 0);
  }
  request(parent, who, start, { service, specialist = '' }) {
    const appointment = { service, specialist, start_time: { seconds: start } };
    return this.change('BookingService', 'RequestAppointment', { parent, appointment }, who);
  }

  // --- What people do in the bot ---

  newcomer(first_name) {
    return this.world.simulator.person({ first_name, language_code: 'de' });
  }
  async customer(first_name, code, zone) {
    const person = await this.newcomer(first_name);
    await person.start(code);
    await chooseZone(person, t, zone);
    await this.world.simulator.settled();
    return person;
  }
  // Up to the first step of the set-up.
  async register(person, kind, name, zone) {
    await person.tap('Registrierungsoptionen');
    await person.see('👤 Spezialist');
    await person.tap(kind);
    await person.see(kind === '👤 Spezialist' ? 'Unter welchem Namen' : 'Wie heißt Ihre Organisation?');
    await person.say(name);
    await person.tap('Ja, registrieren');
    await pickZone(person, t, zone);
    await person.see('Schritt 1 von');
  }
  // The first step: {name, minutes, price}.
  async firstService(person, { name, minutes, price }) {
    await person.say(name);
    await person.see('Wie lange dauert sie?');
    await person.say(String(minutes));
    await person.see('Was kostet sie?');
    await person.say(String(price));
    await person.tap('✅ Anlegen');
    await person.see('Schritt 2 von');
  }
  // On the screen that asks for the week.
  async weekdays(person, hours) {
    await person.tap('Montag bis Freitag');
    await person.see('Weiter ▶');
    await person.tap('Weiter ▶');
    await person.see('Ab wann?');
    await person.say(hours);
  }
  // From the keyboard to the summary of the first time from `after` on, on that day of the month.
  async walk(person, { at, service, whom, day, after = '00:00' }) {
    await person.key(t.request);
    await person.tap(at);
    await person.tap(buttons(await person.see('Welche Leistung wünschen Sie?')).find((label) => label.startsWith(service)));
    await person.tap(buttons(await person.see('Zu wem möchten Sie?')).find((label) => label.includes(whom)));
    const month = await person.see('An welchem Tag?');
    if (!buttons(month).filter(isDay).includes(String(day))) throw new Error(`Day ${day} is not among ${buttons(month)}`);
    await person.tap(String(day));
    const times = buttons(await timesOffered(person)).filter(isTime);
    await person.tap(times.find((label) => label >= after));
    return person.see(t.confirm);
  }
}
