// What the compiler and the linker put in the way of who finds an overflow after all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binary, run } from '../e2e/programs.mjs';

for (const name of ['kalendsd', 'kalends', 'kalends-telegram', 'kalends-web']) {
  test(`${name} lies anywhere, runs no data, writes to no table of functions and guards its stack`, async () => {
    const { code, stdout } = await run('readelf', ['--wide', '--dynamic', '--segments', '--dyn-syms', binary(name)]);
    assert.equal(code, 0);
    assert.match(stdout, /FLAGS_1.*\bNOW\b.*\bPIE\b|FLAGS_1.*\bPIE\b.*\bNOW\b/);
    assert.match(stdout, /GNU_RELRO/);
    assert.match(stdout, /GNU_STACK .* RW /);
    assert.match(stdout, /__stack_chk_fail/);
  });
}
