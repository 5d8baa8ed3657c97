// A core that serves nobody any more says so and ends, for its supervisor to start it again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from '../e2e/harness.mjs';
import { run } from '../e2e/programs.mjs';

const DEAF = 75;
const STANDARD_STREAMS = 3;

test('a core that cannot even call itself ends with a code of its own', { timeout: 120_000 }, async (t) => {
  const world = await World.core();
  t.after(() => world.kalendsd.kill());
  // Nothing that is open is closed by it, but not one file more can be opened.
  await run('prlimit', ['--pid', String(world.kalendsd.child.pid), `--nofile=${STANDARD_STREAMS}:`]);
  const { code } = await world.kalendsd.exited;
  world.admin.close();
  assert.equal(code, DEAF, world.kalendsd.log());
  assert.match(world.kalendsd.log(), /did not answer itself .*\(3 times\)/);
});
