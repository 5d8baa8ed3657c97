// SPEC 2.3: messages that show an appointment are edited when it changes, on both sides, and lose the
// buttons that no longer work.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, newest, requestNotice, requestOne, status, walkToSummary, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf } from './simulator.mjs';

const MOVED_ON = 'So steht der Termin jetzt';
const SENT = 'Anfrage gesendet an';

// `message` as it now stands in the chat; undefined: it is gone.
async function again(person, message) {
  return (await person.messages()).find(({ message_id: id }) => id === message.message_id);
}
// Waits until `message` shows `text`, and returns it.
function becomes(person, message, text) {
  return until(`${person.name} sees ${text} in message ${message.message_id}`, async () => {
    const now = await again(person, message);
    return now?.plain.includes(text) && now;
  });
}
async function sentScreen(person) {
  return (await person.messages()).reverse().find(({ plain }) => plain.includes(SENT));
}
// Until nothing waits to be told or drawn anew.
async function told(world) {
  const stats = () => world.admin.call('AdminService', 'GetServerStats');
  await until('all was told', async () => (await stats()).notifications_due === 0);
  await world.simulator.settled();
}
function change(world, method, appointment, account, fields = {}) {
  return world.admin.change('BookingService', method, { name: appointment.name, ...fields }, { account });
}

