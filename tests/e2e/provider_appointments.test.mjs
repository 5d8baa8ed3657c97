// The provider's card of an appointment (SPEC 3.2): moved, placed, noted on, reminded of, marked; and
// what the customer sees of it. Each way prints how many taps it takes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { calendarFile, requestNotice, worldWithMarie } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { english, german } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf, labels, linksIn } from './simulator.mjs';

const DE = {
  ...german,
  move: 'Verschieben',
  where: 'Wohin verschieben?',
  moved: 'Verschoben.',
  ask: 'Kunden fragen',
  askFirst: 'Kunden vorher fragen: aus',
  asksFirst: 'Kunden vorher fragen: an ✅',
  decline: 'So lassen wie es ist',
  stays: 'Es bleibt, wie es ist.',
  declined: 'möchte nicht verschieben',
  tuesday: 'Dienstag 18:10 Uhr',
};
const EN = {
  ...english,
  move: 'Move',
  where: 'Move to when?',
  moved: 'Moved.',
  ask: 'Ask customer',
  askFirst: 'Ask customers first: off',
  asksFirst: 'Ask customers first: on ✅',
  decline: 'Keep it as it is',
  stays: 'It stays as it is.',
  declined: 'does not want to move',
  tuesday: 'Tuesday 18:10',
};

// Presses of one person on the way, counted.
class Way {
  taps = 0;
  constructor(person) {
    this.person = person;
  }
  // The button of `message` with this label; without a message the newest one.
  async tap(label, message) {
    if (message) await this.person.forge(dataOf(message, label), message.message_id);
    else await this.person.tap(label);
    this.taps += 1;
  }
  took(most, what) {
    console.log(`taps: ${what}: ${this.taps}`);
    assert.ok(this.taps <= most, `${what} takes ${this.taps} taps`);
  }
}

// A world with the agreed appointments of people, and what is done with those.
class Practice {
  static async open(t) {
    const practice = new Practice();
    practice.t = t;
    Object.assign(practice, await worldWithMarie(t.language));
    practice.service = practice.specialist.services[0].name;
    return practice;
  }
  // {person, name, card}: of a newcomer, with Marie's message that shows the appointment.
  async agreed(first_name) {
    const { world, specialist, marie, t } = this;
    const person = await world.simulator.person({ first_name, language_code: t.language });
    const account = await world.customer(person.identity, specialist.code, { name: first_name, language: t.language });
    await person.start();
    const [start] = await world.slots(specialist.name, { service: this.service });
    const { name } = await world.request(specialist.name, account.name, start, { service: this.service });
    const notice = await requestNotice(marie, person, t);
    await world.admin.change('BookingService', 'AcceptAppointment', { name }, { account: specialist.account });
    await person.see('🟢', { since: 0 });
    const card = await this.becomes(marie, notice, '🟢');
    return { person, name, card, account };
  }
  get(name) {
    return this.world.admin.call('BookingService', 'GetAppointment', { name });
  }
  // Waits until `message` shows `text`, and returns it.
  becomes(person, message, text) {
    return until(`${person.name} sees ${text}`, async () => {
      const now = (await person.messages()).find(({ message_id: id }) => id === message.message_id);
      return now && `${now.plain}\n${buttons(now).join('\n')}`.includes(text) && now;
    });
  }
  async sequence(person, message) {
    await person.forge(dataOf(message, this.t.calendarFile), message.message_id);
    const file = await until('the calendar file is there', async () => (await person.messages()).findLast(({ document, revision }) => document && revision > person.seen));
    return (await calendarFile(this.world, file)).event;
  }
}

