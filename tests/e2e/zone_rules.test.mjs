// SPEC 4.3a: zone rules change under running programs. What was agreed stays, and both sides read so.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { calendarFile } from './customer_walk.mjs';
import { EVERY_DAY, today, World } from './harness.mjs';
import { buildDir, run, until } from './programs.mjs';
import { buttons } from './simulator.mjs';

const TOWN = 'Test/Town';
const SYSTEM = '/usr/share/zoneinfo';
const HOUR_S = 3600;
// Three days ahead, also when a day ends meanwhile.
const DATE = today(3);

// The system's zones, and the town with rules that this test writes.
class Zones {
  constructor() {
    mkdirSync(path.join(buildDir, 'e2e'), { recursive: true });
    this.folder = mkdtempSync(path.join(buildDir, 'e2e/zones-'));
    for (const name of readdirSync(SYSTEM)) {
      if (name !== 'tzdata.zi') symlinkSync(path.join(SYSTEM, name), path.join(this.folder, name));
    }
  }
  async setRules(rules, version) {
    const source = path.join(this.folder, 'town.zi');
    writeFileSync(source, `Zone ${TOWN} ${rules}\n`);
    const env = { PATH: `${process.env.PATH}:/usr/sbin` };
    const made = await run('zic', ['-b', 'fat', '-d', this.folder, source], { env });
    assert.equal(made.code, 0, made.stderr);
    const links = readFileSync(path.join(SYSTEM, 'tzdata.zi'), 'utf8').split('\n').slice(1);
    writeFileSync(path.join(this.folder, 'tzdata.zi'), [`# version ${version}`, ...links].join('\n'));
  }
}

