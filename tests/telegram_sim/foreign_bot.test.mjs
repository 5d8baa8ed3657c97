// A bot written with grammY, which knows nothing of the simulator but its base URL, runs on it: the
// simulator speaks the real protocol. KALENDS_SIM_BIN is the path of kalends-telegram-sim.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {after, before, test} from 'node:test';
import {Bot, GrammyError, InlineKeyboard, InputFile, Keyboard} from 'grammy';

const TOKEN = '4242:foreign-bot-token';
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let simulator;
let base;
let bot;
let polling;

async function call(verb, path, body) {
  const response = await fetch(base + path, {
    method: verb,
    headers: body && {'content-type': 'application/json'},
    body: body && JSON.stringify(body),
  });
  return response.json();
}
const post = (path, body) => call('POST', path, body);
const get = (path) => call('GET', path);

function addHandlers() {
  bot.command('start', (context) =>
    context.reply(`<b>Hello</b> ${context.from.first_name} (${context.match || 'nobody'})`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Count', 'count:0').row().url('Site', 'https://example.org/'),
    }));
  bot.callbackQuery(/^count:(\d+)$/, async (context) => {
    const count = Number(context.match[1]) + 1;
    await context.answerCallbackQuery({text: `now ${count}`});
    await context.editMessageText(`Count is ${count}`, {
      reply_markup: new InlineKeyboard().text('Count', `count:${count}`),
    });
  });
  bot.command('menu', (context) =>
    context.reply('Choose', {reply_markup: new Keyboard().text('First').text('Second').resized().persistent()}));
  bot.command('files', async (context) => {
    await context.replyWithDocument(new InputFile(Buffer.from('BEGIN:VCALENDAR'), 'a.ics'), {caption: 'calendar'});
    await context.replyWithPhoto(new InputFile(PIXEL, 'p.png'));
  });
  bot.on('message:document', async (context) => {
    const file = await context.getFile();
    const bytes = await (await fetch(`${base}/file/bot${TOKEN}/${file.file_path}`)).text();
    await context.reply(`got ${context.message.document.file_name}: ${bytes}`);
  });
  bot.on('message:text', (context) => context.reply(`echo ${context.message.text}`));
}

before(async () => {
  simulator = spawn(process.env.KALENDS_SIM_BIN, ['--listen=127.0.0.1:0', `--token=${TOKEN}`, '--limits=off'],
    {stdio: ['ignore', 'pipe', 'inherit']});
  const [line] = await once(createInterface({input: simulator.stdout}), 'line');
  base = /http:\S+/.exec(line)[0];
  bot = new Bot(TOKEN, {client: {apiRoot: base}});
  addHandlers();
  polling = bot.start();
});

after(async () => {
  await bot.stop();
  await polling;
  const closed = once(simulator, 'exit');
  simulator.kill('SIGTERM');
  assert.equal((await closed)[0], 0, 'SIGTERM ends the simulator cleanly');
});

async function person(first_name) {
  return (await post('/sim/user', {first_name, language_code: 'de'})).id;
}

async function see(user, contains) {
  const seen = await get(`/sim/wait?user=${user}&contains=${encodeURIComponent(contains)}&timeout_ms=15000`);
  assert.ok(seen.ok, seen.error);
  return seen.message;
}

test('a deep link arrives, HTML is parsed, and a button counts', async () => {
  const user = await person('Anna');
  await post('/sim/start', {user, payload: 'inv_1'});
  const greeting = await see(user, 'Hello Anna (inv_1)');
  assert.deepEqual(greeting.entities, [{type: 'bold', offset: 0, length: 5}]);
  const tapped = await post('/sim/tap', {user, label: 'Count'});
  const answer = await get(`/sim/wait?user=${user}&callback=${tapped.callback_query_id}`);
  assert.equal(answer.answer.text, 'now 1');
  assert.equal((await see(user, 'Count is 1')).message_id, greeting.message_id);
  await post('/sim/tap', {user, label: 'Count'});
  await see(user, 'Count is 2');
  assert.ok((await get('/sim/settled')).ok);
});

test('a reply keyboard sends its label', async () => {
  const user = await person('Oleh');
  await post('/sim/message', {user, text: '/menu'});
  await see(user, 'Second');
  await post('/sim/tap', {user, label: 'Second'});
  await see(user, 'echo Second');
});

test('files go both ways', async () => {
  const user = await person('Marie');
  await post('/sim/message', {user, text: '/files'});
  await see(user, 'a.ics');
  const content_base64 = Buffer.from('contract').toString('base64');
  await post('/sim/document', {user, file_name: 'c.txt', mime_type: 'text/plain', content_base64});
  await see(user, 'got c.txt: contract');
  const {chat} = await get(`/sim/chat/${user}?format=json`);
  assert.ok(chat.messages.some((message) => message.photo?.[0].width === 1));
});

test('profile and commands are kept by language', async () => {
  await bot.api.setMyCommands([{command: 'start', description: 'Los'}], {language_code: 'de', scope: {type: 'all_private_chats'}});
  assert.deepEqual(await bot.api.getMyCommands({language_code: 'de', scope: {type: 'all_private_chats'}}), [{command: 'start', description: 'Los'}]);
  await bot.api.setMyDescription('What it is');
  await bot.api.setMyShortDescription('Short');
  await bot.api.setMyName('Kalends');
  await bot.api.setChatMenuButton({menu_button: {type: 'commands'}});
  assert.equal((await bot.api.getMyDescription()).description, 'What it is');
});

test('refusals reach the bot as errors of the Bot API', async () => {
  const user = await person('Iris');
  const refused = async (promise) => {
    const error = await promise.then(() => null, (reason) => reason);
    assert.ok(error instanceof GrammyError, `refused, but got ${error}`);
    return `${error.error_code} ${error.description}`;
  };
  assert.equal(await refused(bot.api.sendMessage(user, 'too early')), "403 Forbidden: bot can't initiate conversation with a user");
  await post('/sim/start', {user});
  await see(user, 'Hello');
  assert.equal(await refused(bot.api.sendMessage(user, '<b>', {parse_mode: 'HTML'})), "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"");
  assert.equal(await refused(bot.api.sendMessage(user, 'x', {reply_markup: new InlineKeyboard().text('a', 'x'.repeat(65))})), '400 Bad Request: BUTTON_DATA_INVALID');
  await post('/sim/fault', {method: 'sendMessage', code: 429, retry_after: 3});
  const limited = await bot.api.sendMessage(user, 'x').catch((error) => error);
  assert.equal(limited.parameters.retry_after, 3);
  await post('/sim/block', {user});
  assert.equal(await refused(bot.api.sendMessage(user, 'x')), '403 Forbidden: bot was blocked by the user');
});