describe('messages that show an appointment', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  // A customer who has requested, with the screen that says so and Marie's notice.
  async function requested(name) {
    const person = await joined(world, specialist, t, { first_name: name });
    const appointment = await requestOne(world, specialist, person, t);
    const notice = await requestNotice(marie, person, t);
    return { person, appointment, screen: await sentScreen(person), notice };
  }

  test('the request is edited when it is accepted, also after a restart of the adapter', async () => {
    const { person, screen, notice } = await requested('Anna');
    await world.adapter.kill();
    await world.startAdapter();
    await marie.forge(dataOf(notice, t.accept), notice.message_id);
    const card = await becomes(person, screen, `🟢 ${t.status.accepted}`);
    assert.doesNotMatch(card.plain, new RegExp(SENT), 'what was said before is not so any more');
    const labels = buttons(card);
    assert.deepEqual(labels.slice(0, 2), [t.calendarFile, t.meetingInfo], labels);
    assert.equal(labels.at(-1), t.cancel);
    await person.say(t.settings);
    await person.see(t.settingsZone);
    await told(world);
    assert.ok(await again(person, screen), 'what was requested is not taken away by the next screen');
    assert.match((await becomes(marie, notice, `🟢 ${t.status.accepted}`)).plain, /Ihr Kunde erfährt es sofort/);
  });

  test('what another program changes shows in the notice, whose dead buttons go, also after a restart of the core', async () => {
    const { person, appointment, screen, notice } = await requested('Berta');
    await world.kalendsd.kill();
    await world.startCore();
    await change(world, 'RejectAppointment', appointment, specialist.account, { reason: 'Leider krank' });
    const answered = await becomes(marie, notice, `🔴 ${t.status.rejected}`);
    for (const dead of [t.accept, t.reject, t.propose]) assert.ok(!buttons(answered).includes(dead), dead);
    const card = await becomes(person, screen, `🔴 ${t.status.rejected}`);
    assert.match(card.plain, /Leider krank/);
    assert.deepEqual(buttons(card), [t.otherTime, t.chat]);
  });

  test('a cancellation by either side shows everywhere, and the customer is offered another time', async () => {
    const { person, appointment, screen, notice } = await requested('Carla');
    await marie.forge(dataOf(notice, t.accept), notice.message_id);
    const accepted = await person.see('hat Ihren Termin akzeptiert', { since: 0 });
    await change(world, 'CancelAppointment', appointment, specialist.account, { reason: 'Umzug' });
    const news = await person.see('hat Ihren Termin storniert', { since: 0 });
    for (const label of [t.otherTime, t.chat, t.calendarFile]) assert.ok(buttons(news).includes(label), label);
    for (const message of [screen, accepted]) {
      const card = await becomes(person, message, `❌ ${t.status.cancelled}`);
      assert.ok(!buttons(card).includes(t.cancel));
      assert.match(card.plain, /Umzug/);
    }
    const theirs = await becomes(marie, notice, `❌ ${t.status.cancelled}`);
    assert.ok(!buttons(theirs).includes(t.cancel));
  });

  test('a late press on an old button says what is so now, and a repeat does nothing', async () => {
    const { person, appointment, notice } = await requested('Dora');
    const old = dataOf(notice, t.accept);
    await marie.forge(old, notice.message_id);
    await becomes(marie, notice, 'Ihr Kunde erfährt es sofort');
    await change(world, 'CancelAppointment', appointment, person.identity);
    await becomes(marie, notice, `❌ ${t.status.cancelled}`);
    await marie.forge(old, notice.message_id);
    const late = await becomes(marie, notice, MOVED_ON);
    assert.match(late.plain, new RegExp(`❌ ${t.status.cancelled}`));
    assert.doesNotMatch(late.plain, /Ihr Kunde erfährt es sofort/);
    assert.ok(buttons(late).includes(t.meetingInfo));
    assert.equal(await status(world, appointment), 'STATUS_CANCELLED');
  });

  test('a press that comes too late, and a reason that is not asked for any more, show how it stands', async () => {
    const { person, appointment, notice } = await requested('Elsa');
    await marie.forge(dataOf(notice, t.reject), notice.message_id);
    const reject = await until('it asks', async () => {
      const now = await again(marie, notice);
      return buttons(now).includes(t.rejectWithoutReason) && dataOf(now, t.rejectWithoutReason);
    });
    await change(world, 'CancelAppointment', appointment, person.identity);
    const card = await becomes(marie, notice, `❌ ${t.status.cancelled}`);
    assert.ok(!buttons(card).includes(t.rejectWithoutReason));
    await told(world);
    await marie.say('Keine Zeit');
    await marie.see('Das habe ich leider nicht verstanden');
    await marie.forge(reject, notice.message_id);
    assert.match((await becomes(marie, notice, MOVED_ON)).plain, new RegExp(`❌ ${t.status.cancelled}`));
  });

  test('a time to propose is not asked for any more once the request is taken back', async () => {
    const { person, appointment, notice } = await requested('Edda');
    await marie.forge(dataOf(notice, t.propose), notice.message_id);
    await becomes(marie, notice, 'An welchem Tag?');
    await change(world, 'CancelAppointment', appointment, person.identity);
    await becomes(marie, notice, `❌ ${t.status.cancelled}`);
    await told(world);
    await marie.say('Dienstag 10 Uhr');
    await marie.see('Das habe ich leider nicht verstanden');
  });

  test('what a chat has gone on to is not drawn over, also after a restart', async () => {
    const { person, appointment, screen } = await requested('Frida');
    await person.tap(t.appointments);
    const list = await person.see('Ihre nächsten Termine');
    await person.tap(buttons(list).find((label) => label.includes('Marie')));
    const card = await becomes(person, list, t.status.pending);
    await person.forge(dataOf(card, '◀ Zurück'), card.message_id);
    await becomes(person, card, 'Ihre nächsten Termine');
    await told(world);
    await world.adapter.kill();
    await world.startAdapter();
    await change(world, 'RejectAppointment', appointment, specialist.account);
    await becomes(person, screen, t.status.rejected);
    await told(world);
    assert.match((await again(person, list)).plain, /Ihre nächsten Termine/);
  });

  test('a card in the menu keeps its way back', async () => {
    const { person, appointment } = await requested('Greta');
    await person.tap(t.appointments);
    const list = await person.see('Ihre nächsten Termine');
    await person.tap(buttons(list).find((label) => label.includes('Marie')));
    await becomes(person, list, t.status.pending);
    await change(world, 'AcceptAppointment', appointment, specialist.account);
    const card = await becomes(person, list, `🟢 ${t.status.accepted}`);
    assert.equal(buttons(card).at(-1), '◀ Zurück');
  });

  test('another time is asked for in a message of its own: the rejection with its reason remains', async () => {
    const { person, appointment } = await requested('Hanna');
    await change(world, 'RejectAppointment', appointment, specialist.account, { reason: 'Da bin ich verreist' });
    const news = await person.see('hat Ihre Anfrage leider abgelehnt', { since: 0 });
    await person.forge(dataOf(news, t.otherTime), news.message_id);
    const month = await person.see('▶');
    assert.notEqual(month.message_id, news.message_id);
    const still = await again(person, news);
    assert.match(still.plain, /Da bin ich verreist/);
    assert.deepEqual(buttons(still), [t.otherTime, t.chat]);
    assert.match(month.plain, /Beratung/, 'with the service kept');
  });

  test('a message that is gone and one that Telegram refuses hold up no other', async () => {
    const { person, appointment, screen, notice } = await requested('Ida');
    await person.tap(t.appointments);
    const list = await person.see('Ihre nächsten Termine');
    await person.tap(buttons(list).find((label) => label.includes('Marie')));
    await becomes(person, list, t.status.pending);
    await told(world);
    await world.simulator.post('fault', {
      method: 'editMessageText', mode: 'before', code: 400, times: 1, contains: `"message_id":${screen.message_id},`,
      description: 'Bad Request: message to edit not found',
    });
    await change(world, 'AcceptAppointment', appointment, specialist.account);
    await becomes(person, list, `🟢 ${t.status.accepted}`);
    await becomes(marie, notice, `🟢 ${t.status.accepted}`);
    await told(world);
    // It is not asked for again, and nothing was sent in its place.
    await change(world, 'CancelAppointment', appointment, specialist.account);
    await becomes(person, list, `❌ ${t.status.cancelled}`);
    await told(world);
    assert.match((await again(person, screen)).plain, new RegExp(t.status.pending));
  });

  test('a flood limit delays an edit and loses none', async () => {
    const { person, appointment, screen } = await requested('Jana');
    await told(world);
    await world.simulator.post('fault', { method: 'editMessageText', mode: 'before', code: 429, times: 2, retry_after: 1 });
    await change(world, 'AcceptAppointment', appointment, specialist.account);
    await becomes(person, screen, `🟢 ${t.status.accepted}`);
  });

  test('who had blocked the bot finds everything as it is on coming back', async () => {
    const { person, appointment, screen } = await requested('Kira');
    await told(world);
    await world.simulator.post('block', { user: person.id });
    await change(world, 'AcceptAppointment', appointment, specialist.account);
    await told(world);
    await world.simulator.post('unblock', { user: person.id });
    await becomes(person, screen, `🟢 ${t.status.accepted}`);
  });

  test('a refusal that arrives after the person let the bot in again parks nothing', async () => {
    const { person, appointment } = await requested('Kurt');
    await told(world);
    await world.simulator.post('fault', { method: 'sendMessage', mode: 'before', code: 403, times: 1, delay_ms: 1500,
      description: 'Forbidden: bot was blocked by the user', contains: 'hat Ihren Termin akzeptiert' });
    await change(world, 'AcceptAppointment', appointment, specialist.account);
    await until('the news is on its way', async () => (await world.simulator.get('state')).faults === 0);
    await world.simulator.post('block', { user: person.id });
    await world.simulator.post('unblock', { user: person.id });
    await person.see('hat Ihren Termin akzeptiert', { since: 0 });
    await told(world);
    assert.equal(await person.count('hat Ihren Termin akzeptiert'), 1);
  });

  test('a kill between the edit and its note draws it once more and no further message', async () => {
    const { person, appointment, screen } = await requested('Lena');
    await told(world);
    await world.simulator.post('fault', { method: 'editMessageText', mode: 'delay', delay_ms: 2000, times: 1 });
    await change(world, 'AcceptAppointment', appointment, specialist.account);
    await until('it is being edited', async () => (await world.simulator.get('state')).faults === 0);
    await world.adapter.kill();
    await world.startAdapter();
    await becomes(person, screen, `🟢 ${t.status.accepted}`);
    await told(world);
    assert.equal(await person.count('hat Ihren Termin akzeptiert'), 1);
  });

  test('a second tap of the confirmation shows the request as it is', async () => {
    const person = await joined(world, specialist, t, { first_name: 'Mona' });
    const summary = await walkToSummary(person, t);
    const confirm = dataOf(summary, t.confirm);
    await person.tap(t.confirm);
    await person.see(SENT);
    const appointment = await newest(world, specialist, person);
    await change(world, 'AcceptAppointment', appointment, specialist.account);
    await becomes(person, summary, `🟢 ${t.status.accepted}`);
    await person.forge(confirm, summary.message_id);
    await becomes(person, summary, MOVED_ON);
    assert.doesNotMatch((await again(person, summary)).plain, new RegExp(SENT));
  });
});

