// SPEC 3.5: weekly hours, vacation, absence, extra hours, holidays, and what each of them hits.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ZONE, joined, worldWithMarie } from './customer_walk.mjs';
import { wallDate } from './harness.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';
import { tapping } from './taps.mjs';

const DAY_S = 24 * 60 * 60;

describe('hours in German', { concurrency: false }, () => {
  let world, marie, specialist, as;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    as = { account: specialist.account };
  });
  after(() => world.stop());

  const schedule = () => world.admin.call('ScheduleService', 'GetSchedule', { name: `${specialist.name}/schedule` }, as);
  const closures = async () =>
    (await world.admin.call('ScheduleService', 'ListClosures', { parent: specialist.name, page_size: 200 }, as)).closures;
  const openings = async () =>
    (await world.admin.call('ScheduleService', 'ListOpenings', { parent: specialist.name, page_size: 200 }, as)).openings;
  // "1 540-750 A", sorted.
  const week = async () =>
    (await schedule()).weekly_hours
      .map(({ weekday, hours, parity }) =>
        `${weekday} ${hours.start_minute}-${hours.end_minute}${{ PARITY_WEEK_A: ' A', PARITY_WEEK_B: ' B' }[parity] ?? ''}`)
      .sort();
  const local = (time) => wallDate(Number(time.seconds), ZONE);
  const typed = ({ day, month }) => `${day}.${month}.`;
  // Pages on where the grid does not show the month of `day` yet; paging is no step of the way.
  async function pageTo({ month, year }, text) {
    const heading = new Intl.DateTimeFormat('de', { month: 'long', year: 'numeric', timeZone: 'UTC' })
      .format(Date.UTC(year, month - 1, 1));
    if (!buttons(await marie.see(text)).includes(heading)) await marie.tap('▶');
    await marie.see(heading);
  }
  async function weekly() {
    await marie.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await marie.tap('Woche');
    return marie.see('Für welche Wochentage?');
  }

  test('a week with a break takes five taps, and the card shows days of the same hours in one line', async (context) => {
    const person = tapping(marie);
    await person.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await person.tap('Woche');
    await marie.see('Montag–Sonntag: 08:00–20:00');
    await person.tap('Montag bis Freitag');
    await marie.see('Weiter ▶');
    await person.tap('Weiter ▶');
    await marie.see('Ab wann?');
    await marie.say('9–12:30, 14–18');
    const card = await marie.see('✅ Gespeichert.');
    context.diagnostic(`hours of the week: ${person.taps} taps`);
    assert.ok(person.taps <= 5);
    assert.match(card.plain, /Montag–Freitag: 09:00–12:30, 14:00–18:00\nSamstag, Sonntag: 08:00–20:00/);
  });

  test('a day gets the hours of another one', async () => {
    await weekly();
    await marie.tap('Sa');
    await marie.see('✔ Sa');
    await marie.tap('Zeiten übernehmen von …');
    const days = await marie.see('Von welchem Tag');
    await marie.tap(buttons(days).find((label) => label.startsWith('Mo')));
    await marie.see('✅ Gespeichert.');
    assert.deepEqual((await week()).filter((one) => one.startsWith('6')), ['6 540-750', '6 840-1080']);
  });

  test('hours may pass midnight, end at 24:00, and differ in weeks A and B', async () => {
    await weekly();
    await marie.tap('So');
    await marie.see('✔ So');
    await marie.tap('🔁 Jede Woche');
    await marie.see('🔁 Nur Woche A');
    await marie.tap('Weiter ▶');
    await marie.see('Nur Woche A');
    await marie.say('10-24');
    const card = await marie.see('✅ Gespeichert.');
    assert.match(card.plain, /Sonntag: .*10:00–24:00 \(Woche A\)/);
    assert.deepEqual((await week()).filter((one) => one.startsWith('7')), ['7 480-1200 B', '7 600-1440 A']);
    await weekly();
    await marie.tap('Fr');
    await marie.see('✔ Fr');
    await marie.tap('Weiter ▶');
    await marie.see('Ab wann?');
    await marie.say('22–2');
    await marie.see('✅ Gespeichert.');
    assert.deepEqual((await week()).filter((one) => one.startsWith('5')), ['5 1320-120']);
    // The other week is the present one from now on.
    const screen = await weekly();
    const before = screen.plain.match(/Diese Woche ist Woche ([AB])/)[1];
    await marie.tap('A ⇄ B tauschen');
    await marie.see('✅ Gespeichert.');
    const after = (await weekly()).plain.match(/Diese Woche ist Woche ([AB])/)[1];
    assert.notEqual(after, before);
    await marie.tap('Montag bis Freitag');
    await marie.see('Weiter ▶');
    await marie.tap('Weiter ▶');
    await marie.see('Ab wann?');
    await marie.say('8-20');
    await marie.see('✅ Gespeichert.');
  });

  test('a vacation takes five taps, names whom it hits, and each is kept or cancelled, also later', async (context) => {
    const anna = await joined(world, specialist, t, { first_name: 'Anna' });
    const account = (await world.admin.call('AccountService', 'GetAccount', { name: 'accounts/me' },
      { account: anna.identity })).name;
    const service = specialist.services[0].name;
    const [start] = await world.slots(specialist.name, { service });
    const asked = await world.request(specialist.name, account, start, { service });
    await world.admin.change('BookingService', 'AcceptAppointment', { name: asked.name }, as);
    await world.simulator.settled();

    const day = wallDate(Number(start), ZONE);
    const person = tapping(marie);
    await person.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await person.tap('Urlaub');
    await marie.see('An welchem Tag beginnt er?');
    await pageTo(day, 'An welchem Tag beginnt er?');
    await person.tap(String(day.day));
    await marie.see('und der letzte Tag?');
    await person.tap(String(day.day));
    const done = await marie.see('✅ Eingetragen.');
    context.diagnostic(`a vacation: ${person.taps} taps`);
    assert.ok(person.taps <= 5, `${person.taps} taps`);
    assert.match(done.plain, /1 Termin ist betroffen[^]*Anna/);
    const [closure] = (await closures()).filter(({ label }) => label === 'Urlaub');
    assert.deepEqual(local(closure.start_time), day);
    assert.deepEqual(local({ seconds: Number(closure.end_time.seconds) - 1 }), day);

    // Left halfway, the list is where it was.
    await marie.start();
    await marie.practice('Zeiten');
    await marie.see('⚠️ 1 Termin durchgehen');
    await marie.tap('⚠️ 1 Termin durchgehen');
    const hit = await marie.see('1 von 1 · außerhalb Ihrer Zeiten');
    assert.match(hit.plain, /Anna/);
    await marie.tap('Behalten ▶');
    await marie.see('1 Termin bleibt außerhalb Ihrer Zeiten');
    await marie.tap('Noch einmal durchgehen');
    await marie.see('1 von 1');
    await marie.tap('Absagen');
    await marie.see('Anna erfährt es sofort');
    await marie.say('Ich bin im Urlaub');
    await marie.see('Absagen mit dieser Begründung?');
    await marie.tap('Ja, absagen');
    const last = await marie.see('Abgesagt. Anna weiß Bescheid.');
    assert.match(last.plain, /Kein Termin liegt außerhalb/);
    const told = await anna.see('Ich bin im Urlaub', { since: 0 });
    assert.match(told.plain, /torniert|abgesagt/);
  });

  test('a vacation is typed, seen in the list, and taken back', async () => {
    await marie.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await marie.tap('Urlaub');
    await marie.see('An welchem Tag beginnt er?');
    await marie.say('irgendwann im Sommer');
    await marie.see('Diese Tage habe ich nicht verstanden');
    const [from, to] = [40, 53].map((days) => wallDate(Date.now() / 1000 + days * DAY_S, ZONE));
    await marie.say(`${typed(from)}–${typed(to)}`);
    await marie.see('✅ Eingetragen.');
    const found = (await closures()).find(({ start_time: start }) => local(start).day === from.day && local(start).month === from.month);
    assert.deepEqual(local({ seconds: Number(found.end_time.seconds) - 1 }), to);
    const count = (await closures()).length;
    await marie.tap('Aufheben');
    await marie.see('Aufgehoben');
    assert.equal((await closures()).length, count - 1);
  });

  test('away today takes four taps, or is typed', async (context) => {
    const person = tapping(marie);
    await person.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await person.tap('Heute weg');
    await marie.see('Ab wann?');
    await person.tap('Rest des Tages');
    await marie.see('✅ Eingetragen.');
    context.diagnostic(`away today: ${person.taps} taps`);
    assert.ok(person.taps <= 4);
    await marie.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await marie.tap('Heute weg');
    await marie.see('Ab wann?');
    await marie.say('morgen 14–16');
    const done = await marie.see('✅ Eingetragen.');
    assert.match(done.plain, /Abwesend · .*14:00–16:00/);
    const tomorrow = wallDate(Date.now() / 1000 + DAY_S, ZONE);
    const found = (await closures()).filter(({ start_time: start, label }) =>
      label === 'Abwesend' && local(start).day === tomorrow.day);
    assert.equal(found.length, 1);
    assert.equal(Number(found[0].end_time.seconds) - Number(found[0].start_time.seconds), 2 * 3600);
  });

  test('extra hours are typed or tapped, can be booked, and say whom their end hits', async (context) => {
    const day = wallDate(Date.now() / 1000 + 9 * DAY_S, ZONE);
    const person = tapping(marie);
    await person.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await person.tap('Zusatzzeit');
    await marie.see('An welchem Tag arbeiten Sie zusätzlich?');
    await pageTo(day, 'An welchem Tag arbeiten Sie zusätzlich?');
    await person.tap(String(day.day));
    await marie.see('Ab wann?');
    await person.tap('06:00');
    await marie.see('Ab 06:00 Uhr');
    await person.tap('07:00');
    await marie.see('✅ Eingetragen.');
    context.diagnostic(`extra hours: ${person.taps} taps`);
    assert.ok(person.taps <= 6);
    const [opening] = await openings();
    assert.deepEqual(local(opening.start_time), day);
    assert.equal(Number(opening.end_time.seconds) - Number(opening.start_time.seconds), 3600);
    const clara = await world.customer('telegram:50011', specialist.code, { name: 'Clara' });
    await world.request(specialist.name, clara.name, Number(opening.start_time.seconds),
      { service: specialist.services[0].name });
    await world.simulator.settled();
    await marie.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await marie.tap('Zusatzzeit');
    const list = await marie.see('An welchem Tag arbeiten Sie zusätzlich?');
    await marie.tap(buttons(list).find((label) => label.startsWith('➕') && label.includes('06:00–07:00')));
    await marie.see('Aufheben');
    await marie.tap('Aufheben');
    const gone = await marie.see('Die Zusatzzeit ist aufgehoben');
    assert.match(gone.plain, /Clara/);
    assert.equal((await openings()).length, 0);
    await marie.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await marie.tap('Zusatzzeit');
    await marie.see('An welchem Tag arbeiten Sie zusätzlich?');
    await marie.say('9-13');
    await marie.see('Schreiben Sie Tag und Zeiten');
    await marie.say(`${typed(day)} 6–7, 21–22`);
    await marie.see('✅ Eingetragen.');
    assert.equal((await openings()).length, 2);
  });

  test('a holiday is typed with its name, for once or for every year', async () => {
    await marie.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await marie.tap('Feiertage');
    await marie.see('Tage, an denen Sie nicht oder anders arbeiten');
    await marie.tap('➕ Feiertag');
    await marie.see('Welcher Tag?');
    await marie.say('bald');
    await marie.see('Diesen Tag habe ich nicht verstanden');
    await marie.say('24.12. Heiligabend');
    await marie.see('24. Dezember');
    await marie.tap('🔁 Jedes Jahr');
    await marie.see('Jedes Jahr an diesem Tag.');
    const [special] = (await schedule()).special_dates;
    assert.deepEqual([special.date.month, special.date.day, special.label, special.repeats_yearly], [12, 24, 'Heiligabend', true]);
    await marie.tap('Nur dieses Mal');
    await marie.see('Nur in diesem Jahr.');
    assert.equal((await schedule()).special_dates[0].repeats_yearly, false);
  });
});

