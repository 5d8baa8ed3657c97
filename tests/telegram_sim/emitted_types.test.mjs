// What the simulator tells a bot has the types that @grammyjs/types gives to the Bot API: every update
// and result of a small scenario is checked by tsc. KALENDS_SIM_BIN is the path of kalends-telegram-sim.
import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {test} from 'node:test';
import {promisify} from 'node:util';

const MODULES = new URL('../node_modules/', import.meta.url).pathname;
const TOKEN = '4242:type-check-token';

// Plays the scenario and returns [type, value] pairs.
async function collect(base) {
  const ask = async (path, body) => (await fetch(base + path, {
    method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body),
  })).json();
  const call = async (method, body = {}) => (await ask(`/bot${TOKEN}/${method}`, body)).result;
  const {id: user} = await ask('/sim/user', {first_name: 'Anna', last_name: 'A', username: 'anna_a', language_code: 'de'});
  const {id: bare} = await ask('/sim/user', {first_name: '<&>'});
  await ask('/sim/start', {user, payload: 'p'});
  await ask('/sim/start', {user: bare});
  const {id: group} = await ask('/sim/group', {title: 'Support', members: [user]});
  const html = '<b>a</b> <a href="https://a.b">l</a> <tg-time unix="1795457977" format="wDt">t</tg-time> <pre><code class="language-c">x</code></pre>';
  const inline_keyboard = [[{text: 'A', callback_data: 'a', style: 'danger'}, {text: 'U', url: 'https://a.b'}, {text: 'C', copy_text: {text: 'x'}}, {text: 'D', disabled: {}}]];
  const sent = await call('sendMessage', {chat_id: user, text: html, parse_mode: 'HTML', reply_markup: {inline_keyboard}});
  await ask('/sim/tap', {user, label: 'A'});
  await ask('/sim/tap', {user, force: true, data: 'x', message_id: 1});
  const edited = await call('editMessageText', {chat_id: user, message_id: sent.message_id, text: 'b'});
  await ask('/sim/document', {user, file_name: 'a.txt', mime_type: 'text/plain', content_base64: 'YQ==', caption: 'c'});
  await ask('/sim/message', {user, chat: group, text: '/help'});
  const {message_id: typed} = await ask('/sim/message', {user, text: 'a'});
  await ask('/sim/edit', {user, message_id: typed, text: 'b'});
  const {inline_query_id} = await ask('/sim/inline', {user, query: 'a'});
  const results = [{type: 'article', id: '1', title: 'T', input_message_content: {message_text: 'm'}, reply_markup: {inline_keyboard: [[{text: 'U', url: 'https://a.b'}]]}}];
  assert.equal(await call('answerInlineQuery', {inline_query_id, results}), true);
  await ask('/sim/choose', {user, inline_query_id, result_id: '1', chat: group});
  await ask('/sim/block', {user});
  const updates = await call('getUpdates');
  assert.equal(updates.length, 12);
  const file_id = updates.find((update) => update.message?.document).message.document.file_id;
  await call('setMyCommands', {commands: [{command: 'a', description: 'b'}]});
  return [
    ...updates.map((update) => ['Update', update]),
    ['Message.TextMessage', sent],
    ['Message.TextMessage', edited],
    ['UserFromGetMe', await call('getMe')],
    ['WebhookInfo', await call('getWebhookInfo')],
    ['File', await call('getFile', {file_id})],
    ['BotCommand[]', await call('getMyCommands')],
    ['ChatFullInfo', await call('getChat', {chat_id: user})],
  ];
}

// The complaints of tsc about the pairs; "" if there are none.
async function check(pairs) {
  const cache = join(MODULES, '.cache');
  mkdirSync(cache, {recursive: true});
  const folder = mkdtempSync(join(cache, 'emitted-'));
  try {
    const names = 'Update, Message, UserFromGetMe, WebhookInfo, File, BotCommand, ChatFullInfo';
    const lines = pairs.map(([type, value], i) => `export const v${i} = ${JSON.stringify(value)} satisfies ${type};`);
    writeFileSync(join(folder, 'captured.ts'), `import type {${names}} from "@grammyjs/types";\n${lines.join('\n')}\n`);
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--target', 'es2022', '--pretty', 'false', '--types', ''];
    const run = promisify(execFile)(process.execPath, [join(MODULES, 'typescript/bin/tsc'), ...flags, join(folder, 'captured.ts')]);
    return await run.then(() => '', (error) => error.stdout);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test('updates and results have the types of the Bot API', async () => {
  const simulator = spawn(process.env.KALENDS_SIM_BIN, ['--listen=127.0.0.1:0', `--token=${TOKEN}`, '--limits=off'],
    {stdio: ['ignore', 'pipe', 'inherit']});
  try {
    const [line] = await once(createInterface({input: simulator.stdout}), 'line');
    assert.equal(await check(await collect(/http:\S+/.exec(line)[0])), '');
  } finally {
    simulator.kill();
  }
});

test('a wrong update would be noticed', async () => {
  assert.match(await check([['Update', {update_id: 'one'}]]), /TS2322/);
});
