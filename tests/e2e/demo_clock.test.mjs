// The clock of a demonstration: what the simulator's page moves, core and bot follow; and nothing else
// can have it.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch } from './browser.mjs';
import { World } from './harness.mjs';
import { binary, run, until } from './programs.mjs';
import { BOT_TOKEN } from './simulator.mjs';

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

describe('a clock that can be moved', { concurrency: false }, () => {
  let world, browser, page, marie, specialist, anna, start;
  before(async () => {
    world = await World.core({ flags: () => ['--demo-clock'] });
    const clock = ['--demo-clock', path.join(world.dataDir, 'demo-clock')];
    await world.startSimulator('off', { args: clock });
    await world.startAdapter({ args: clock });
    marie = await world.simulator.person({ id: 1001, first_name: 'Marie', language_code: 'de' });
    specialist = await world.specialist({ identity: marie.identity });
    await marie.start();
    anna = await world.simulator.person({ id: 2001, first_name: 'Anna', language_code: 'de' });
    const account = await world.customer(anna.identity, specialist.code);
    await anna.start();
    // In the afternoon of some day: no quiet hours hold the reminder.
    const service = specialist.services[0].name;
    const starts = await world.slots(specialist.name, { service, count: Infinity, days: 10 });
    start = starts.find((time) => time > Date.now() / 1000 + 3 * DAY_S && new Date(time * 1000).getUTCHours() === 14);
    const { name } = await world.request(specialist.name, account.name, start, { service });
    await world.admin.change('BookingService', 'AcceptAppointment', { name }, { account: specialist.account });
    await anna.see('🟢');
    browser = await launch();
    page = await browser.newPage();
    await page.goto(world.simulator.url);
  });
  after(async () => {
    await browser?.close();
    await world.stop();
  });

  const status = async () => {
    const { appointments } = await world.admin.call('BookingService', 'ListAppointments', { parent: specialist.name });
    return appointments[0].status;
  };
  // Presses a button of the page so often that the clock shows `time` or later.
  async function moveTo(time) {
    for (;;) {
      const { now_ms: now } = await world.simulator.get('state');
      if (now / 1000 >= time) return;
      await page.getByTestId(time - now / 1000 > DAY_S ? 'clock-day' : 'clock-hour').click();
      await until('the clock has moved', async () => (await world.simulator.get('state')).now_ms > now + HOUR_S * 900);
    }
  }

  test('+1 day until it is there: the reminder comes, and the appointment is completed by itself', async () => {
    assert.match(await page.getByTestId('clock-day').getAttribute('title'), /everybody/);
    await moveTo(start - DAY_S);
    await anna.see('⏰', { since: 0 });
    assert.equal(await status(), 'STATUS_ACCEPTED');
    await moveTo(start + 26 * HOUR_S);
    await until('it is completed', async () => (await status()) === 'STATUS_COMPLETED');
  });

  test('the bot goes by the same clock, and so do both after a restart', async () => {
    const shown = () => new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin', day: 'numeric' });
    const today = async () => shown().format((await world.simulator.get('state')).now_ms);
    await world.adapter.stop();
    await world.kalendsd.stop();
    await world.startCore();
    await world.startAdapter({ args: ['--demo-clock', path.join(world.dataDir, 'demo-clock')] });
    const free = (await world.slots(specialist.name, { count: Infinity, days: 40 })).filter((time) => time > start);
    assert.ok(free[0] >= start + 26 * HOUR_S, 'a time that is over is not free');
    await marie.start();
    await marie.key('Kalender');
    await marie.see(`${await today()}. `);
  });
});

describe('a demo clock is nobody else’s', { concurrency: false }, () => {
  let world;
  before(async () => {
    world = await World.core();
  });
  after(() => world.stop());

  const refusal = async (name, ...args) => {
    const env = { TELEGRAM_BOT_TOKEN: BOT_TOKEN };
    const { code, stdout, stderr } = await run(binary(name), args, { env });
    assert.notEqual(code, 0);
    return stdout + stderr;
  };

  test('kalendsd refuses it for data of the real clock, and for an address that others reach', async () => {
    await world.kalendsd.stop();
    assert.match(await refusal('kalendsd', '--demo-clock', '--listen', '127.0.0.1:0', '--data-dir', world.dataDir), /begun on the real clock/);
    const other = path.join(world.folder, 'other');
    for (const listen of ['0.0.0.0:0', '[::]:0', 'unix:/tmp/x']) {
      assert.match(await refusal('kalendsd', '--demo-clock', '--listen', listen, '--data-dir', other), /loopback/);
    }
    await world.startCore();
  });

  test('data of a demo clock is served with it alone', async () => {
    const demo = await World.core({ flags: () => ['--demo-clock'] });
    await demo.kalendsd.stop();
    assert.match(await refusal('kalendsd', '--listen', '127.0.0.1:0', '--data-dir', demo.dataDir), /never real/);
    await demo.stop();
  });

  test('kalends-telegram refuses it with the real Telegram', async () => {
    const key = await world.createKeyFile('adapter');
    for (const api of ['https://api.telegram.org', 'http://127.0.0.1.evil.example', 'http://127.0.0.1@evil.example', 'https://127.0.0.1:1']) {
      const args = ['--core', world.address, '--api-key-file', key, '--telegram-api', api, '--demo-clock', 'none'];
      assert.match(await refusal('kalends-telegram', ...args), /simulated Telegram/, api);
    }
  });
});
