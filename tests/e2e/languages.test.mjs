// SPEC 9: the main menu, a booking and its cancellation in each language but German and English,
// which have tests of their own.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestNotice, requestOne, worldWithMarie } from './customer_walk.mjs';
import { french, german, russian, spanish, ukrainian } from './labels.mjs';
import { buttons } from './simulator.mjs';

describe('every language', { concurrency: false }, () => {
  let world, marie, specialist;
  before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
  after(() => world.stop());

  for (const t of [french, russian, ukrainian, spanish]) {
    test(`${t.language}: from the invitation over a booking to its cancellation`, async () => {
      const person = await joined(world, specialist, t, { first_name: `Kim ${t.language}` });
      await person.seesKeyboard(t.menu);

      await requestOne(world, specialist, person, t);
      await requestNotice(marie, person, german);
      await marie.tap(german.accept);
      const accepted = await person.see(`🟢 ${t.status.accepted}`);
      assert.ok(buttons(accepted).includes(t.calendarFile), buttons(accepted));

      await person.tap(t.appointments);
      const list = await person.see(t.listTitle);
      assert.match(list.plain + buttons(list).join(), /👤 Marie/);
      await person.tap(buttons(list).find((label) => label.startsWith('🟢')));
      await person.tap(t.meetingInfo);
      const info = await person.see(t.calendarFile);
      assert.ok(info.plain.includes(t.status.accepted) && info.plain.includes('Marie'), info.plain);
      await person.tap(t.appointments);
      await person.tap(buttons(await person.see(t.listTitle)).find((label) => label.startsWith('🟢')));
      await person.tap(t.cancel);
      await person.tap(t.cancelWithoutReason);
      await person.see(`❌ ${t.status.cancelled}`);
      await person.tap(t.appointments);
      const empty = await person.see(t.nothingBooked);
      assert.ok(buttons(empty).includes(t.past));
    });
  }

  test('the language can be changed in Settings, and the menu follows', async () => {
    const person = await joined(world, specialist, german, { first_name: 'Lou' });
    await person.tap(german.settings);
    await person.tap('Sprache');
    const screen = await person.see('Українська');
    for (const name of ['Deutsch', 'English', 'Français', 'Русский', 'Українська', 'Español']) {
      assert.ok(buttons(screen).includes(name), `${name} is not among ${buttons(screen)}`);
    }
    await person.tap('Українська');
    await person.see('українською');
    await person.seesKeyboard(ukrainian.menu);
  });

  test('an unknown language is spoken to in English; commands are described in every language', async () => {
    const person = await world.simulator.person({ first_name: 'Ada', language_code: 'fi' });
    await person.start();
    await person.see('What would you like to do?');
    const published = await world.simulator.outbox(0, 'setMyCommands');
    const calls = published.filter(({ params }) => params.scope.type === 'all_private_chats');
    const languages = calls.map(({ params }) => params.language_code ?? 'en').sort();
    assert.deepEqual(languages, ['de', 'en', 'es', 'fr', 'ru', 'uk']);
    for (const { params } of calls) assert.equal(params.commands.length, 7);
  });
});