for (const t of [DE, EN]) {
  describe(`moving an appointment (${t.language})`, { concurrency: false }, () => {
    let practice, marie;
    before(async () => {
      practice = await Practice.open(t);
      marie = practice.marie;
    });
    after(() => practice.world.stop());

    test('three taps move it to the first free time; both are told, and calendars follow', async () => {
      const { person: anna, name, card } = await practice.agreed('Anna');
      const accepted = await anna.see('🟢', { since: 0 });
      const old = await practice.sequence(anna, accepted);
      const way = new Way(marie);
      await way.tap(t.move, card);
      const month = await practice.becomes(marie, card, t.where);
      await way.tap(buttons(month)[0], month);
      const review = await practice.becomes(marie, card, '➡️');
      await way.tap(t.move, review);
      await practice.becomes(marie, card, t.moved);
      way.took(3, 'move an appointment to the first free time, from its card');
      const now = await practice.get(name);
      assert.equal(now.status, 'STATUS_ACCEPTED');
      const news = await anna.see('🔁', { since: 0 });
      assert.ok(buttons(news).includes(t.calendarFile));
      const moved = await practice.sequence(anna, news);
      assert.equal(moved.uid, old.uid);
      assert.ok(moved.sequence > old.sequence, 'calendars take it for the newer one');
      assert.equal(moved.startDate.toUnixTime(), Number(now.start_time.seconds));
    });

    test('a time that is taken moves nothing and leads to free ones', async () => {
      const { name, card } = await practice.agreed('Ben');
      const { card: other } = await practice.agreed('Carla');
      const before = await practice.get(name);
      const taken = (await practice.get((await practice.agreed('Dora')).name)).start_time.seconds;
      await marie.forge(dataOf(other, t.move), other.message_id);
      const month = await practice.becomes(marie, other, t.where);
      assert.ok(buttons(month).length > 3);
      // A button of a time that somebody else got meanwhile.
      const pick = dataOf(month, buttons(month)[0]);
      await marie.forge(dataOf(card, t.move), card.message_id);
      await practice.becomes(marie, card, t.where);
      const minutes = Math.floor(Number(taken) / 60).toString(36);
      const own = dataOf(card, t.move).split(':')[2];
      await marie.forge(pick.split(':').toSpliced(2, 2, own, minutes).join(':'), card.message_id);
      const review = await practice.becomes(marie, card, '➡️');
      await marie.forge(dataOf(review, t.move), card.message_id);
      await practice.becomes(marie, card, t.slotTaken);
      assert.equal((await practice.get(name)).start_time.seconds, before.start_time.seconds);
    });

    test('a typed time counts whatever the grid, with a reason for the customer', async () => {
      const { person: emil, name, card } = await practice.agreed('Emil');
      await marie.forge(dataOf(card, t.move), card.message_id);
      await practice.becomes(marie, card, t.where);
      await marie.say(t.tuesday);
      await marie.see('➡️');
      await marie.say('Zug <fällt> aus');
      const review = await marie.see('Zug <fällt> aus');
      await marie.forge(dataOf(review, t.move), review.message_id);
      await marie.see(t.moved);
      assert.match((await emil.see('🔁', { since: 0 })).plain, /Zug <fällt> aus/);
      const minutes = Math.floor(Number((await practice.get(name)).start_time.seconds) / 60);
      assert.equal(minutes % 60, 10);
    });

    test('a customer who is asked first keeps the old time until they take the other one', async () => {
      const { person: frida, name, card } = await practice.agreed('Frida');
      const before = await practice.get(name);
      await marie.forge(dataOf(card, t.move), card.message_id);
      const month = await practice.becomes(marie, card, t.where);
      await marie.forge(dataOf(month, buttons(month)[0]), card.message_id);
      const review = await practice.becomes(marie, card, t.askFirst);
      await marie.forge(dataOf(review, t.askFirst), card.message_id);
      const asking = await practice.becomes(marie, card, t.asksFirst);
      await marie.forge(dataOf(asking, t.ask), card.message_id);
      await practice.becomes(marie, card, '📨');
      assert.equal((await practice.get(name)).start_time.seconds, before.start_time.seconds);
      const question = await frida.see('🔹', { since: 0 });
      const offered = buttons(question).find((label) => label.startsWith('🔹'));
      await frida.forge(dataOf(question, offered), question.message_id);
      await until('it has moved', async () => (await practice.get(name)).start_time.seconds !== before.start_time.seconds);
      assert.equal((await practice.get(name)).status, 'STATUS_ACCEPTED');
      await marie.see(t.chosen, { since: 0 }).catch(() => assert.fail('Marie is told'));
    });

    test('a customer who is asked first may decline: the time stays, and the provider is told', async () => {
      const { person: gina, name, card } = await practice.agreed('Gina');
      const before = await practice.get(name);
      await marie.forge(dataOf(card, t.move), card.message_id);
      const month = await practice.becomes(marie, card, t.where);
      await marie.forge(dataOf(month, buttons(month)[0]), card.message_id);
      const review = await practice.becomes(marie, card, t.asksFirst); // Of the one before.
      await marie.forge(dataOf(review, t.ask), card.message_id);
      await practice.becomes(marie, card, '📨');
      const question = await gina.see('🔹', { since: 0 });
      await gina.forge(dataOf(question, t.decline), question.message_id);
      const answer = await gina.see(t.stays, { since: 0 });
      assert.ok(!buttons(answer).some((label) => label.startsWith('🔹') || label === t.decline), `${buttons(answer)}`);
      assert.match((await marie.see(t.declined, { since: 0 })).plain, /Gina/);
      const after = await practice.get(name);
      assert.deepEqual([after.status, after.start_time, after.proposed_start_times], ['STATUS_ACCEPTED', before.start_time, []]);
    });
  });
}

