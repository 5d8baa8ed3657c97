// SPEC 7.2 for the adapter: kill -9, repeated updates, and old or forged buttons lose and double
// nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { joined, requestNotice, requestOne, walkToSummary, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { bringsCounts, buttons } from './simulator.mjs';

const CUSTOMERS = 6;
const HELD_MS = 600_000; // Longer than any test.
const SLOW_MS = 2_000; // Longer than a kill takes.
// Of the notices.
const JOINED = 'hat Ihre Einladung angenommen';
const REQUESTED = 'Neue Anfrage von';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let world, marie, specialist;

async function appointments(filter = 'FILTER_UNSPECIFIED') {
  const request = { parent: specialist.name, filter, page_size: 200 };
  return (await world.admin.call('BookingService', 'ListAppointments', request)).appointments;
}

async function notificationsDue() {
  return (await world.admin.call('AdminService', 'GetServerStats')).notifications_due;
}

// In which lives the bot told Marie something of `name` that shows `text`, once for each time. A life
// begins with getMe; what the one before it had sent has come by then.
async function livesThatTold(name, text) {
  const lives = [];
  let life = -1;
  for (const { method, params, code } of await world.simulator.outbox()) {
    if (method === 'getMe') ++life;
    const told = method === 'sendMessage' && code === 200 && params.chat_id === marie.id;
    if (told && params.text.includes(name) && params.text.includes(text)) lives.push(life);
  }
  return lives;
}

// Confirms, and kills the bot when Telegram has its notice and it does not know so yet.
async function killBeforeAcknowledgement(person) {
  await world.simulator.post('fault', { method: 'sendMessage', contains: REQUESTED, mode: 'delay', delay_ms: SLOW_MS });
  await person.tap(t.confirm);
  await until('the notice is being sent', async () => (await world.simulator.get('state')).faults === 0);
  await world.adapter.kill();
  await until('Telegram has it', async () => (await livesThatTold(person.name, REQUESTED)).length === 1);
}

async function startChat(person) {
  await person.tap('Spezialistenliste');
  await person.tap('👤 Marie');
  await person.see('Von meiner Liste entfernen');
  await person.tap('Chat');
  await person.see('Sie schreiben jetzt mit 👤 Marie');
}

async function restartAdapter() {
  await world.adapter.kill();
  await world.startAdapter();
}

