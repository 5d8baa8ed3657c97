// SPEC 2.4: what a customer notes with a request, and until when they may cancel.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, newest, requestNotice, walkFromDates, walkToSummary, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { buttons, dataOf } from './simulator.mjs';

const DAY_S = 24 * 60 * 60;

describe('notes in German', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  async function writeNote(person, button, text) {
    await person.tap(button);
    await person.see('Was soll Ihr Anbieter vorab wissen?');
    await person.say(text);
    return person.see('Stimmt alles?');
  }

  test('a note is added, changed, and read by both sides', async () => {
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    const plain = await walkToSummary(anna, t);
    assert.doesNotMatch(plain.plain, /Notiz/);
    const first = await writeNote(anna, 'Notiz hinzufügen', 'Knie rechts');
    assert.match(first.plain, /Notiz: Knie rechts/);
    const second = await writeNote(anna, 'Notiz ändern', 'Knie <links> & müde 🙂');
    assert.match(second.plain, /Notiz: Knie <links> & müde 🙂/);
    await anna.tap(t.confirm);
    const requested = await anna.see(t.status.pending);
    assert.match(requested.plain, /Notiz: Knie <links> & müde 🙂/);
    const request = await marie.see('Notiz: Knie <links> & müde 🙂', { since: 0 });
    assert.ok(buttons(request).includes(t.accept), 'it comes with the request');
    await marie.tap(t.meetingInfo);
    await marie.see('Notiz: Knie <links> & müde 🙂');
    await anna.tap(t.meetingInfo);
    await anna.see('Notiz: Knie <links> & müde 🙂');
  });

  test('a note is removed, and goes with no other request than its own', async () => {
    const ben = await joined(world, specialist, t, { first_name: 'Ben' });
    await walkToSummary(ben, t);
    await writeNote(ben, 'Notiz hinzufügen', 'Nur ein Versuch');
    await ben.tap('Notiz entfernen');
    const without = await ben.see('Notiz hinzufügen');
    assert.doesNotMatch(without.plain, /Versuch/);
    await writeNote(ben, 'Notiz hinzufügen', 'Bitte mit Rechnung');
    await ben.tap(t.confirm);
    await ben.see(t.status.pending);
    assert.equal((await newest(world, specialist, ben)).note, 'Bitte mit Rechnung');
    const next = await walkToSummary(ben, t);
    assert.doesNotMatch(next.plain, /Rechnung/);
    await ben.tap(t.confirm);
    await ben.see(t.status.pending);
    assert.equal((await newest(world, specialist, ben)).note, '');
  });

  test('a note stays when the customer goes back for another time, and a second tap is one request', async () => {
    const cleo = await joined(world, specialist, t, { first_name: 'Cleo' });
    await walkToSummary(cleo, t);
    await writeNote(cleo, 'Notiz hinzufügen', 'Bin neu hier');
    await cleo.tap('◀ Zurück');
    await cleo.see('◀ Zurück');
    await cleo.tap('◀ Zurück');
    const summary = await walkFromDates(cleo, t);
    assert.match(summary.plain, /Notiz: Bin neu hier/);
    const data = dataOf(summary, t.confirm);
    await cleo.forge(data, summary.message_id);
    await cleo.see(t.status.pending);
    await cleo.forge(data, summary.message_id);
    await world.simulator.settled();
    await cleo.see('Notiz: Bin neu hier', { since: 0 });
    const { appointments } = await world.admin.call('BookingService', 'ListAppointments', {
      parent: 'accounts/me', filter: 'FILTER_PENDING',
    }, { account: cleo.identity });
    assert.deepEqual(appointments.map(({ note }) => note), ['Bin neu hier']);
  });

  test('a note goes along when another time is asked for', async () => {
    const dirk = await joined(world, specialist, t, { first_name: 'Dirk' });
    await walkToSummary(dirk, t);
    await writeNote(dirk, 'Notiz hinzufügen', 'Nur vormittags');
    await dirk.tap(t.confirm);
    await dirk.see(t.status.pending);
    await requestNotice(marie, dirk, t);
    await marie.tap(t.reject);
    await marie.tap(t.rejectWithoutReason);
    await dirk.see(t.status.rejected, { since: 0 });
    await dirk.tap(t.otherTime);
    const summary = await walkFromDates(dirk, t);
    assert.match(summary.plain, /Notiz: Nur vormittags/);
    assert.ok(buttons(summary).includes('Notiz entfernen'), buttons(summary));
    await dirk.tap(t.confirm);
    await dirk.see(t.status.pending);
    assert.equal((await newest(world, specialist, dirk)).note, 'Nur vormittags');
  });

  test('the card says until when it may be cancelled, and afterwards why not', async () => {
    const dora = await joined(world, specialist, t, { first_name: 'Dora' });
    const setDeadline = (seconds) =>
      world.admin.change('CatalogService', 'UpdateService', {
        service: { name: specialist.services[0].name, cancellation_deadline: { seconds } },
        update_mask: { paths: ['cancellation_deadline'] },
      });
    await setDeadline(3600);
    await walkToSummary(dora, t);
    await dora.tap(t.confirm);
    const requested = await dora.see(t.status.pending);
    assert.doesNotMatch(requested.plain, /Stornieren bis/);
    const { name } = await newest(world, specialist, dora);
    await world.admin.change('BookingService', 'AcceptAppointment', { name });
    const accepted = await dora.see('Stornieren bis');
    assert.match(accepted.plain, /Stornieren bis \D+, \d+\. .+, \d\d:\d\d/);
    await dora.tap(t.cancel);
    const question = await dora.see('Wirklich stornieren?');
    assert.match(question.plain, /Stornieren bis/);
    assert.ok(buttons(question).includes(t.cancelWithoutReason));
    await setDeadline(300 * DAY_S);
    await dora.tap(t.cancelWithoutReason);
    const card = await dora.see('Für eine Stornierung ist es zu spät');
    assert.ok(!buttons(card).includes(t.cancel), 'no button that would fail');
    await dora.tap(t.chat);
    await dora.see('Sie schreiben jetzt mit');
  });
});
