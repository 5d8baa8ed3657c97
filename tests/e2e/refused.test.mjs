// What will not mend itself is not taken for what passes: a token or a key that was revoked, another
// process with the same bot. It is said once, as an error with what to do; it is tried again slowly;
// and who never got anywhere ends, with a code of its own.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { joined } from './customer_walk.mjs';
import { World } from './harness.mjs';
import { german as t } from './labels.mjs';
import { until } from './programs.mjs';
import { BOT_TOKEN } from './simulator.mjs';

const EXIT = { taken: 69, refused: 77, key: 78 };
const REFUSALS = 6;
const PROBE_MS = 60 * 20; // Sixty times --retry-ms, as the tests' worlds have it.

const count = (text, pattern) => [...text.matchAll(pattern)].length;

describe('what lasts', { concurrency: false }, () => {
  let world, specialist;
  before(async () => {
    world = await World.core();
    await world.startSimulator();
    specialist = await world.specialist();
  });
  after(() => world.stop());

  // How a program ends that never got anywhere. The world is not to ask how it ended once more.
  async function endOf(name) {
    const program = world[name];
    const { code } = await program.exited;
    world[name] = undefined;
    const log = program.log();
    writeFileSync(program.logFile, ''); // The next one writes there, too.
    return { code, log };
  }
  function keyFile(secret) {
    const file = path.join(world.folder, 'other.key');
    writeFileSync(file, `${secret}\n`);
    return file;
  }

  describe('from the start', { concurrency: false }, () => {
    let good;
    before(async () => (good = await world.createKeyFile('adapter')));
    afterEach(() => (world.adapterKeyFile = good));

    test('a wrong token ends the adapter', async () => {
      await world.startAdapter({ token: BOT_TOKEN.replace('SIMULATOR', 'MISTYPED') });
      const { code, log } = await endOf('adapter');
      assert.equal(code, EXIT.refused);
      assert.match(log, /\[error\] getMe: Telegram refuses the bot .*@BotFather/);
      assert.doesNotMatch(log, /MISTYPED/);
    });

    test('a token of no bot ends it too', async () => {
      await world.startAdapter({ token: 'nonsense' });
      assert.equal((await endOf('adapter')).code, EXIT.refused);
    });

    test('so do another process with the bot, a wrong key and a key for something else', async () => {
      const rival = new Rival(world.simulator.url);
      await world.startAdapter();
      const taken = await endOf('adapter');
      await rival.stop();
      assert.equal(taken.code, EXIT.taken);
      assert.equal(count(taken.log, /\[error\] another process receives this bot's updates/g), 1);

      for (const secret of ['kal_guess', await world.createKey('web')]) {
        world.adapterKeyFile = keyFile(secret);
        await world.startAdapter();
        const { code, log } = await endOf('adapter');
        assert.equal(code, EXIT.key);
        assert.equal(count(log, /\[error\] the core at .* refuses our API key .*--scope adapter/g), 1);
        assert.doesNotMatch(log, new RegExp(secret));
      }
    });

    test('the web side ends for want of a key as well', async () => {
      for (const secret of ['kal_guess', await world.createKey('adapter')]) {
        // It may have ended before it was asked for its port.
        await world.startWeb({ keyFile: keyFile(secret) }).catch(() => {});
        const { code, log } = await endOf('website');
        assert.equal(code, EXIT.key);
        assert.equal(count(log, /\[error\] the core at .* refuses our API key .*--scope web/g), 1);
      }
      world.web = undefined;
    });
  });

  describe('from some time on', { concurrency: false }, () => {
    let anna;
    before(async () => {
      await world.startAdapter();
      anna = await joined(world, specialist, t, { first_name: 'Anna' });
      await world.simulator.settled();
    });

    async function isServed() {
      await anna.tap(t.settings);
      await anna.see(t.settingsZone);
    }

    test('a revoked token is said once, and tried again slowly until it is good', async () => {
      const began = Date.now();
      const fault = { method: '*', code: 401, description: 'Unauthorized', times: REFUSALS };
      await world.simulator.post('fault', fault);
      await anna.tap(t.settings);
      await until('it is good again', () => world.adapter.log().includes('Telegram serves the bot again'));
      assert.equal(count(world.adapter.log(), /\[error\] Telegram refuses the bot's token/g), 1);
      assert.ok(count(world.adapter.log(), /Unauthorized/g) <= 3, world.adapter.log());
      // The first two may come at once, and two callers may be on their way by then.
      assert.ok(Date.now() - began >= PROBE_MS, `${REFUSALS} refusals in ${Date.now() - began} ms`);
      await isServed();
    });

    test('another process is said once, and left alone for a while', async () => {
      const rival = new Rival(world.simulator.url);
      await until('it is noticed', () => world.adapter.log().includes('another process receives'));
      await rival.stop();
      await isServed();
      assert.equal(count(world.adapter.log(), /another process receives/g), 1);
    });

    test('a revoked key is said once, whoever meets it, and tried again slowly', async () => {
      const { api_keys: keys } = await world.admin.call('AdminService', 'ListApiKeys', {});
      const before = count(world.kalendsd.log(), /StreamNotifications/g);
      for (const { name, scopes } of keys) {
        if (scopes.join() === 'SCOPE_ADAPTER') await world.admin.change('AdminService', 'RevokeApiKey', { name });
      }
      await until('it is noticed', () => /refuses our API key \(UNKNOWN_KEY\)/.test(world.adapter.log()));
      for (let i = 0; i < 3; ++i) {
        await anna.tap(t.settings);
        await anna.see('schiefgegangen');
      }
      assert.equal(count(world.adapter.log(), /refuses our API key/g), 1);
      assert.doesNotMatch(world.adapter.log(), /UNAUTHENTICATED/);
      assert.ok(count(world.kalendsd.log(), /StreamNotifications/g) - before < 6, world.kalendsd.log());
      assert.equal(await world.adapter.stop(), 0);
    });
  });
});

// Another process that asks for the bot's updates, again and again.
class Rival {
  #stopped = new AbortController();

  constructor(url) {
    this.running = this.#poll(`${url}/bot${BOT_TOKEN}/getUpdates?timeout=50`);
  }
  async stop() {
    this.#stopped.abort();
    await this.running;
  }
  async #poll(url) {
    while (!this.#stopped.signal.aborted) {
      await fetch(url, { signal: this.#stopped.signal }).then((answer) => answer.text()).catch(() => {});
    }
  }
}
