// SPEC 4.2: a group session keeps the length it began with, and the bot says so before it is booked.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ZONE, joined, newest, walkToSummary, worldWithMarie } from './customer_walk.mjs';
import { wallClock } from './harness.mjs';
import { german as t } from './labels.mjs';

const MINUTE_S = 60;

describe('a seat in a session whose service has changed since', { concurrency: false }, () => {
  let world, specialist;
  before(async () => ({ world, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  // Changes the service that `t.service` names, 50 minutes long and individual at first.
  function change(fields) {
    const [{ name }] = specialist.services;
    const update = { service: { name, ...fields }, update_mask: { paths: Object.keys(fields) } };
    return world.admin.change('CatalogService', 'UpdateService', update, { account: specialist.account });
  }

  test('the summary, the request and the list have the end of the session', async () => {
    const [service] = specialist.services;
    await change({ capacity: 2 });
    const first = await world.customer('telegram:50001', specialist.code);
    const [start] = await world.slots(specialist.name, { service: service.name });
    await world.request(specialist.name, first.name, start, { service: service.name });
    await change({ duration: { seconds: 90 * MINUTE_S }, capacity: 9 });

    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    const summary = await walkToSummary(anna, t);
    const end = wallClock(Number(start) + 50 * MINUTE_S, ZONE);
    assert.ok(summary.plain.includes(wallClock(Number(start), ZONE)), summary.plain);
    assert.ok(summary.plain.includes(end), `${end} is not in ${summary.plain}`);
    await anna.tap(t.confirm);
    const requested = await anna.see(t.status.pending);
    assert.ok(requested.plain.includes(end), requested.plain);
    const appointment = await newest(world, specialist, anna);
    assert.equal(Number(appointment.end_time.seconds), Number(start) + 50 * MINUTE_S);

    // The session is full at its two seats: the next one is offered a new session of 90 minutes.
    const ben = await joined(world, specialist, t, { first_name: 'Ben' });
    const next = await walkToSummary(ben, t);
    assert.ok(!next.plain.includes(`${wallClock(Number(start), ZONE)}–`), next.plain);
    await ben.tap(t.confirm);
    await ben.see(t.status.pending);
    const { start_time: from, end_time: to } = await newest(world, specialist, ben);
    assert.equal(Number(to.seconds) - Number(from.seconds), 90 * MINUTE_S);
    assert.ok(next.plain.includes(wallClock(Number(to.seconds), ZONE)), next.plain);
  });
});