describe('what else a provider does with an appointment', { concurrency: false }, () => {
  const t = DE;
  let practice, marie;
  before(async () => {
    practice = await Practice.open(t);
    marie = practice.marie;
  });
  after(() => practice.world.stop());

  test('the card has at most four rows, what ends it last and not alone, and says what is due', async () => {
    const { card } = await practice.agreed('Anna');
    const rows = labels(card.reply_markup.inline_keyboard);
    assert.ok(rows.length <= 4, JSON.stringify(rows));
    assert.ok(card.plain.split('\n').length <= 8, card.plain);
    assert.match(card.plain, /Beratung · 80,00\s€, offen\n/);
    assert.equal(rows[0][0], 'Verschieben');
    assert.ok(rows.at(-1).includes(t.cancel) && rows.at(-1).length > 1, JSON.stringify(rows));
  });

  test('a video link takes one tap and the link, and is a button for the customer', async () => {
    const { person: ben, name, card } = await practice.agreed('Ben');
    const way = new Way(marie);
    await way.tap('Ort/Video', card);
    await practice.becomes(marie, card, 'Schreiben Sie Adresse');
    await marie.say('https://meet.example.com/ben?pwd=1');
    await marie.see('Eingetragen.');
    way.took(1, 'set a video link, from the card');
    const news = await ben.see('Ort oder Video-Link', { since: 0 });
    assert.deepEqual(linksIn(news).map(({ url }) => url), ['https://meet.example.com/ben?pwd=1']);
    assert.equal((await practice.get(name)).place, 'https://meet.example.com/ben?pwd=1');
  });

  test('the place of the service is offered again, and none can be said', async () => {
    const { person: carla, name, card } = await practice.agreed('Carla');
    await marie.forge(dataOf(card, 'Ort/Video'), card.message_id);
    const ask = await practice.becomes(marie, card, 'Kein Ort');
    await marie.forge(dataOf(ask, 'Kein Ort'), card.message_id);
    await practice.becomes(marie, card, 'Eingetragen.');
    assert.equal((await practice.get(name)).place, '');
    const shown = await practice.becomes(marie, card, 'Ort/Video');
    await marie.forge(dataOf(shown, 'Ort/Video'), card.message_id);
    const again = await practice.becomes(marie, card, '📍 Hauptstraße 1');
    await marie.forge(dataOf(again, buttons(again).find((label) => label.startsWith('📍'))), card.message_id);
    await until('it is there again', async () => (await practice.get(name)).place.startsWith('Hauptstraße 1'));
    assert.match((await carla.see('Hauptstraße 1', { since: 0 })).plain, /Ort: Hauptstraße 1 <Hinterhaus>/);
  });

  test('a note takes one tap and the text, and the customer never sees it', async () => {
    const { person: dora, name, card } = await practice.agreed('Dora');
    const way = new Way(marie);
    await way.tap('Notiz', card);
    await practice.becomes(marie, card, 'Nur für Sie');
    await marie.say('Knie links, geheim');
    const kept = await marie.see('Notiert.');
    way.took(1, 'note something on an appointment, from the card');
    assert.match(kept.plain, /Knie links, geheim/);
    const { text } = await practice.world.admin.call('NoteService', 'GetPrivateNote', { name: `${name}/privateNote` }, { account: practice.specialist.account });
    assert.equal(text, 'Knie links, geheim');
    await practice.world.simulator.settled();
    assert.doesNotMatch(await dora.transcript(), /geheim/);
    await marie.tap('Löschen');
    await marie.see('Gelöscht.');
  });

  test('a reminder takes one tap; a second one within the day says when it may be', async () => {
    const { person: emil, card } = await practice.agreed('Emil');
    const way = new Way(marie);
    await way.tap('Erinnern', card);
    const reminded = await practice.becomes(marie, card, 'Erinnerung an Emil unterwegs');
    way.took(1, 'remind a customer, from the card');
    await marie.forge(dataOf(reminded, 'Erinnern'), card.message_id);
    await practice.becomes(marie, card, '24 Std.');
    assert.ok(emil);
  });

  test('what is about the appointment stays true for the customer, and a cancellation with a reason ends it', async () => {
    const { person: frida, name, card } = await practice.agreed('Frida');
    const way = new Way(marie);
    await way.tap(t.cancel, card);
    const ask = await practice.becomes(marie, card, 'Wirklich stornieren?');
    await marie.say('Bin krank');
    const review = await marie.see('Bin krank');
    await way.tap(t.cancel, review);
    await marie.see('Storniert.');
    way.took(2, 'cancel with a reason, from the card');
    assert.ok(ask);
    assert.match((await frida.see('❌', { since: 0 })).plain, /Bin krank/);
    assert.equal((await practice.get(name)).status, 'STATUS_CANCELLED');
  });

  test('of a group session one tap names who takes part', async () => {
    const { world, specialist } = practice;
    const as = { account: specialist.account };
    const wanted = { display_name: 'Yoga', duration: { seconds: 3600 }, capacity: 3, auto_accept: true };
    const service = await world.admin.change('CatalogService', 'CreateService', { parent: specialist.name, service: wanted }, as);
    const [start] = await world.slots(specialist.name, { service: service.name });
    for (const [id, name] of [[3001, 'Gerda'], [3002, 'Hanna']]) {
      const { name: account } = await world.customer(`telegram:${id}`, specialist.code, { name });
      await world.request(specialist.name, account, start, { service: service.name });
    }
    const notice = await until('Marie hears of Hanna', async () =>
      (await marie.messages()).findLast((one) => one.plain.includes('Hanna') && buttons(one).includes('👥 Teilnehmer')));
    const way = new Way(marie);
    await way.tap('👥 Teilnehmer', notice);
    const session = await practice.becomes(marie, notice, '2 von 3 Plätzen belegt');
    way.took(1, 'see who takes part, from the card');
    assert.deepEqual(buttons(session).slice(0, 2), ['🟢 Gerda', '🟢 Hanna']);
  });
});

