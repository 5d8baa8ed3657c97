// SPEC 2.4 and 3.1: a typed reason is shown once more, and only its button cancels or rejects.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestNotice, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf } from './simulator.mjs';

describe('reasons in German', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  const statusOf = async ({ name }) => (await world.admin.call('BookingService', 'GetAppointment', { name })).status;
  // A customer with a request, on the screen that asks whether to cancel it.
  async function aboutToCancel(name) {
    const person = await joined(world, specialist, t, { first_name: name });
    const appointment = await requestOne(world, specialist, person, t);
    await openRequest(person);
    return { person, appointment };
  }
  async function openRequest(person) {
    await person.tap(t.appointments);
    const list = await person.see(t.listTitle);
    await person.tap(buttons(list).find((label) => label.startsWith('🟡')));
    await person.see(t.meetingInfo); // Its card; the sent request has the button, too.
    await person.tap(t.cancel);
    await person.see('Einen Grund können Sie vorher schreiben');
  }

  // `person` is told `reason` once, in the notice that begins with `notice`; the request's own message
  // shows it as well.
  async function toldOnce(person, notice, reason) {
    await until('the request shows the reason', async () => (await person.count(reason)) > 1);
    await world.simulator.settled();
    assert.equal(await person.count(`${notice}\nBegründung: ${reason}`), 1);
    assert.equal(await person.count(reason), 2);
  }

  test('a typed sentence cancels nothing, and leads back to the appointment', async () => {
    const { person: anna, appointment } = await aboutToCancel('Anna');
    await anna.say('Wo ist das & <eigentlich>?');
    const question = await anna.see('Mit diesem Grund stornieren?');
    assert.match(question.plain, /Ihr Grund:\nWo ist das & <eigentlich>\?/);
    assert.deepEqual(buttons(question), ['◀ Nein, behalten', 'Stornieren']);
    await world.simulator.settled();
    assert.equal(await anna.count('Einen Grund können Sie vorher schreiben'), 0, 'the first question is gone');
    await anna.tap('◀ Nein, behalten');
    await anna.see(t.meetingInfo);
    assert.equal(await statusOf(appointment), 'STATUS_PENDING');
    await anna.say('Danke!');
    await anna.see('Das habe ich leider nicht verstanden');
  });

  test('another text takes the place of the first, and two taps cancel once with it', async () => {
    const { person: ben, appointment } = await aboutToCancel('Ben');
    await ben.say('Bin krank');
    await ben.see('Bin krank');
    await ben.say('Bin verreist');
    const question = await ben.see('Bin verreist');
    const data = dataOf(question, 'Stornieren');
    await Promise.all([ben.forge(data, question.message_id), ben.forge(data, question.message_id)]);
    await ben.see(`❌ ${t.status.cancelled}`);
    await marie.see('Bin verreist', { since: 0 });
    await world.simulator.settled();
    assert.equal(await statusOf(appointment), 'STATUS_CANCELLED');
    assert.equal(await marie.count('Bin krank'), 0);
    await toldOnce(marie, 'Ben hat die Anfrage zurückgezogen.', 'Bin verreist');
    assert.equal(await ben.count('Diese Ansicht ist veraltet'), 0);
  });

  test('a button whose text another one has replaced asks anew', async () => {
    const { person: cleo, appointment } = await aboutToCancel('Cleo');
    await cleo.say('Der erste Grund');
    const old = dataOf(await cleo.see('Der erste Grund'), 'Stornieren');
    await cleo.say('Der zweite Grund');
    await cleo.see('Der zweite Grund');
    await cleo.forge(old);
    await cleo.see(t.cancelWithoutReason);
    assert.equal(await statusOf(appointment), 'STATUS_PENDING');
  });

  test('the text outlives a restart of the adapter', async () => {
    const { person: dora, appointment } = await aboutToCancel('Dora');
    await dora.say('Bus verpasst');
    await dora.see('Bus verpasst');
    await world.simulator.settled();
    await world.adapter.kill();
    await world.startAdapter();
    await dora.tap(t.cancel);
    await dora.see(`❌ ${t.status.cancelled}`);
    assert.equal(await statusOf(appointment), 'STATUS_CANCELLED');
    await marie.see('Bus verpasst', { since: 0 });
  });

  test('what answers no question leaves the question open', async () => {
    const { person: emil, appointment } = await aboutToCancel('Emil');
    await emil.sendFile('x', { as: 'sticker' });
    await emil.see('Das habe ich leider nicht verstanden');
    await emil.say('/gibtesnicht');
    await emil.see('Das habe ich leider nicht verstanden');
    await emil.say('Doch keine Zeit');
    await emil.see('Doch keine Zeit');
    await emil.tap(t.cancel);
    await emil.see(`❌ ${t.status.cancelled}`);
    assert.equal(await statusOf(appointment), 'STATUS_CANCELLED');
  });

  test('a rejection alike, and the customer reads its reason', async () => {
    const fred = await joined(world, specialist, t, { first_name: 'Fred' });
    const appointment = await requestOne(world, specialist, fred, t);
    await requestNotice(marie, fred, t);
    await marie.tap(t.reject);
    await marie.see('Eine Begründung können Sie vorher schreiben');
    await marie.say('Moment, ich schaue nach');
    await marie.see('Mit dieser Begründung ablehnen?');
    assert.equal(await statusOf(appointment), 'STATUS_PENDING');
    await marie.say('Leider Urlaub');
    const question = await marie.see('Leider Urlaub');
    assert.deepEqual(buttons(question), ['◀ Nicht ablehnen', 'Ablehnen']);
    const data = dataOf(question, 'Ablehnen');
    await Promise.all([marie.forge(data, question.message_id), marie.forge(data, question.message_id)]);
    await fred.see('Leider Urlaub');
    await world.simulator.settled();
    assert.equal(await statusOf(appointment), 'STATUS_REJECTED');
    await toldOnce(fred, 'Marie hat Ihre Anfrage leider abgelehnt.', 'Leider Urlaub');
    assert.equal(await fred.count('Moment, ich schaue nach'), 0);
  });
});