describe('new zone rules', { concurrency: false }, () => {
  const zones = new Zones();
  let world, specialist, marie, anna, start;
  before(async () => {
    await zones.setRules('2:00 - TTT', '2026a');
    process.env.TZDIR = zones.folder;
    world = await World.all();
    marie = await world.simulator.person({ id: 1001, first_name: 'Marie', language_code: 'de' });
    anna = await world.simulator.person({ first_name: 'Anna', language_code: 'de' });
    // Node knows nothing of the town, so that is said to the core alone.
    specialist = await world.specialist({ identity: marie.identity, zone: 'UTC+02:00' });
    const schedule = { name: `${specialist.name}/schedule`, time_zone: TOWN };
    const mask = { paths: ['time_zone'] };
    await world.admin.change('ScheduleService', 'UpdateSchedule', { schedule, update_mask: mask }, { account: specialist.account });
    await setZone(specialist.account, TOWN);
    // She is told at once who joins: before she has written to the bot, it may not write to her.
    await marie.start();
    await world.simulator.settled();
    await world.customer(anna.identity, specialist.code, { zone: 'UTC+01:00' });
    await anna.start();
  });
  after(async () => {
    await world.stop();
    rmSync(zones.folder, { recursive: true });
  });

  async function setZone(name, zone) {
    const request = { account: { name, time_zone: zone }, update_mask: { paths: ['time_zone'] } };
    await world.admin.change('AccountService', 'UpdateAccount', request, { account: name });
  }
  const requested = (at) => world.request(specialist.name, anna.identity, at, { service: specialist.services[0].name });
  async function accepted(at) {
    const { name } = await requested(at);
    return world.admin.change('BookingService', 'AcceptAppointment', { name }, { account: specialist.account });
  }
  // By the hour of UTC.
  function atHour(hour) {
    return Date.UTC(DATE.year, DATE.month - 1, DATE.day) / 1000 + hour * HOUR_S;
  }

  test('the agreed time stays for both, and each is told what changes for them', async () => {
    start = atHour(8); // 10:00 in the town, 09:00 for Anna.
    const appointment = await accepted(start);
    await anna.see('09:00–10:00', { since: 0 });
    await zones.setRules('1:00 - TTT', '2026b');
    const toMarie = await marie.see('In Town gilt eine neue Zeitregelung.', { since: 0 });
    assert.match(toMarie.plain, /Die vereinbarte Uhrzeit bleibt: .*, 10:00\./);
    assert.match(toMarie.plain, /10:00–11:00/);
    assert.doesNotMatch(toMarie.plain, /Bei Ihnen bisher/);
    const toAnna = await anna.see('In Town gilt eine neue Zeitregelung.', { since: 0 });
    assert.match(toAnna.plain, /Die vereinbarte Uhrzeit bleibt: .*, 10:00\./);
    assert.match(toAnna.plain, /Bei Ihnen bisher: .*, 09:00/);
    assert.match(toAnna.plain, /10:00–11:00/);
    assert.equal((await get(appointment.name)).start_time.seconds, start + HOUR_S);
  });

  function get(name) {
    return world.admin.call('BookingService', 'GetAppointment', { name });
  }

  test('the calendar file replaces the one of before', async () => {
    await anna.tap('📅 Kalenderdatei');
    const { event } = await calendarFile(world, await anna.see('.ics'));
    assert.equal(event.startDate.toUnixTime(), start + HOUR_S);
    assert.ok(event.sequence > 2, `sequence ${event.sequence}`);
  });

  test('where something else is, the time stays, and the card asks to agree anew', async () => {
    const first = await accepted(atHour(12)); // 13:00 in the town.
    await setSchedule('UTC');
    await accepted(atHour(13));
    await zones.setRules('0:00 - TTT', '2026c');
    const toAnna = await anna.see('Bitte vereinbaren Sie diesen Termin neu.', { since: 0 });
    assert.match(toAnna.plain, /zur vereinbarten Uhrzeit ist schon etwas anderes eingetragen/);
    assert.match(toAnna.plain, /Vereinbart war .*, 13:00 \(Town\)/);
    assert.ok(buttons(toAnna).includes('Andere Zeit'), buttons(toAnna).join());
    const toMarie = await marie.see('Bitte vereinbaren Sie diesen Termin neu.', { since: 0 });
    assert.ok(buttons(toMarie).includes('Chat'), buttons(toMarie).join());
    assert.equal((await get(first.name)).start_time.seconds, atHour(12));
  });
  async function setSchedule(zone) {
    const as = { account: specialist.account };
    const name = `${specialist.name}/schedule`;
    const { etag } = await world.admin.call('ScheduleService', 'GetSchedule', { name }, as);
    const schedule = { name, etag, time_zone: zone, weekly_hours: EVERY_DAY };
    const mask = { paths: ['time_zone', 'weekly_hours'] };
    await world.admin.change('ScheduleService', 'UpdateSchedule', { schedule, update_mask: mask }, as);
  }

  test('nobody is told again, also not by a core that was killed', async () => {
    const told = async () => (await anna.count('neue Zeitregelung')) + (await marie.count('neue Zeitregelung'));
    await world.simulator.settled();
    const before = await told();
    await world.kalendsd.kill();
    await world.startCore();
    await until('the core has looked', () => world.kalendsd.log().split('zone rules 2026c:').length > 1);
    // What is told after it is behind whatever it had to tell.
    await requested(atHour(15));
    await marie.see('15:00', { since: 0 });
    await world.simulator.settled();
    assert.equal(await told(), before);
  });

  test('kalends says which rules there are', async () => {
    const { stdout } = await world.kalends('stats');
    assert.match(stdout, /^zone rules +2026c, (\d{3,}) of \1 zones known$/m);
  });

  test('and warns when they are old', async () => {
    await zones.setRules('0:00 - TTT', '2019c');
    await until('the core has looked', () => world.kalendsd.log().includes('the zone rules are now 2019c'));
    const { stdout } = await world.kalends('stats');
    assert.match(stdout, /warning: the zone rules are more than a year old/);
  });
});
