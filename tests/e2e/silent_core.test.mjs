// A core that silently stops answering is noticed, said once, and called again over a new line; and
// who asks the core whether it is there is not thrown out for it.
import assert from 'node:assert/strict';
import http2 from 'node:http2';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { joined } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { Line } from './line.mjs';
import { binary, run, until } from './programs.mjs';

const PING_INTERVAL_MIN_MS = 50;
const KEEPALIVE_MS = 200;
const PEOPLE = 3;

const count = (text, pattern) => [...text.matchAll(pattern)].length;

describe('a core that silently stops answering', { concurrency: false }, () => {
  let world, line, specialist, anna;
  const people = [];
  before(async () => {
    const flags = () => [`--ping-interval-min-ms=${PING_INTERVAL_MIN_MS}`];
    world = await World.core({ flags });
    line = await Line.to(world.address);
    await world.startSimulator();
    const args = [`--keepalive-ms=${KEEPALIVE_MS}`];
    await world.startAdapter({ core: line.address, args });
    await world.startWeb({ core: line.address, args });
    specialist = await world.specialist();
    await world.publish(specialist, { slug: 'marie' });
    for (let i = 0; i < PEOPLE; ++i) {
      people.push(await joined(world, specialist, t, { first_name: `Kunde${i}` }));
    }
    [anna] = people;
    assert.equal((await fetch(`${world.web}/p/marie`)).status, 200);
    await world.simulator.settled();
  });
  after(async () => {
    await world.stop();
    line.stop();
  });

  const told = () => count(world.adapter.log(), /the core at .* cannot be reached/g);

  test('is noticed while nobody calls it, and said once, whoever calls it then', async () => {
    line.silence();
    await until('it is noticed', () => told() === 1, 20 * KEEPALIVE_MS);
    const pages = people.map(async () => (await fetch(`${world.web}/p/marie`)).status);
    for (const person of people) await person.tap(t.settings);
    for (const person of people) await person.see('nicht erreichbar');
    assert.deepEqual(new Set(await Promise.all(pages)), new Set([503]));
    assert.equal(told(), 1);
    assert.equal(count(world.website.log(), /the core at .* cannot be reached/g), 1);
    for (const program of [world.adapter, world.website]) {
      assert.doesNotMatch(program.log(), /UNAVAILABLE|DEADLINE_EXCEEDED|code (4|14) /);
    }
  });

  test('is called again once there is a way to it, and what was to be told is told', async () => {
    const as = { account: specialist.account };
    const account = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: anna.identity });
    const parent = `${specialist.name}/links/${account.name.split('/')[1]}`;
    await world.admin.change('ChatService', 'SendMessage', { parent, message: { text: 'Sind Sie noch da?' } }, as);
    line.restore();
    await anna.see('Sind Sie noch da?', { since: 0 });
    for (const person of people) await person.tap(t.settings);
    for (const person of people) await person.see(t.settingsZone);
    await until('the web is there again', async () => (await fetch(`${world.web}/p/marie`)).status === 200);
    assert.equal(count(world.adapter.log(), /the core at .* answers again/g), 1);
    assert.equal(told(), 1);
  });

  test('a line that falls silent alone is replaced within twice the time', async () => {
    const before = line.connections;
    line.silence();
    line.restore();
    await until('there is a new one', () => line.connections > before, 20 * KEEPALIVE_MS);
    await anna.tap(t.settings);
    await anna.see(t.settingsZone);
  });
});

describe('a client of one\'s own', () => {
  let world;
  before(async () => {
    world = await World.core({ flags: () => [`--ping-interval-min-ms=${PING_INTERVAL_MIN_MS}`] });
  });
  after(() => world.stop());

  // Pings `times` times, `apart` milliseconds apart, without a call; why it was thrown out, if it was.
  async function pinged(times, apart) {
    const session = http2.connect(`http://${world.address}`);
    let reason;
    session.on('goaway', (code, last, data) => (reason = data?.toString() || `code ${code}`));
    session.on('error', () => {});
    for (let i = 0; i < times && !session.closed && !session.destroyed; ++i) {
      await new Promise((resolve) => session.ping(resolve));
      await pause(apart);
    }
    session.destroy();
    return reason;
  }

  test('may ask again and again whether the core is there, without a call', async () => {
    assert.equal(await pinged(12, PING_INTERVAL_MIN_MS + 20), undefined);
  });
  test('is told so when it asks too fast', async () => {
    assert.match(await pinged(12, 0), /too_many_pings/);
  });
  test('may ask every ten seconds unless the operator says otherwise', async () => {
    const { stdout } = await run(binary('kalendsd'), ['--help']);
    const [, interval] = stdout.match(/--ping-interval-min-ms .*=(\d+) /);
    assert.ok(Number(interval) < 10_000, interval);
  });
});
