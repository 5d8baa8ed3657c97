// SPEC 3.1: requests, one card at a time: accepted, rejected, skipped, other times proposed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { daysOffered, isDay, isTime, joined, timesOffered, worldWithMarie } from './customer_walk.mjs';
import { wallClock } from './harness.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';

describe('requests in German', { concurrency: false }, () => {
  let world, marie, specialist, anna, hugo, free, last;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    hugo = await joined(world, specialist, t, { first_name: 'Hugo', zone: 'Europe/London' });
    free = await world.slots(specialist.name, { service: specialist.services[0].name, count: Infinity });
  });
  after(() => world.stop());

  // As another program would; the notice comes all the same.
  const ask = (person, start, { service = specialist.services[0].name, note } = {}) =>
    world.admin.change('BookingService', 'RequestAppointment',
      { parent: specialist.name, appointment: { service, start_time: { seconds: start }, note } }, { account: person.identity });
  const status = async ({ name }) => (await world.admin.call('BookingService', 'GetAppointment', { name })).status;
  const card = (number, count, name) => marie.see(`${number} von ${count} · ${name}`);
  async function taps(walk) {
    const before = (await world.simulator.outbox(0, 'answerCallbackQuery')).length;
    await walk();
    await world.simulator.settled();
    return (await world.simulator.outbox(0, 'answerCallbackQuery')).length - before;
  }

  test('where there is none, it says so and leads on', async () => {
    await marie.key('Anfragen');
    const none = await marie.see('keine offenen Anfragen');
    assert.ok(buttons(none).includes('Kalender'));
  });

  test('the oldest comes first with all that decides on it, and is accepted in one tap; then comes the next', async () => {
    const first = await ask(hugo, free[4], { note: 'Rückenschmerzen' });
    const second = await ask(anna, free[2]);
    await marie.key('Anfragen');
    const hugos = await card(1, 2, 'Hugo');
    assert.match(hugos.plain, /erster Besuch/);
    assert.match(hugos.plain, /Beratung · 80,00\s€/);
    assert.match(hugos.plain, /Rückenschmerzen/);
    assert.match(hugos.plain, /London/, 'both clocks');
    assert.match(hugos.plain, /davor belegt bis|davor und danach frei/);
    assert.deepEqual(buttons(hugos), [t.accept, 'Andere Zeit', t.reject, 'Hugo', 'Überspringen ▶']);
    await marie.tap(t.accept);
    const annas = await card(1, 1, 'Anna');
    assert.ok(!buttons(annas).includes('Überspringen ▶'));
    assert.equal(await status(first), 'STATUS_ACCEPTED');
    await hugo.see(`🟢 ${t.status.accepted}`, { since: 0 });
    await marie.tap(t.reject);
    await marie.see(t.rejectWithoutReason);
    await marie.say('Leider voll');
    await marie.see('Mit dieser Begründung');
    await marie.tap(t.reject);
    await anna.see('Leider voll');
    assert.equal(await status(second), 'STATUS_REJECTED');
  });

  test('a request is skipped, and behind the last one the first comes again', async () => {
    await ask(anna, free[6]);
    last = await ask(hugo, free[8]);
    await marie.key('Anfragen');
    await card(1, 2, 'Anna');
    await marie.tap('Überspringen ▶');
    const hugos = await card(2, 2, 'Hugo');
    assert.match(hugos.plain, /2\. Besuch/);
    await marie.tap('Überspringen ▶');
    await card(1, 2, 'Anna');
  });

  test('two times on different days are proposed in six taps, and the next request follows', async () => {
    const count = await taps(async () => {
      await marie.tap('Andere Zeit');
      await marie.tap(buttons(await daysOffered(marie)).filter(isDay)[0]);
      await marie.tap(buttons(await timesOffered(marie)).filter(isTime).at(-1));
      const again = await marie.see(t.sendProposal);
      await marie.tap(buttons(again).filter(isDay).at(-1));
      await marie.tap(buttons(await timesOffered(marie)).find(isTime));
      await marie.see(t.sendProposal);
      await marie.tap(t.sendProposal);
    });
    assert.ok(count <= 6, `${count} taps`);
    await anna.see('🔹');
    await card(1, 2, 'Hugo');
    await marie.tap('Überspringen ▶');
    const waits = await card(2, 2, 'Anna');
    assert.match(waits.plain, /Wartet auf Anna\. Vorgeschlagen:/, 'what waits for the customer comes last');
  });

  test('who was not sure which service is given one when accepting', async () => {
    await marie.key('Anfragen');
    await card(1, 2, 'Hugo');
    await marie.tap(t.accept);
    await until('it is accepted', async () => (await status(last)) === 'STATUS_ACCEPTED');
    const unsure = await ask(anna, free[12], { service: '' });
    await marie.key('Anfragen');
    const open = await card(1, 2, 'Anna');
    assert.match(open.plain, /Welche Leistung\?/);
    await marie.tap(t.accept);
    const services = await marie.see('Für welche');
    await marie.tap(buttons(services).find((label) => label.startsWith('Erstgespräch')));
    await until('it is accepted', async () => (await status(unsure)) === 'STATUS_ACCEPTED');
    const { service_display_name: service } = await world.admin.call('BookingService', 'GetAppointment', { name: unsure.name });
    assert.equal(service, 'Erstgespräch');
  });

  test('from a notice it is answered alone: no other request is pushed into the chat', async () => {
    const one = await ask(anna, free[16]);
    await ask(hugo, free[18]);
    const notice = await until('the notice has come', async () =>
      (await marie.messages()).reverse().find(({ plain }) => plain.includes('Anna') && plain.includes(wallClock(free[16], 'Europe/Berlin'))));
    const cards = async () => (await marie.messages()).filter(({ plain }) => / von \d+ · /.test(plain)).length;
    const before = await cards();
    const accept = notice.reply_markup.inline_keyboard.flat().find(({ text }) => text === t.accept).callback_data;
    await marie.forge(accept, notice.message_id);
    await until('it is accepted', async () => (await status(one)) === 'STATUS_ACCEPTED');
    await world.simulator.settled();
    assert.equal(await cards(), before);
  });
});
