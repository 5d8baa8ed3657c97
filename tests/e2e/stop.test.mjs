// A core that is asked to end while adapters listen says so at once, in a way that they try again.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { code, explain } from './core.mjs';
import { World } from './harness.mjs';

const STREAMS = 3;
const AT_ONCE_MS = 2_000; // gRPC would wait as long for streams that nobody ends, and cut them off then.

let world;
before(async () => {
  world = await World.core();
});
after(() => world.stop());

test('SIGTERM ends streams of notifications at once, with a status that may be tried again', async () => {
  const key = await world.createKey('adapter');
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, async () => {
      const stream = world.admin.stream('NotificationService', 'StreamNotifications', { channel: 'telegram' }, { key });
      const end = new Promise((resolve) => {
        stream.on('error', (error) => resolve({ error: explain(error), at: Date.now() }));
        stream.on('end', () => {});
      });
      stream.resume();
      await once(stream, 'metadata');
      return { end };
    }),
  );
  const begun = Date.now();
  const exit = world.kalendsd.stop();
  for (const { end } of streams) {
    const { error, at } = await end;
    assert.equal(`${code[error.code]} ${error.reason}`, 'UNAVAILABLE BUSY');
    assert.ok(at - begun < AT_ONCE_MS, `told after ${at - begun} ms`);
  }
  assert.equal(await exit, 0);
  const took = Date.now() - begun;
  assert.ok(took < 2 * AT_ONCE_MS, `ended after ${took} ms`);
});
