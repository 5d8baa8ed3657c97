// How fast the bot goes where nobody sets its pace: as Telegram's FAQ allows. All other tests go faster.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Gate } from './gate.mjs';
import { World } from './harness.mjs';
import { until } from './programs.mjs';

const CHAT = { burst: 3, everyMs: 1000 };
const GROUP = { burst: 3, everyMs: 3000 };
const ALL = { burst: 30, everyMs: 1000 / 30 };
// Times are taken on the way, where one call may be held up longer than the next.
const JITTER_MS = 1000;

// Where more calls than allowed lie together, at `times` in milliseconds: the first such place.
function tooFast(times, { burst, everyMs }) {
  for (let last = 0; last < times.length; ++last) {
    for (let first = 0; first < last; ++first) {
      const [count, ms] = [last - first + 1, times[last] - times[first]];
      if (count > burst + (ms + JITTER_MS) / everyMs) return `${count} calls in ${Math.round(ms)} ms`;
    }
  }
  return null;
}

describe('the pace of the bot, unless it is told another', { concurrency: false }, () => {
  let world, gate, group;
  before(async () => {
    world = await World.core();
    world.pace = [];
    await world.startSimulator();
    const agent = await world.simulator.person({ first_name: 'Sam', language_code: 'de' });
    group = await world.simulator.post('group', { title: 'Support', members: [agent.id] });
    gate = await Gate.to(world.simulator.url);
    const args = ['--support-chat', `${group.id}`, '--support-language', 'de'];
    await world.startAdapter({ api: gate.url, args });
  });
  after(async () => {
    await world.adapter.kill(); // The crowd need not hear the rest.
    gate.stop();
    await world.stop();
  });

  const people = (count) =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        world.simulator.person({ first_name: `Nr. ${i}`, language_code: 'de' })),
    );
  // What counts: deletions and "is typing" do not.
  const messages = () => gate.passed.filter(({ method }) => /^send(?!ChatAction)|^edit/.test(method));
  const timesOf = (chat) => messages().filter((call) => call.chat === chat).map(({ at }) => at);

  test('one message a second goes into a chat, once three have gone', async () => {
    const [anna] = await people(1);
    for (let i = 0; i < 12; ++i) await anna.start();
    await until('as many answers have come', () => timesOf(anna.id).length >= 12);
    assert.equal(tooFast(timesOf(anna.id), CHAT), null);
  });

  test('twenty a minute go into a group, once three have gone', async () => {
    const askers = await people(6);
    await Promise.all(
      askers.map(async (asker) => {
        await asker.start();
        await asker.tap('Support');
        await asker.see('Schreiben Sie mir jetzt Ihre Frage');
        await asker.say(`Frage von ${asker.name}`);
      }),
    );
    await until('all questions have come', () => timesOf(group.id).length >= askers.length);
    assert.equal(tooFast(timesOf(group.id), GROUP), null);
  });

  test('thirty a second go to all together, once thirty have gone', async () => {
    const crowd = await people(150);
    await Promise.all(crowd.map((one) => one.start()));
    await until('everybody has an answer', () => crowd.every(({ id }) => timesOf(id).length > 0));
    assert.equal(tooFast(messages().map(({ at }) => at), ALL), null);
  });
});
