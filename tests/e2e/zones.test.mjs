// SPEC 2.2: the zone by a city or a country, and whose clock is shown until there is one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clockOf, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { buttons, labels } from './simulator.mjs';

// In the hour that the clocks strike twice the reading alone tells no instant.
const AS_MARIE = /^Wie Marie: Berlin, jetzt \d\d:\d\d( UTC[+−]\d)?$/;

describe('time zones in German', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  async function invited(name) {
    const person = await world.simulator.person({ first_name: name, language_code: 'de' });
    await person.start(specialist.code);
    const ask = await person.see(t.askZone);
    assert.match(ask.plain, /Schreiben Sie mir Ihre Stadt/);
    return person;
  }

  test('a country finds its zones, whatever the language, and an unknown place says what helps', async () => {
    const anna = await invited('Anna');
    await anna.say('Musterhausen');
    const nothing = await anna.see('die nächste große Stadt oder Ihr Land');
    assert.ok(buttons(nothing).some((label) => AS_MARIE.test(label)), `${buttons(nothing)}`);
    assert.ok(buttons(nothing).includes('Später'), `${buttons(nothing)}`);
    await anna.say('USA');
    const usa = await anna.see('New York, Vereinigte Staaten');
    assert.ok(buttons(usa).some((label) => label.startsWith('Chicago, ')));
    await anna.say('Україна');
    await anna.see('Kiew, Ukraine');
    await anna.say('deutschland');
    const germany = await anna.see('Berlin, Deutschland');
    await anna.tap(buttons(germany).find((label) => label.startsWith('Berlin, ')));
    await anna.see('Berlin (UTC+', { since: 0 });
  });

  test('on the screen of an offset a city or a country can be typed, too', async () => {
    const ben = await invited('Ben');
    await ben.tap(t.otherZone);
    await ben.tap(clockOf(await ben.see('UTC+1 ·'), 'UTC+1 ·'));
    await ben.see('Schreiben Sie mir Ihre Stadt oder Ihr Land');
    await ben.say('Schweiz');
    const cities = await ben.see('Zürich, Schweiz');
    await ben.tap(buttons(cities).find((label) => label.startsWith('Zürich, ')));
    await ben.see('Zürich (UTC+', { since: 0 });
  });

  test('any larger city is found, with its country, the largest first, also with a wrong letter', async () => {
    const dirk = await invited('Dirk');
    const cases = [
      ['Hambrug', 'Hamburg, Deutschland · '],
      ['Köln\nDeutschland', 'Köln, Deutschland · '],
      ['Кёльн', 'Köln, Deutschland · '],
      ['Lyon', 'Lyon, Frankreich · '],
      ['London, Kanada', 'London, Kanada · '],
      ['Одеса', 'Odessa, Ukraine · '],
      ['England', 'London, Vereinigtes Königreich · '],
      ['Kosovo', ', Kosovo · '],
      ['Pressburg', 'Bratislava, Slowakei · '],
      ['10115 Berlin', 'Berlin, Deutschland · '],
      ['MEZ', 'Berlin, Deutschland · '],
      ['UTC+5:45', 'Kathmandu, Nepal · '],
      ['UTC−12', 'UTC−12 · '],
    ];
    for (const [typed, label] of cases) {
      await dirk.say(typed);
      const found = await dirk.see(typed);
      assert.ok(buttons(found)[0].includes(label), `${typed}: ${buttons(found)}`);
    }
  });

  test('an edited answer counts while its question is open; later the bot says that it does not', async () => {
    const ute = await invited('Ute');
    const sent = await ute.say('Musterhausen');
    await ute.see('die nächste große Stadt oder Ihr Land');
    await ute.edit(sent, 'Hamburg');
    await ute.tap(buttons(await ute.see('Hamburg, ')).find((label) => label.startsWith('Hamburg, ')));
    await ute.see('Berlin (UTC+', { since: 0 });
    await ute.see(t.request, { since: 0 });
    await ute.edit(sent, 'Tokio');
    await ute.see('Ihre frühere Antwort ändert sich dadurch nicht');
    const account = await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' }, { account: ute.identity });
    assert.equal(account.time_zone, 'Europe/Berlin');
    // A command is no answer.
    const command = await ute.say('/help');
    await world.simulator.settled();
    await ute.edit(command, '/hilfe');
    await world.simulator.settled();
    assert.equal(await ute.count('Ihre frühere Antwort ändert sich dadurch nicht'), 1);
  });

  test('a specialist who moves is told that the hours stay, and takes them along with one button', async () => {
    const moving = await world.specialist({ identity: 'telegram:7001', name: 'Lea' });
    const lea = await world.simulator.person({ id: 7001, first_name: 'Lea', language_code: 'de' });
    await lea.start();
    await lea.practice('Einstellungen');
    await lea.tap(t.settingsZone);
    await lea.say('Tokio');
    await lea.tap(buttons(await lea.see('Tokio, Japan')).find((label) => label.startsWith('Tokio, ')));
    await lea.see('Ihre Arbeitszeiten gelten weiter in der Zeitzone Berlin (UTC+');
    await lea.tap('Arbeitszeiten auf Tokio umstellen');
    await lea.see('Zeitzone: Tokio (UTC+9)');
    const kept = await world.admin.call('ScheduleService', 'GetSchedule', { name: `${moving.name}/schedule` }, { account: moving.account });
    assert.equal(kept.time_zone, 'Asia/Tokyo');
    await lea.practice('Einstellungen');
    const settings = await lea.see('Tokio (UTC+9)');
    assert.ok(!settings.plain.includes('Arbeitszeiten gelten weiter'));
  });

  test('the likely zones come first, short; others are offered three in a row, from the likely ones on', async () => {
    const eva = await invited('Eva');
    const question = await eva.see(t.askZone, { since: 0 });
    const first = labels(question.reply_markup.inline_keyboard);
    assert.match(first[0][0], AS_MARIE);
    assert.ok(first.length <= 4, `${first.length} rows`);
    assert.ok(buttons(question).some((label) => /^Zürich · \d\d:\d\d/.test(label)), `${buttons(question)}`);
    assert.ok(!buttons(question).some((label) => label.startsWith('Berlin,')), 'what Marie’s zone is already is not said twice');
    await eva.tap(t.otherZone);
    const list = await eva.see('UTC+1 ·');
    const rows = labels(list.reply_markup.inline_keyboard);
    for (const row of rows.slice(0, 2)) assert.equal(row.length, 3);
    assert.ok(list.plain.split('\n').length <= 8, list.plain);
    assert.ok(list.plain.includes('Berlin'), 'the likely one is among the first');
    assert.ok(!list.plain.includes('Tokio'));
    for (let page = 0; page < 6; ++page) {
      await eva.tap('▶');
      if ((await eva.see('UTC+', { since: 0 })).plain.includes('Tokio')) break;
      assert.notEqual(page, 5, 'Tokyo is on one of the next pages');
    }
    await eva.tap('◀ Zurück');
    await eva.see(t.askZone);
    await eva.tap(t.otherZone);
    await eva.tap(clockOf(await eva.see('UTC+1 ·'), 'Berlin'));
    const zones = await eva.see('Berlin · Deutschland');
    assert.ok(labels(zones.reply_markup.inline_keyboard).length <= 6, `${buttons(zones)}`);
  });

  test('without a zone every time is on the provider’s clock, which is named', async () => {
    const cleo = await invited('Cleo');
    await cleo.tap('Später');
    await cleo.see(t.request, { since: 0 });
    await requestOne(world, specialist, cleo, t);
    await cleo.tap(t.appointments);
    const list = await cleo.see('Ihre nächsten Termine');
    assert.match(list.plain, /Zeitzone: Berlin/);
    await cleo.tap('Spezialistenliste');
    await cleo.tap('👤 Marie');
    await cleo.see('Von meiner Liste entfernen');
    await cleo.tap(t.chat);
    await cleo.see('Sie schreiben jetzt mit');
    await cleo.arrived(await cleo.say('Guten Tag'));
    await cleo.tap('Spezialistenliste');
    await cleo.tap('👤 Marie');
    await cleo.see('Von meiner Liste entfernen');
    await cleo.tap(t.chat);
    const chat = await cleo.see('Guten Tag');
    assert.match(chat.plain, /Zeitzone: Berlin/);
    const sent = Number(/(\d\d):\d\d/.exec(chat.plain)[1]);
    const berlin = Number(new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin', hour: '2-digit' }).format().slice(0, 2));
    assert.ok((berlin - sent + 24) % 24 <= 1, 'the stamp is of Berlin');
    await cleo.tap('Support');
    await cleo.say('Wie geht das?');
    await cleo.see('Support', { since: 0 });
    await world.simulator.settled();
    await cleo.tap('Support');
    const support = await cleo.see('Wie geht das?');
    assert.match(support.plain, /Zeitzone: UTC/);
  });
});
