// What a chat has left is not drawn any more, at Telegram's own pace.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { joined, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons, dataOf } from './simulator.mjs';

const SETTINGS = 'Sprache:';
const LIST = 'Ihre nächsten Termine';

describe('screens that were left', { concurrency: false }, () => {
  let world, specialist, anna;
  before(async () => {
    ({ world, specialist } = await worldWithMarie('de', { pace: [] }));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    await requestOne(world, specialist, anna, t);
  });
  after(() => world.stop());

  const settled = async () => {
    await world.simulator.settled();
    // A second more than the pace holds anything back.
    const mark = (await world.simulator.outbox()).length;
    await until('nothing more is sent', async () => {
      await new Promise((resolve) => { setTimeout(resolve, 1500); });
      return (await world.simulator.outbox()).length >= mark;
    });
  };

  test('one that was left within a second of a download does not come back', async () => {
    await anna.tap(t.appointments);
    const list = await anna.see(LIST);
    await anna.tap(buttons(list).find((label) => label.includes('Marie')));
    await anna.see(t.meetingInfo);
    await anna.tap(t.meetingInfo);
    const info = await anna.see(t.calendarFile);
    const file = dataOf(info, t.calendarFile);
    // As quickly as a thumb can: three files, back, and away.
    for (let i = 0; i < 3; ++i) await anna.forge(file, info.message_id);
    await anna.forge(dataOf(info, '◀ Zurück'), info.message_id);
    await anna.say(t.settings);
    await anna.see(SETTINGS);
    await settled();
    const messages = await anna.messages();
    assert.match(messages.at(-1).plain, new RegExp(SETTINGS), messages.at(-1).plain);
    assert.equal(messages.filter(({ plain }) => plain.includes(t.status.pending) && !plain.includes('Anfrage gesendet an')).length, 0);
  });

  test('quick taps on the menu are answered by the last one, within two seconds, with one screen', async () => {
    await settled();
    for (let i = 0; i < 4; ++i) {
      await anna.say(t.appointments);
      await anna.say(t.settings);
    }
    const begin = Date.now();
    await anna.see(SETTINGS);
    assert.ok(Date.now() - begin < 2500, `${Date.now() - begin} ms`);
    await settled();
    const messages = await anna.messages();
    assert.match(messages.at(-1).plain, new RegExp(SETTINGS));
    for (const screen of [SETTINGS, LIST]) {
      const count = messages.filter(({ plain }) => plain.includes(screen)).length;
      assert.equal(count, screen === SETTINGS ? 1 : 0, `${screen}: ${messages.map(({ plain }) => plain).join('\n---\n')}`);
    }
  });
});
