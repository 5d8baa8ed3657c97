// Plays people in the simulated Telegram, over its control side.
import { isDeepStrictEqual } from 'node:util';
import { until } from './programs.mjs';

const WAIT_MS = 60_000; // Sanitized builds on a busy machine are slow.

export const BOT_TOKEN = '1000000001:SIMULATOR-not-a-secret-token-000000000';

export class Simulator {
  constructor(port) {
    this.url = `http://127.0.0.1:${port}`;
  }

  async #ask(verb, path, fields) {
    const request = { method: verb, headers: { 'content-type': 'application/json' } };
    let url = `${this.url}/sim/${path}`;
    if (verb === 'POST') {
      request.body = JSON.stringify(fields);
    } else {
      url += `?${new URLSearchParams(fields)}`;
    }
    const response = await fetch(url, request);
    const text = await response.text();
    const answer = text.startsWith('{') ? JSON.parse(text) : text;
    if (!response.ok) throw new Error(`${verb} ${path} ${JSON.stringify(fields)}: ${answer.error ?? text}`);
    return answer;
  }
  post(path, fields = {}) {
    return this.#ask('POST', path, fields);
  }
  get(path, fields = {}) {
    return this.#ask('GET', path, fields);
  }

  // A new person; `user` as POST /sim/user takes it.
  async person(user) {
    return new Person(this, await this.post('user', user));
  }
  // Until every update is confirmed and every tap answered.
  settled() {
    return this.get('settled', { timeout_ms: WAIT_MS });
  }
  // What the bot has called: [{seq, method, params, code, response}].
  async outbox(since = 0, method = '') {
    return (await this.get('outbox', { since, method })).calls;
  }
}

export class Person {
  albums = 0;
  constructor(simulator, user) {
    this.simulator = simulator;
    this.id = user.id;
    this.name = user.first_name;
    this.identity = `telegram:${user.id}`;
    this.seen = 0; // The revision after this person's last action.
  }

  async #act(path, fields) {
    const answer = await this.simulator.post(path, { user: this.id, ...fields });
    this.seen = answer.revision;
    return answer;
  }
  start(payload = '') {
    return this.#act('start', { payload });
  }
  say(text) {
    return this.#act('message', { text });
  }
  // Telegram's own Reply to a message of the bot.
  reply(message, text) {
    return this.#act('message', { text, reply_to: message.message_id });
  }
  // Changes what `say` or `reply` has sent.
  edit(sent, text) {
    return this.#act('edit', { message_id: sent.message_id, text });
  }
  // Sends bytes as a file; `as`: photo, voice or sticker. `force`: as no app would, an empty one.
  // `to`: the message that it replies to. `album`: what it is sent together with has the same.
  sendFile(bytes, { name = '', type = '', caption = '', as, force, to, album } = {}) {
    const content_base64 = Buffer.from(bytes).toString('base64');
    const options = { ...(as && { [as]: true }), ...(force && { force }), ...(to && { reply_to: to.message_id }), ...(album && { media_group_id: album }) };
    return this.#act('document', { content_base64, file_name: name, mime_type: type, caption, ...options });
  }
  // Sends several files together. `files`: as for sendFile, each with its `bytes`.
  async sendAlbum(files, options = {}) {
    const album = `album-${this.id}-${++this.albums}`;
    const sent = [];
    for (const { bytes, ...file } of files) sent.push(await this.sendFile(bytes, { ...file, ...options, album }));
    return sent;
  }
  sendPlace() {
    return this.#act('place', {});
  }
  // Waits until the bot has marked what `say` or `sendFile` has sent: it has arrived.
  async arrived(sent, mark = '👌') {
    await until(`message ${sent.message_id} is marked ${mark}`, async () => {
      const { chat } = await this.simulator.get('chat', { user: this.id });
      const message = chat.messages.find(({ message_id: id }) => id === sent.message_id);
      return message.reactions.some(({ emoji }) => emoji === mark);
    });
  }
  // Taps the newest button with this label, inline or of the reply keyboard, once there is one.
  tap(label) {
    return until(`there is a button ${label}`, async () => {
      try {
        return await this.#act('tap', { label });
      } catch (error) {
        if (!error.message.includes('There is no button')) throw error;
        return null;
      }
    });
  }
  // Taps the key of the reply keyboard with this label, whatever it counts, once there is one.
  key(label) {
    return until(`there is a key ${label}`, async () => {
      const keys = (await this.keyboard()).flat();
      const found = keys.find((key) => key === label || key.replace(/ (🟡|💬)\d+$/u, '') === label);
      return found && this.say(found);
    });
  }
  // A provider opens the practice, and there what `part` is called. `key`: that of the practice.
  async practice(part, key = 'Praxis') {
    await this.key(key);
    await this.see(part);
    return this.tap(part);
  }
  // Presses what no honest app would show.
  forge(data, messageId) {
    return this.#act('tap', { force: true, data, ...(messageId && { message_id: messageId }) });
  }

  // The bot's newest message that shows `text`, in itself or on a button; by default it must have come
  // or changed since this person's last action.
  async see(text, { since = this.seen } = {}) {
    const fields = { user: this.id, contains: text, since, timeout_ms: WAIT_MS };
    return (await this.simulator.get('wait', fields)).message;
  }
  // The toast that a tap was answered with: {text, show_alert}.
  async toast(tap) {
    const fields = { user: this.id, callback: tap.callback_query_id, timeout_ms: WAIT_MS };
    return (await this.simulator.get('wait', fields)).answer;
  }
  async transcript() {
    return this.simulator.get('chat', { user: this.id, format: 'text' });
  }
  // The chat's messages that are still there, the bot's alone.
  async messages() {
    const { chat } = await this.simulator.get('chat', { user: this.id });
    return chat.messages.filter((message) => message.from === 'bot' && !message.deleted);
  }
  // How many of the bot's messages show `text`.
  async count(text) {
    return (await this.messages()).filter((message) => message.plain.includes(text)).length;
  }
  // The labels of the persistent keyboard, row by row.
  async keyboard() {
    const { chat } = await this.simulator.get('chat', { user: this.id });
    return labels(chat.reply_keyboard?.keyboard);
  }
  async seesKeyboard(rows) {
    await until(`the keyboard is ${JSON.stringify(rows)}`, async () => isDeepStrictEqual(await this.keyboard(), rows));
  }
}

// Whether a message does nothing but bring a provider's keyboard with other numbers, in German.
export function bringsCounts({ plain }) {
  return /^(🟡 \d+ offene|💬 \d+ ungelesene|✅ Alles beantwortet)/u.test(plain);
}

// The labels of a keyboard's rows.
export function labels(rows = []) {
  return rows.map((row) => row.map((button) => (typeof button === 'string' ? button : button.text)));
}

// Buttons that open a link: [{text, url}].
export function linksIn(message) {
  return (message.reply_markup?.inline_keyboard ?? []).flat().filter(({ url }) => url);
}

// What the button with this label sends.
export function dataOf(message, label) {
  const found = message.reply_markup.inline_keyboard.flat().find(({ text }) => text === label);
  return found.callback_data;
}

// All labels of a message's inline keyboard.
export function buttons(message) {
  return labels(message.reply_markup?.inline_keyboard).flat();
}