describe('holidays of a file', { concurrency: false }, () => {
  let world, marie, specialist, as;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    as = { account: specialist.account };
  });
  after(() => world.stop());

  const year = wallDate(Date.now() / 1000, ZONE).year + 1;
  const event = (uid, date, label, more = '') =>
    `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART;VALUE=DATE:${year}${date}\r\nSUMMARY:${label}\r\n${more}END:VEVENT\r\n`;
  const file = (...events) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join('')}END:VCALENDAR\r\n`;
  const dates = async () =>
    (await world.admin.call('ScheduleService', 'GetSchedule', { name: `${specialist.name}/schedule` }, as)).special_dates
      .map(({ date, label }) => `${date.month}/${date.day} ${label}`);
  async function send(bytes, name = 'feiertage.ics') {
    await marie.practice('Zeiten');
    await marie.see('Ihre Zeiten');
    await marie.tap('Feiertage');
    await marie.see('📥 Aus Datei (.ics)');
    await marie.tap('📥 Aus Datei (.ics)');
    await marie.see('Schicken Sie mir die Kalenderdatei');
    return marie.sendFile(bytes, { name, type: 'text/calendar' });
  }
  const easter = event('1', '0326', 'Karfreitag');
  const may = event('2', '0501', 'Maifeiertag');

  test('it is shown before anything happens, and taken by one tap', async () => {
    await send(file(easter, may));
    const preview = await marie.see('Feiertage aus der Datei');
    assert.match(preview.plain, /➕ 2 neu\n/);
    assert.match(preview.plain, /Karfreitag/);
    assert.deepEqual(await dates(), [], 'nothing has happened yet');
    await marie.tap('✅ Übernehmen');
    await marie.see('✅ Übernommen.');
    assert.deepEqual(await dates(), ['3/26 Karfreitag', '5/1 Maifeiertag']);
  });

  test('sent again it changes nothing, and another one only what is another', async () => {
    await send(file(easter, may));
    const same = await marie.see('Alles steht schon so da');
    assert.ok(!buttons(same).some((label) => label.startsWith('✅')), `${buttons(same)}`);
    await send(file(easter, event('3', '1003', 'Tag der Einheit')));
    const other = await marie.see('Feiertage aus der Datei');
    assert.match(other.plain, /➕ 1 neu · ➖ 1 entfallen · 1 wie bisher/);
    await marie.tap('✅ Übernehmen');
    await marie.see('✅ Übernommen.');
    assert.deepEqual(await dates(), ['3/26 Karfreitag', '10/3 Tag der Einheit']);
  });

  test('of days that it calls free the provider decides', async () => {
    const free = event('4', '1101', 'Allerheiligen', 'TRANSP:TRANSPARENT\r\n');
    const both = file(easter, event('3', '1003', 'Tag der Einheit'), event('5', '1225', 'Weihnachten'), free);
    await send(both);
    const asked = await marie.see('frei verfügbar');
    assert.ok(buttons(asked).includes('✅ Alle übernehmen') && buttons(asked).includes('Ohne die „freien“'));
    await marie.tap('Ohne die „freien“');
    await marie.see('✅ Übernommen.');
    assert.ok(!(await dates()).includes('11/1 Allerheiligen'));
    await send(both);
    await marie.see('frei verfügbar');
    await marie.tap('✅ Alle übernehmen');
    await marie.see('✅ Übernommen.');
    assert.ok((await dates()).includes('11/1 Allerheiligen'));
  });

  test('what is no calendar, and what is too much, says so, and another file may follow', async () => {
    const before = await dates();
    await send('Das ist ein Brief.', 'brief.txt');
    await marie.see('Das ist keine Kalenderdatei');
    await marie.sendFile('x'.repeat(300 * 1024), { name: 'gross.ics', type: 'text/calendar' });
    await marie.see('Diese Datei ist zu groß');
    await marie.say('Ich habe keine');
    await marie.see('Schicken Sie mir die Kalenderdatei');
    const forms = [
      '\uFEFFBEGIN:VCALENDAR', 'VERSION:2.0', 'X-WR-CALNAME:Feier', ' tage',
      'BEGIN:VEVENT', 'UID:a', `DTSTART;VALUE=DATE:${year}0105`, `DTEND;VALUE=DATE:${year}0107`, 'SUMMARY:Zwei',
      '  Tage', 'END:VEVENT',
      'BEGIN:VEVENT', 'UID:b', `DTSTART:${year}0201T000000`, `DTEND:${year}0202T000000`, 'SUMMARY:Mit Uhr', 'END:VEVENT',
      'BEGIN:VEVENT', 'UID:c', `DTSTART;VALUE=DATE:${year}0303`, 'RRULE:FREQ=YEARLY', `EXDATE;VALUE=DATE:${year + 1}0303`,
      'SUMMARY:Jedes Jahr', 'END:VEVENT', 'END:VCALENDAR', '',
    ].join('\n');
    await marie.sendFile(forms, { name: 'formen.ics', type: 'application/octet-stream' });
    await marie.see('Feiertage aus der Datei');
    await marie.tap('✅ Übernehmen');
    await marie.see('✅ Übernommen.');
    const now = await dates();
    for (const wanted of ['1/5 Zwei Tage', '1/6 Zwei Tage', '2/1 Mit Uhr', '3/3 Jedes Jahr']) {
      assert.ok(now.includes(wanted), `${wanted}: ${now}`);
    }
    assert.ok(!before.includes('1/5 Zwei Tage'));
  });
});

describe('hours in English', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('en')));
  after(() => world.stop());

  test('a vacation and a holiday are typed as the language writes days', async () => {
    await marie.practice('Hours', 'Practice');
    await marie.see('Your hours');
    await marie.tap('Vacation');
    await marie.see('on which day does it begin?');
    await marie.say('from Dec 21 to Jan 3');
    const done = await marie.see('Nobody can book in that time');
    assert.match(done.plain, /Vacation · .*21.* – .*3/);
    await marie.practice('Hours', 'Practice');
    await marie.see('Your hours');
    await marie.tap('Holidays');
    await marie.see('➕ Holiday');
    await marie.tap('➕ Holiday');
    await marie.see('Which day?');
    await marie.say('July 4 Independence Day');
    await marie.see('Independence Day');
    await marie.tap('🔁 Every year');
    await marie.see('Every year on this day.');
    await until('it is kept', async () => {
      const name = `${specialist.name}/schedule`;
      const { special_dates: dates } = await world.admin.call('ScheduleService', 'GetSchedule', { name },
        { account: specialist.account });
      return dates.some(({ label, repeats_yearly: yearly }) => label === 'Independence Day' && yearly);
    });
  });
});
