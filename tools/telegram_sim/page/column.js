// One chat as a column: header, messages, composer, reply keyboard, toasts.
import {element, get, icon, menuButton, post} from '/dom.js';
import {messageRow} from '/message.js';

const LATE_MS = 10_000;   // A tap unanswered for so long turns red.
const TOAST_MS = 4_000;
const COLORS = ['#b0414a', '#9a5a16', '#6a52b8', '#3c7d28', '#1f7a80', '#2a6fa8', '#a83f74'];  // White can be read on them.

function gradient(id) {
  const color = COLORS[Math.abs(id) % COLORS.length];
  return `background-color: ${color}`;
}

function base64(buffer) {
  let text = '';
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

export class Column {
  // `app`: bot, openLink(url), putAside(id).
  constructor(chat, people, app) {
    this.id = chat.id;
    this.app = app;
    this.rows = new Map();      // message_id -> {revision, node}
    this.seenAnswers = null;    // Ids of answered taps that were shown.
    this.keyboardOpen = true;
    this.keyboardMessage = 0;
    this.atEnd = true;          // Whether the newest message is in view, which new ones keep so.
    this.build(chat, people);
    this.update(chat, people);
    this.messages.addEventListener('scroll', () => { this.atEnd = this.isAtEnd(); });
    new ResizeObserver(() => { if (this.atEnd) this.scrollToEnd(); }).observe(this.messages);
  }

  isAtEnd() {
    const box = this.messages;
    return box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  }

  scrollToEnd() {
    this.messages.scrollTop = this.messages.scrollHeight;
    this.atEnd = true;
  }

  build(chat, people) {
    const name = chat.title || people[0].first_name;
    this.doing = element('span');
    const header = element('header', {},
      element('span', {class: 'avatar', style: gradient(this.id), 'aria-hidden': 'true'}, [...name][0]),
      element('div', {class: 'who'}, element('h2', {}, name), this.doing),
      chat.title ? null : menuButton(`More of ${name}`, `more-${this.id}`, () => this.menu()));
    this.messages = element('div', {class: 'messages', role: 'log', 'aria-label': `Messages of ${name}`, tabindex: '0'});
    this.stage = element('div', {class: 'stage'}, this.messages);
    this.composer = element('form', {class: 'composer', onsubmit: (event) => this.submit(event)});
    this.keyboard = element('div', {class: 'keyboard', hidden: true});
    this.node = element('section', {class: 'chat', 'data-testid': `chat-${this.id}`, 'aria-label': name}, header, this.stage, this.composer, this.keyboard);
    this.input = element('input', {type: 'text', placeholder: 'Message', autocomplete: 'off', 'aria-label': `Message as ${name}`, 'data-testid': `composer-${this.id}`});
    this.sender = chat.title ? element('select', {'aria-label': 'Write as', class: 'chip'}, ...people.map((person) => element('option', {value: person.id}, person.first_name))) : null;
  }

  get person() { return this.sender ? Number(this.sender.value) : this.id; }

  async ask(path, body) {
    try {
      return await post(path, {user: this.person, chat: this.id, ...body});
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  send(text) { return this.ask('/sim/message', {text}); }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = '';
    this.send(text);
  }

  menu() {
    const blocked = this.people[0].blocked;
    return [
      [blocked ? 'Unblock the bot' : 'Block the bot', () => this.ask(blocked ? '/sim/unblock' : '/sim/block', {}), `block-${this.id}`],
      ['Delete the chat', () => this.ask('/sim/delete_chat', {}), `delete-${this.id}`],
      ['Put the column aside', () => this.app.putAside(this.id), `aside-${this.id}`],
    ];
  }

  async tap(button, message) {
    const row = message.reply_markup.inline_keyboard.findIndex((buttons) => buttons.includes(button));
    const col = message.reply_markup.inline_keyboard[row].indexOf(button);
    const answer = await this.ask('/sim/tap', {message_id: message.message_id, row, col});
    if (answer?.kind === 'url' && answer.payload) this.app.openLink(answer.url);
    else if (answer?.kind === 'url') window.open(answer.url, '_blank', 'noopener');
    else if (answer?.kind === 'copy_text') {
      await navigator.clipboard?.writeText(answer.text).catch(() => {});
      this.toast(`Copied: ${answer.text}`);
    } else if (answer?.kind === 'web_app') this.toast(`Mini App: ${answer.url}`);
    else if (answer?.kind === 'switch_inline') await this.offer(answer.query);
  }

  // An app would let a chat be chosen now; here the first of what the bot offers is sent into this one.
  async offer(query) {
    const asked = await this.ask('/sim/inline', {query});
    const {results = []} = await get(`/sim/inline_results?id=${asked?.inline_query_id}`);
    if (results.length === 0) this.toast('The bot offers nothing.');
    else await this.ask('/sim/choose', {inline_query_id: asked.inline_query_id, result_id: results[0].id});
  }

  async attach(file) {
    const photo = ['image/png', 'image/jpeg'].includes(file.type) && file.size < 10 << 20;
    await this.ask('/sim/document', {file_name: file.name, mime_type: file.type, content_base64: base64(await file.arrayBuffer()), photo});
  }

  // `chat` is null when only people have changed.
  update(chat, people) {
    this.people = people;
    const person = people[0];
    if (chat) {
      this.chat = chat;
      this.updateMessages(chat, person);
      this.updateAnswers(chat);
    }
    const busy = this.chat.action;
    this.doing.className = busy ? 'doing' : '';
    this.doing.textContent = busy ? `bot: ${busy.replaceAll('_', ' ')} …`
      : this.chat.title ? `${people.length} members` : `${person.username ? '@' + person.username + ' · ' : ''}${person.language_code || 'no language'} · ${person.id}`;
    this.updateComposer(person);
    this.updateKeyboard(person);
  }

  updateMessages(chat, person) {
    const box = this.messages;
    const atEnd = this.atEnd;
    const context = {
      bot: this.app.bot.username, isGroup: Boolean(chat.title), openLink: (url) => this.app.openLink(url),
      send: (text) => this.send(text), tap: (button, message) => this.tap(button, message),
    };
    const kept = new Set(chat.messages.map((message) => message.message_id));
    for (const [id, row] of this.rows) if (!kept.has(id)) { row.node.remove(); this.rows.delete(id); }
    let added = false;
    for (const message of chat.messages) {
      const old = this.rows.get(message.message_id);
      if (old?.revision === message.revision) continue;
      const node = messageRow(message, context);
      if (old) {
        old.node.replaceWith(node);
        node.firstChild.classList.add('flash');
      } else {
        box.append(node);
        added = true;
      }
      this.rows.set(message.message_id, {revision: message.revision, node});
    }
    this.about?.remove();
    this.about = chat.messages.length > 0 ? null : element('div', {class: 'about'}, this.app.description(person) || 'No messages here yet.');
    if (this.about) box.append(this.about);
    if (added || atEnd) this.scrollToEnd();
  }

  updateAnswers(chat) {
    const answered = chat.callbacks.filter((query) => query.answered);
    if (this.seenAnswers !== null) {
      for (const query of answered) if (!this.seenAnswers.has(query.id) && query.answer.text) this.showAnswer(query.answer);
    }
    this.seenAnswers = new Set(answered.map((query) => query.id));
    const open = chat.callbacks.filter((query) => !query.answered);
    for (const node of this.messages.querySelectorAll('.waiting')) node.classList.remove('waiting', 'late');
    for (const query of open) {
      const row = this.rows.get(query.message_id)?.node;
      for (const node of row?.querySelectorAll('[data-callback-data]') ?? []) {
        if (node.dataset.callbackData === query.data) this.markWaiting(node, query);
      }
    }
  }

  markWaiting(node, query) {
    const age = this.app.now() - query.time_ms;
    node.classList.add('waiting');
    node.classList.toggle('late', age > LATE_MS);
    if (age <= LATE_MS) setTimeout(() => { if (node.classList.contains('waiting')) node.classList.add('late'); }, LATE_MS - age);
  }

  showAnswer(answer) {
    if (!answer.show_alert) return this.toast(answer.text);
    const shade = element('div', {class: 'alert', role: 'alertdialog', 'data-testid': 'alert'});
    const close = element('button', {type: 'button', class: 'primary', onclick: () => shade.remove()}, 'OK');
    shade.append(element('div', {}, element('p', {}, answer.text), close));
    this.node.append(shade);
    close.focus();
  }

  toast(text) {
    this.stage.querySelector('.toast')?.remove();
    const node = element('div', {class: 'toast', role: 'status', 'data-testid': 'toast'}, text);
    this.stage.append(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }

  updateComposer(person) {
    const kind = this.chat.title || (person.started && !person.blocked) ? 'open' : person.blocked ? 'blocked' : 'new';
    const state = kind + (person.commands.length > 0) + Boolean(this.chat.reply_keyboard);
    if (state === this.composerState) return;
    this.composerState = state;
    if (kind !== 'open') {
      this.composer.replaceChildren(element('button', {type: 'button', class: 'start', 'data-testid': `start-${this.id}`, onclick: () => this.ask('/sim/start', {})}, kind === 'blocked' ? 'RESTART BOT' : 'START'));
      return;
    }
    const files = element('input', {type: 'file', hidden: true, onchange: (event) => { for (const file of event.target.files) this.attach(file); event.target.value = ''; }});
    this.toggle = element('button', {type: 'button', class: 'icon', title: 'Bot keyboard', 'aria-label': 'Show or hide the bot keyboard', 'data-testid': `keyboard-toggle-${this.id}`, onclick: () => { this.keyboardOpen = !this.keyboardOpen; this.updateKeyboard(); }}, icon('keyboard'));
    this.composer.replaceChildren(...[
      person.commands.length > 0 ? element('button', {type: 'button', class: 'menu', 'aria-haspopup': 'menu', 'data-testid': `menu-${this.id}`, onclick: () => this.toggleCommands()}, 'Menu') : null,
      this.sender, this.input, files,
      element('button', {type: 'button', class: 'icon', title: 'Send a file', 'aria-label': 'Send a file', onclick: () => files.click()}, icon('attach')),
      this.chat.reply_keyboard ? this.toggle : null,
      element('button', {class: 'icon send', title: 'Send', 'aria-label': 'Send', 'data-testid': `send-${this.id}`}, icon('send')),
    ].filter(Boolean));
  }

  toggleCommands() {
    const open = this.composer.querySelector('.commands');
    if (open) return open.remove();
    const list = element('div', {class: 'commands', role: 'menu',
        onkeydown: (event) => { if (event.key === 'Escape') list.remove(); },
        onfocusout: (event) => { if (event.relatedTarget && !list.contains(event.relatedTarget) && !event.relatedTarget.matches('.menu')) list.remove(); }},
      ...this.people[0].commands.map((command) => element('button', {type: 'button', role: 'menuitem', 'data-testid': 'command', onclick: () => { list.remove(); this.send(`/${command.command}`); }},
        `/${command.command}`, element('span', {}, command.description))));
    this.composer.append(list);
    list.firstChild.focus();
  }

  updateKeyboard() {
    const markup = this.chat.reply_keyboard;
    if (this.chat.keyboard_message !== this.keyboardMessage) {
      this.keyboardMessage = this.chat.keyboard_message;
      this.keyboardOpen = true;
      this.keyboard.replaceChildren(...(markup?.keyboard ?? []).map((buttons) => element('div', {},
        ...buttons.map((button) => {
          const label = button.text ?? button;
          return element('button', {type: 'button', 'data-testid': 'reply-button', class: button.style ? `style-${button.style}` : null, onclick: () => this.ask('/sim/tap', {label, message_id: this.keyboardMessage})}, label);
        }))));
      this.input.placeholder = markup?.input_field_placeholder || 'Message';
    }
    this.keyboard.hidden = !markup || !this.keyboardOpen || this.people[0].blocked;
    this.toggle?.classList.toggle('on', !this.keyboard.hidden);
  }
}