describe('an appointment that the house gives to somebody else', { concurrency: false }, () => {
  let world;
  before(async () => {
    world = await World.all();
  });
  after(() => world.stop());

  async function specialist(id, first_name, code) {
    const person = await world.simulator.person({ id, first_name, language_code: 'de' });
    const made = await world.specialist({ identity: person.identity, name: first_name, services: [] });
    await world.admin.change('InvitationService', 'RedeemInvitation', { code }, { account: made.account });
    await person.start();
    return { person, name: made.name };
  }

  test('is told to both and the customer, and shown no more to whoever kept it', async () => {
    const studio = await world.account('telegram:1100', { name: 'Studio' });
    const as = { account: studio.name };
    const wanted = { kind: 'PROVIDER_KIND_ORGANIZATION', display_name: 'Salon Süd' };
    const house = await world.admin.change('AccountService', 'RegisterProvider', wanted, as);
    const staffCode = async () => (await world.invite(house.name, as, { kind: 'KIND_STAFF' })).code;
    const klara = await specialist(1101, 'Klara', await staffCode());
    const ben = await specialist(1102, 'Ben', await staffCode());
    const massage = { display_name: 'Massage', duration: { seconds: 3600 } };
    const service = await world.admin.change('CatalogService', 'CreateService', { parent: house.name, service: massage }, as);
    const anna = await world.simulator.person({ id: 2100, first_name: 'Anna', language_code: 'de' });
    const account = await world.customer(anna.identity, (await world.invite(house.name, as)).code);
    await anna.start();
    const of = { service: service.name, specialist: klara.name };
    const [start] = await world.slots(house.name, of);
    const request = { parent: house.name, appointment: { ...of, start_time: { seconds: start } } };
    const { name } = await world.admin.change('BookingService', 'RequestAppointment', request, { account: account.name });
    const card = await klara.person.see('Neue Anfrage', { since: 0 });
    await world.admin.change('BookingService', 'ReassignAppointment', { name, specialist: ben.name }, as);
    const lost = await until('the card shows it no more', async () => {
      const now = (await klara.person.messages()).find(({ message_id: id }) => id === card.message_id);
      return now.plain.includes('betreuen Sie nicht mehr') && now;
    });
    assert.deepEqual(buttons(lost), []);
    const told = await klara.person.see('übernimmt jetzt jemand anders', { since: 0 });
    assert.match(told.plain, /Salon Süd/);
    assert.doesNotMatch(told.plain, /Anna/, 'nothing of the customer, who is not hers any more');
    await ben.person.see('übernimmt jetzt Ben', { since: 0 });
    await anna.see('übernimmt jetzt Ben', { since: 0 });
  });
});