describe('messages of an organization', { concurrency: false }, () => {
  let world, marie, specialist, studio, organization;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    studio = await world.simulator.person({ id: 1002, first_name: 'Studio', language_code: 'fr' });
    const account = await world.account(studio.identity, { name: 'Studio', language: 'fr' });
    const as = { account: account.name };
    organization = await world.admin.change('AccountService', 'RegisterProvider',
      { kind: 'PROVIDER_KIND_ORGANIZATION', display_name: 'Studio Süd' }, as);
    const { code } = await world.invite(organization.name, as, { kind: 'KIND_STAFF' });
    await world.admin.change('InvitationService', 'RedeemInvitation', { code }, { account: specialist.account });
    const service = { display_name: 'Massage', duration: { seconds: 1800 }, specialists: [specialist.name] };
    await world.admin.change('CatalogService', 'CreateService', { parent: organization.name, service }, as);
    organization.code = (await world.invite(organization.name, as)).code;
    await studio.start();
  });
  after(() => world.stop());

  test('the organization is told who joined', async () => {
    const news = await studio.see('fait désormais partie de votre équipe', { since: 0 });
    assert.match(news.plain, /Marie/);
    assert.deepEqual(buttons(news), ['Prestations', 'Profil']);
    await studio.tap('Profil');
    await studio.see('Votre profil n’est pas public');
  });

  test('customers are told whom they will see, and whoever answers, the other staff see it', async () => {
    const anna = await world.simulator.person({ first_name: 'Anna', language_code: 'de' });
    const { name } = await world.customer(anna.identity, organization.code, { name: 'Anna' });
    await anna.start();
    const { services } = await world.admin.call('CatalogService', 'ListServices', { parent: organization.name });
    const [start] = await world.slots(organization.name, { service: services[0].name });
    const appointment = await world.request(organization.name, name, start, { service: services[0].name });
    const toStudio = await studio.see('Anna', { since: 0 }).then(() => until('the organization is asked', async () =>
      (await studio.messages()).reverse().find((message) => buttons(message).includes('Accepter'))));
    const toMarie = await requestNotice(marie, anna, t);
    // The organization's card of the request says whose it is.
    await studio.key('Demandes');
    const card = await studio.see('1 sur 1');
    assert.match(card.plain, /Anna[^]*Marie/);
    await anna.tap(t.appointments);
    const mine = await anna.see(t.listTitle);
    assert.ok(buttons(mine).some((label) => label.includes('Studio Süd') && label.includes('Marie')), buttons(mine));

    await marie.forge(dataOf(toMarie, t.accept), toMarie.message_id);
    const news = await anna.see('hat Ihren Termin akzeptiert', { since: 0 });
    assert.match(news.plain, /Spezialist: Marie/);
    const theirs = await becomes(studio, toStudio, '🟢 Accepté');
    assert.ok(!buttons(theirs).includes('Accepter'), buttons(theirs));
    // An old button of the other one's says how it stands.
    await studio.forge(dataOf(toStudio, 'Accepter'), toStudio.message_id);
    await becomes(studio, toStudio, 'Voici où en est le rendez-vous');
    await change(world, 'CancelAppointment', appointment, name);
    await becomes(studio, toStudio, '❌ Annulé');
    await becomes(marie, toMarie, `❌ ${t.status.cancelled}`);
  });

  test('of one specialist nobody has to choose, and a link’s service is named', async () => {
    const ben = await world.simulator.person({ first_name: 'Ben', language_code: 'de' });
    await world.account(ben.identity, { name: 'Ben' });
    const { services } = await world.admin.call('CatalogService', 'ListServices', { parent: organization.name });
    await ben.start(`${organization.code}-${services[0].name.split('/').at(-1)}`);
    const month = await ben.see('An welchem Tag?');
    assert.match(month.plain, /Studio Süd · Marie · Massage/);
    await ben.tap('◀ Zurück');
    await ben.see('Welche Leistung wünschen Sie?');
  });
});
