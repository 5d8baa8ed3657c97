// kalends audit: what operators and tools changed, for whom, in the order it was.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from './harness.mjs';

let world;
let specialist;
let tool; // Its secret.
const PAGE = 200; // Lines that the core gives at a time.

before(async () => {
  world = await World.core();
  tool = await world.createKey('tool:write');
  specialist = await world.account('telegram:1001', { name: 'Marie' });
});
after(() => world.stop());

const audit = async (...args) => {
  const { code, stdout, stderr } = await world.kalends('audit', ...args);
  assert.equal(code, 0, stderr);
  return stdout.split('\n').filter((line) => line);
};
const objects = async () => (await audit('--json')).map((line) => JSON.parse(line));
const rename = (name, options) =>
  world.admin.change(
    'AccountService',
    'UpdateAccount',
    { account: { name: specialist.name, display_name: name }, update_mask: { paths: ['display_name'] } },
    options,
  );

test('what a tool did for an account, and for nobody, is listed; what an adapter did is not', async () => {
  const before = (await objects()).length;
  await rename('By a tool', { key: tool });
  await rename('By a tool for her', { key: tool, account: 'telegram:1001' });
  await rename('By an adapter', { key: await world.createKey('adapter'), account: 'telegram:1001' });
  const { api_keys: keys } = await world.admin.call('AdminService', 'ListApiKeys', { page_size: 200 });
  const key = keys.find(({ display_name: label }) => label === 'tool:write').name;
  const lines = (await objects()).slice(before).filter(({ method }) => method === 'AccountService.UpdateAccount');
  const line = { apiKey: key, method: 'AccountService.UpdateAccount', resource: specialist.name };
  assert.deepEqual(
    lines.map(({ name, createTime: time, ...rest }) => {
      assert.match(name, /^auditLines\/\d+$/);
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      return rest;
    }),
    [
      line,
      { ...line, account: specialist.name },
    ],
  );
});

test('lines for people say the same, with what the key is for, and no word of what was said', async () => {
  await rename('Geheimnis', { key: tool, account: specialist.name });
  const lines = await audit();
  const ends = `tool:write +AccountService.UpdateAccount +${specialist.name} +${specialist.name}$`;
  assert.match(lines.at(-1), new RegExp(`^\\d{4}-\\S+Z  apiKeys/\\S+  ${ends}`));
  assert.match(lines[0], /^TIME +KEY +LABEL +METHOD +RESOURCE +FOR$/);
  assert.equal(lines.length - 1, (await objects()).length);
  assert.ok(!lines.join().includes('Geheimnis'));
});

test('all pages are listed, the oldest first', async () => {
  for (let done = 0; done <= PAGE; done += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, i) => rename(`Marie ${done + i}`, { key: tool })));
  }
  const numbers = (await objects()).map(({ name }) => Number(name.split('/')[1]));
  assert.ok(numbers.length > PAGE, String(numbers.length));
  assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
  assert.equal(new Set(numbers).size, numbers.length);
});

test('kalends audit says what it is, and ends with 4 where the key may not', async () => {
  const help = await world.kalends('audit', '--help');
  assert.equal(help.code, 0);
  assert.match(help.stdout, /--json/);
  const refused = await world.kalends('audit', '--admin-key-file', await world.createKeyFile('tool:read'));
  assert.equal(refused.code, 4);
  assert.equal(refused.stdout, '');
  assert.match(refused.stderr, /\(SCOPE_MISSING\)/);
  const wrong = await world.kalends('audit', '--nonsense');
  assert.equal(wrong.code, 2);
});
