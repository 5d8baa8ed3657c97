// What nobody can read, or Telegram does not take, costs itself and nothing else: not the others, not what
// comes after it, not the next start.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { joined, worldWithMarie } from './customer_walk.mjs';
import { Gate } from './gate.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { buttons } from './simulator.mjs';

const REPLACED = '\ufffd';
// On the way from Telegram to the adapter: half a surrogate pair, and what is no JSON at all.
const spoilt = (text) => text.replaceAll('HALFNAME', 'A\\ud800').replaceAll('NOJSON', 'x"}}{[');

const ways = {
  async polling(world) {
    const gate = await Gate.to(world.simulator.url);
    gate.alterAnswer = spoilt;
    return { gate, adapter: { api: gate.url } };
  },
  async webhook(world) {
    const port = await freePort();
    const gate = await Gate.to(`http://127.0.0.1:${port}`);
    gate.alterRequest = spoilt;
    const secret = path.join(world.folder, 'webhook.secret');
    writeFileSync(secret, 'not-a-secret', { mode: 0o600 });
    const listen = `127.0.0.1:${port}`;
    const args = ['--webhook-url', `${gate.url}/updates`, '--webhook-listen', listen, '--webhook-secret-file', secret];
    return { gate, adapter: { args } };
  },
};

for (const [way, begin] of Object.entries(ways)) {
  describe(`poison that comes in by ${way}`, { concurrency: false }, () => {
    let world, gate, adapter, marie, specialist, boris;
    before(async () => {
      ({ world, marie, specialist } = await worldWithMarie('de'));
      await world.adapter.stop();
      ({ gate, adapter } = await begin(world));
      await world.startAdapter(adapter);
      boris = await joined(world, specialist, t, { first_name: 'Boris' });
    });
    after(async () => {
      gate.stop();
      await world.stop();
    });

    // That the bot serves Boris.
    async function servesBoris() {
      await boris.tap(t.settings);
      await boris.see(t.settingsZone);
    }
    const setAside = (update) => until(`${update} is set aside`, () => world.adapter.log().includes(`set aside update ${update} `));

    test('whose name is no text is served like everybody, and the others too', async () => {
      const half = await joined(world, specialist, t, { first_name: 'HALFNAME' });
      await servesBoris();
      await marie.see(`A${REPLACED}`, { since: 0 });
      await half.tap(t.settings);
      await half.see(t.settingsZone);
      assert.doesNotMatch(world.adapter.log(), /set aside/);
    });

    test('an update that nobody can read is set aside, it alone, and the others are served', async () => {
      const sent = await boris.say('NOJSON');
      await servesBoris();
      await setAside(sent.update_id);
      assert.doesNotMatch(world.adapter.log(), /NOJSON|x"/, 'the log tells nothing of what it says');
    });

    test('one that waits at a start does not stop it, nor comes back after the next', async () => {
      await world.simulator.settled();
      assert.equal(await world.adapter.stop(), 0);
      const first = await boris.say('NOJSON');
      const second = await boris.say('NOJSON');
      await world.startAdapter(adapter);
      await servesBoris();
      await setAside(first.update_id);
      await setAside(second.update_id);
      await world.simulator.settled();
      await world.adapter.kill();
      await world.startAdapter(adapter);
      await servesBoris();
      assert.equal(world.adapter.log().match(/set aside update/g).length, 3);
    });
  });
}

describe('a notification that Telegram refuses', { concurrency: false }, () => {
  const STRANGE = { method: 'sendMessage', code: 400, description: 'Bad Request: can’t parse entities: strange' };
  let world, marie, specialist, anna, boris;
  before(async () => {
    ({ world, marie, specialist } = await worldWithMarie('de'));
    anna = await joined(world, specialist, t, { first_name: 'Anna' });
    boris = await joined(world, specialist, t, { first_name: 'Boris' });
    for (const person of [anna, boris]) await startChat(person);
    await nothingIsDue();
  });
  after(() => world.stop());

  const stats = () => world.admin.call('AdminService', 'GetServerStats');
  const nothingIsDue = () => until('all was told', async () => (await stats()).notifications_due === 0);
  async function startChat(person) {
    await person.tap('Spezialistenliste');
    await person.tap('👤 Marie');
    await person.see('Von meiner Liste entfernen');
    await person.tap('Chat');
    await person.see('Sie schreiben jetzt mit 👤 Marie');
  }

  test('comes without its markup', async () => {
    await world.simulator.post('fault', { ...STRANGE, contains: 'Erste &amp; Zweite' });
    await anna.say('Erste & Zweite');
    const message = await marie.see('Erste & Zweite', { since: 0 });
    assert.deepEqual(message.entities ?? [], []);
    assert.ok(buttons(message).includes('↩️ Antworten'));
  });

  test('else comes in a few words of ours, with a button that leads there', async () => {
    await world.simulator.post('fault', { ...STRANGE, contains: 'Unsagbares', times: 2 });
    await anna.say('Unsagbares');
    await anna.say('Danach');
    const short = await marie.see('Sie haben eine neue Nachricht.', { since: 0 });
    assert.doesNotMatch(short.plain, /Unsagbares|Anna/);
    await marie.see('Danach', { since: 0 });
    await marie.tap('Öffnen');
    await marie.see('Unsagbares');
    assert.equal((await stats()).notifications_set_aside, 0);
  });

  test('else is set aside, counted and named in the logs, and what comes after it goes on', async () => {
    await nothingIsDue();
    await world.simulator.post('fault', { ...STRANGE, contains: `"chat_id":${marie.id}`, times: 4 });
    await boris.say('Verlorenes');
    await boris.say('Folgendes');
    await marie.see('Folgendes', { since: 0 });
    await nothingIsDue();
    assert.equal(await marie.count('Verlorenes'), 0);
    assert.equal((await stats()).notifications_set_aside, 1);
    const [, name] = world.adapter.log().match(/set aside (notifications\/\w+) \(1 so far\)/);
    assert.ok(world.kalendsd.log().includes(`set aside ${name} (1 in all)`), world.kalendsd.log());
    for (const log of [world.adapter.log(), world.kalendsd.log()]) assert.doesNotMatch(log, /Verlorenes/);
    assert.match((await world.kalends('stats')).stdout, /set aside +1\n/);
  });

  test('is told as it is to everybody else, while a wrong token loses nobody anything', async () => {
    await world.simulator.post('fault', { ...STRANGE, contains: `"chat_id":${marie.id}`, code: 401, description: 'Unauthorized' });
    await anna.say('Wartet');
    await until('it was refused', () => world.adapter.log().includes('sendMessage refused: Unauthorized'));
    await until('it waits', async () => (await stats()).notifications_due === 1);
    assert.equal((await stats()).notifications_set_aside, 1);
  });
});

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
