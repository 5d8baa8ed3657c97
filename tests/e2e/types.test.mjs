// What the adapter sends to Telegram satisfies the types that others have written of the Bot API.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { joined, requestNotice, requestOne, worldWithMarie } from './customer_walk.mjs';
import { german as t } from './labels.mjs';
import { repository, run } from './programs.mjs';

const tsc = path.join(repository, 'tests/node_modules/.bin/tsc');
// Inside the tests' folder, or tsc would not find the types.
const folder = path.join(repository, 'tests/node_modules/.captured');

let world, marie, specialist;
before(async () => ({ world, marie, specialist } = await worldWithMarie('de')));
after(() => world.stop());

// Beside a file an object travels as JSON, which the simulator keeps as it came where the name is that
// of a text elsewhere.
const unpacked = ({ method, params }) =>
  method === 'setMyProfilePhoto' ? { ...params, photo: JSON.parse(params.photo) } : params;
// A file travels beside the parameters; in them it is named.
const named = (value) => (value?.file_name !== undefined ? 'attach://file' : value);
// What a parameter names by attach:// is a part of its own, and no parameter.
const withoutParts = (params) =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !JSON.stringify(params).includes(`"attach://${name}"`)));

// Type-checks calls: [{method, params}]. Returns what tsc complains about.
async function complaints(name, calls) {
  const lines = calls.map(
    (call, i) =>
      `export const r${i} = ${JSON.stringify(withoutParts(unpacked(call)), (_, value) => named(value))} satisfies O["${call.method}"];`,
  );
  const head = 'import type { Opts } from "@grammyjs/types/methods.js";\ntype O = Opts<string>;\n';
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.ts`);
  writeFileSync(file, `${head}${lines.join('\n')}\n`);
  const flags = '--noEmit --strict --skipLibCheck --module nodenext --moduleResolution nodenext --target es2022 --pretty false';
  const { stdout, stderr } = await run(tsc, [...flags.split(' '), file], { cwd: folder });
  return (stdout + stderr).split('\n').filter((line) => line.includes('error'));
}

test('wrong calls are complained about: the check is able to fail', async () => {
  const wrong = [
    { method: 'sendMessage', params: { chat_id: 11, txt: 'typo' } },
    { method: 'sendMessage', params: { chat_id: 11, text: 'Hi', parse_mode: 'Markdwn' } },
    { method: 'sendMessag', params: { chat_id: 11, text: 'Hi' } },
    {
      method: 'sendMessage',
      params: { chat_id: 11, text: 'Hi', reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a', style: 'pink' }]] } },
    },
  ];
  assert.equal((await complaints('wrong', wrong)).length, wrong.length);
  assert.deepEqual(await complaints('right', [{ method: 'sendMessage', params: { chat_id: 11, text: 'Hi', parse_mode: 'HTML' } }]), []);
});

test('every call of a whole booking satisfies @grammyjs/types', async () => {
  const anna = await joined(world, specialist, t, { first_name: 'Anna' });
  await requestOne(world, specialist, anna, t);
  await anna.tap(t.meetingInfo);
  await anna.tap(t.calendarFile);
  await anna.see('.ics');
  await requestNotice(marie, anna, t);
  await marie.tap(t.accept);
  await anna.see(t.status.accepted);
  for (const label of t.menu.flat()) await anna.tap(label);
  await marie.practice(t.invitations);
  await world.simulator.settled();
  const calls = await world.simulator.outbox();
  const methods = new Set(calls.map(({ method }) => method));
  for (const method of ['getMe', 'setMyCommands', 'sendMessage', 'editMessageText', 'answerCallbackQuery', 'sendDocument']) {
    assert.ok(methods.has(method), `${method} was not called, only ${[...methods]}`);
  }
  assert.deepEqual(await complaints('captured', calls), []);
  assert.deepEqual(
    calls.filter(({ code }) => code !== 200).map(({ method, response }) => `${method}: ${JSON.stringify(response)}`),
    [],
    'Telegram would have refused these',
  );
});