describe('an adapter that dies or is lied to', { concurrency: false }, () => {
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  test('a press whose handling was killed at any point makes one appointment and one notice', async () => {
    const people = [];
    for (let i = 0; i < CUSTOMERS; ++i) {
      people.push(await joined(world, specialist, t, { first_name: `Kunde${i}` }));
    }
    await until('that they joined was told', async () => (await notificationsDue()) === 0);
    for (const [i, person] of people.entries()) {
      await walkToSummary(person, t);
      if (person === people.at(-1)) {
        await killBeforeAcknowledgement(person);
      } else {
        await person.tap(t.confirm);
        // A little later each time: before the update is read, while it is handled, after it.
        for (let turn = 0; turn < i * 2; ++turn) await world.simulator.get('state');
        await world.adapter.kill();
      }
      await world.startAdapter();
      await person.see(`🟡 ${t.status.pending}`);
      await until('the request was told', async () => (await notificationsDue()) === 0);
    }
    await world.simulator.settled();
    const made = await appointments();
    assert.deepEqual(
      made.map(({ customer_display_name: name }) => name).sort(),
      people.map(({ name }) => name).sort(),
    );
    for (const [i, { name }] of people.entries()) {
      assert.deepEqual(await livesThatTold(name, JOINED), [0], `${name} joined, which was told before the first kill`);
      // Telegram cannot take back what was sent just before a kill: the next life sends it again.
      const lives = await livesThatTold(name, REQUESTED);
      const allowed = [[i], [i + 1], [i, i + 1]];
      assert.ok(allowed.some((right) => isDeepStrictEqual(lives, right)), `kill ${i} of ${name}'s press: told in the lives ${lives}`);
    }
  });

  test('a notice that waits while the adapter is dead is delivered once after it is back', async () => {
    const gustav = await joined(world, specialist, t, { first_name: 'Gustav' });
    const appointment = await requestOne(world, specialist, gustav, t);
    await requestNotice(marie, gustav, t);
    await world.simulator.settled();
    await world.adapter.kill();
    const as = { account: specialist.account };
    await world.admin.change('BookingService', 'AcceptAppointment', { name: appointment.name }, as);
    await world.startAdapter();
    await gustav.see('hat Ihren Termin akzeptiert');
    await until('no notification is due', async () => {
      const { notifications_due: due } = await world.admin.call('AdminService', 'GetServerStats');
      return due === 0;
    });
    assert.equal(await gustav.count('hat Ihren Termin akzeptiert'), 1);
  });

  test('notices are sent although Telegram refuses for a while, and although the core was killed', async () => {
    const hanna = await joined(world, specialist, t, { first_name: 'Hanna' });
    const appointment = await requestOne(world, specialist, hanna, t);
    await world.simulator.post('fault', { method: 'sendMessage', code: 502, times: 3, mode: 'before' });
    const as = { account: specialist.account };
    await world.admin.change('BookingService', 'AcceptAppointment', { name: appointment.name }, as);
    await world.kalendsd.kill();
    await world.startCore();
    await hanna.see(`🟢 ${t.status.accepted}`);
    assert.equal(await hanna.count(`🟢 ${t.status.accepted}`), 1);
  });

  test('a picture comes although the adapter was killed between its text and it', async () => {
    const rosa = await joined(world, specialist, t, { first_name: 'Rosa' });
    await startChat(rosa);
    await until('all was told before', async () => (await notificationsDue()) === 0);
    await world.simulator.post('fault', { method: 'sendPhoto', mode: 'delay', delay_ms: HELD_MS });
    await rosa.sendFile(PNG, { as: 'photo', caption: 'Mein Garten' });
    await marie.see('Mein Garten', { since: 0 });
    await until('the picture is being sent', async () => (await world.simulator.get('state')).faults === 0);
    assert.equal(await notificationsDue(), 1, 'it is not delivered with its text alone');
    await restartAdapter();
    await until('the picture has come', async () => (await marie.messages()).some(({ photo }) => photo));
    await until('all of it was told', async () => (await notificationsDue()) === 0);
    // What was sent before the kill comes again; the picture was not.
    assert.equal((await marie.messages()).filter(({ photo }) => photo).length, 1);
  });

  test('pictures follow their texts in order, and one that Telegram has lost holds up nothing', async () => {
    const pia = await joined(world, specialist, t, { first_name: 'Pia' });
    await startChat(pia);
    await until('all was told before', async () => (await notificationsDue()) === 0);
    const told = async () => (await marie.messages()).filter((message) => !bringsCounts(message));
    const seen = (await told()).length;
    const lost = { method: 'sendPhoto', code: 400, description: 'Bad Request: wrong file identifier/HTTP URL specified' };
    await world.simulator.post('fault', { method: 'sendPhoto', code: 502, times: 2 });
    await pia.arrived(await pia.sendFile(PNG, { as: 'photo', caption: 'Bild 1' }));
    await marie.see('Bild 1', { since: 0 });
    await pia.say('Text 2');
    await marie.see('Text 2', { since: 0 });
    await world.simulator.post('fault', lost);
    await pia.sendFile(PNG, { as: 'photo', caption: 'Bild 3' });
    await pia.say('Text 4');
    await marie.see('Text 4', { since: 0 });
    await until('all of it was told', async () => (await notificationsDue()) === 0);
    const what = (message) => (message.photo ? 'photo' : message.plain.match(/(Bild|Text) \d/)?.[0]);
    assert.deepEqual((await told()).slice(seen).map(what), ['Bild 1', 'photo', 'Text 2', 'Bild 3', 'Text 4']);
  });

  test('who asked for a screen that Telegram refuses is told so', async () => {
    const resi = await joined(world, specialist, t, { first_name: 'Resi' });
    const refused = { code: 400, description: 'Bad Request: reply markup is too long' };
    await world.simulator.post('fault', { method: 'sendMessage', ...refused });
    await resi.tap(t.appointments);
    await resi.see('Da ist bei uns etwas schiefgegangen');
    await resi.tap(t.settings);
    await resi.see(t.settingsZone);
    await world.simulator.post('fault', { method: 'editMessageText', ...refused });
    await resi.tap('Datenschutz');
    await resi.see('Da ist bei uns etwas schiefgegangen');
  });

  test('updates that Telegram delivers again do nothing again', async () => {
    const jana = await joined(world, specialist, t, { first_name: 'Jana' });
    await requestOne(world, specialist, jana, t);
    await requestNotice(marie, jana, t);
    await world.simulator.settled();
    const before = (await appointments()).length;
    await world.simulator.post('redeliver', { last: 5 });
    await world.simulator.settled();
    await restartAdapter();
    await world.simulator.post('redeliver', { last: 5 });
    await world.simulator.settled();
    assert.equal((await appointments()).length, before);
    assert.equal((await appointments()).filter(({ customer_display_name: name }) => name === 'Jana').length, 1);
  });

  test('two quick taps on Confirm make one appointment', async () => {
    const lara = await joined(world, specialist, t, { first_name: 'Lara' });
    const summary = await walkToSummary(lara, t);
    const { callback_data: data } = summary.reply_markup.inline_keyboard.flat().find(({ text }) => text === t.confirm);
    await Promise.all([lara.forge(data, summary.message_id), lara.forge(data, summary.message_id)]);
    await lara.see(`🟡 ${t.status.pending}`);
    await world.simulator.settled();
    assert.equal((await appointments()).filter(({ customer_display_name: name }) => name === 'Lara').length, 1);
  });

  test('forged and outdated button data is answered and changes nothing', async () => {
    const mia = await joined(world, specialist, t, { first_name: 'Mia' });
    const appointment = await requestOne(world, specialist, mia, t);
    const notice = await requestNotice(marie, mia, t);
    const stolen = notice.reply_markup.inline_keyboard.flat().find(({ text }) => text === t.accept).callback_data;
    const forged = [stolen, 'x', '0:pa', '9:rc:1:2', '1:', '1:pa:', '1:zz:1', ':::::', '1:rc:a:b:c:d:e:f', 'ÿþ', '1:h'.padEnd(64, ':')];
    for (const data of forged) {
      const tap = await mia.forge(data);
      await mia.toast(tap);
    }
    await world.simulator.settled();
    const { status } = await world.admin.call('BookingService', 'GetAppointment', { name: appointment.name });
    assert.equal(status, 'STATUS_PENDING');
    assert.equal(world.adapter.end, undefined, world.adapter.log());
  });

  test('a button of a message from before a restart still works', async () => {
    const nele = await joined(world, specialist, t, { first_name: 'Nele' });
    await walkToSummary(nele, t);
    await restartAdapter();
    await nele.tap(t.confirm);
    await nele.see(`🟡 ${t.status.pending}`);
  });

  test('who has blocked the bot is not tried for ever, and is reached again after /start', async () => {
    const otto = await joined(world, specialist, t, { first_name: 'Otto' });
    const appointment = await requestOne(world, specialist, otto, t);
    await world.simulator.settled();
    await world.simulator.post('block', { user: otto.id });
    await world.simulator.settled();
    const as = { account: specialist.account };
    await world.admin.change('BookingService', 'AcceptAppointment', { name: appointment.name }, as);
    // The refusal is Telegram's 403; it comes at most once.
    await until('nothing is due for Otto', async () => {
      const { notifications_due: due } = await world.admin.call('AdminService', 'GetServerStats');
      return due === 0;
    });
    const refused = (await world.simulator.outbox()).filter(
      ({ code, params }) => code === 403 && params.chat_id === otto.id,
    );
    assert.ok(refused.length <= 1, `tried ${refused.length} times`);
    await otto.start();
    await otto.tap(t.appointments);
    const list = await otto.see('Ihre nächsten Termine');
    assert.ok(buttons(list).some((label) => label.startsWith('🟢')));
  });

  test('an adapter that is there before the core waits for it', async () => {
    const pia = await joined(world, specialist, t, { first_name: 'Pia' });
    await world.adapter.stop();
    await world.kalendsd.kill();
    await world.startAdapter();
    await until('it says what is missing', () => world.adapter.log().includes('cannot be reached; trying again'));
    await pia.say(t.appointments);
    await world.startCore();
    await pia.see(t.past);
    assert.equal(world.adapter.end, undefined);
  });

  test('an adapter that is there before Telegram waits for it, and ends when it is told to', async () => {
    await world.adapter.stop();
    await world.startAdapter({ api: 'http://127.0.0.1:1' });
    await until('it says what is missing', () => world.adapter.log().includes('getMe'));
    assert.equal(await world.adapter.stop(), 0);
    await world.startAdapter();
    await until('it polls again', () => world.adapter.log().trimEnd().endsWith('polls'));
  });

  test('SIGTERM ends adapter, simulator and core with exit code 0', async () => {
    assert.equal(await world.adapter.stop(), 0);
    assert.equal(await world.telegram.stop(), 0);
    assert.equal(await world.kalendsd.stop(), 0);
  });
});
