// The page: keeps the columns, the hint and the log in step with /sim/state.
import {element, get, post, qrUrl} from '/dom.js';
import {Column} from '/column.js';
import {payloadOf} from '/message.js';

const NAMES = {
  de: ['Anna', 'Jonas', 'Greta'], en: ['Alice', 'James', 'Ruth'], fr: ['Marie', 'Hugo', 'Chloé'],
  ru: ['Ольга', 'Иван', 'Вера'], uk: ['Олег', 'Соломія', 'Тарас'], es: ['Lucía', 'Diego', 'Pilar'],
};
const LANGUAGE_ORDER = ['de', 'fr', 'uk', 'en', 'ru', 'es'];

const byId = (id) => document.getElementById(id);
const columns = new Map();  // chat id -> Column
let state = {people: [], bot: {username: ''}, revision: -1};
let logSeq = 0;
let clockSkew = 0;          // Simulated minus local, ms.

const app = {
  get bot() { return state.bot; },
  now: () => Date.now() + clockSkew,
  openLink: (url) => openLink(url),
  description(person) {
    const texts = state.bot.descriptions || {};
    return texts[(person.language_code || '').slice(0, 2)] || texts[''] || '';
  },
};

function membersOf(chatIds) {
  return chatIds.map((id) => state.people.find((person) => person.id === id)).filter(Boolean);
}

function applyChats(chats) {
  for (const chat of chats) {
    const people = membersOf(chat.people);
    if (people.length === 0) continue;
    const column = columns.get(chat.id);
    if (column) {
      column.update(chat, people);
    } else {
      const added = new Column(chat, people, app);
      columns.set(chat.id, added);
      byId('columns').append(added.node);
      added.scrollToEnd();
    }
  }
  const changed = new Set(chats.map((chat) => chat.id));
  for (const [id, column] of columns) {
    const people = membersOf(column.chat.people);
    if (people.length === 0) {
      column.node.remove();
      columns.delete(id);
    } else if (!changed.has(id)) {
      column.update(null, people);
    }
  }
  byId('welcome').hidden = columns.size > 0;
}

function applyLog(entries) {
  const list = byId('log-list');
  for (const entry of entries) {
    logSeq = Math.max(logSeq, entry.seq);
    const rejected = entry.code !== 200;
    const why = rejected ? entry.response?.description ?? 'connection closed' : '';
    const detail = element('pre', {});
    const node = element('details', {ontoggle: () => { detail.textContent = JSON.stringify(entry.params, null, 1) + '\n→ ' + JSON.stringify(entry.response, null, 1); }},
      element('summary', {}, element('time', {}, new Date(entry.time_ms).toISOString().slice(11, 19)), element('b', {title: why}, entry.method + (why ? ' – ' + why : '')), element('span', {}, String(entry.code || '✕'))), detail);
    list.prepend(element('li', {class: rejected ? 'rejected' : null, 'data-testid': 'log-entry'}, node));
  }
  while (list.children.length > 200) list.lastChild.remove();
}

function applyHint(hint) {
  const key = JSON.stringify(hint);
  if (key === applyHint.shown) return;
  applyHint.shown = key;
  const box = byId('hint');
  box.hidden = !hint;
  if (!hint) return;
  const links = [...(hint.deep_link ? [{label: '', deep_link: hint.deep_link}] : []), ...(hint.links || [])];
  box.replaceChildren(element('strong', {}, 'Start here'), element('span', {}, hint.text),
    element('span', {class: 'links'}, ...links.flatMap((link) => [
      element('button', {type: 'button', class: 'primary', 'data-testid': 'hint-open', onclick: () => addPerson(link.deep_link)}, link.label || 'Open as a new person'),
      element('button', {type: 'button', class: 'chip', 'data-testid': 'hint-link', onclick: () => openLink(link.deep_link)}, 'Open as …'),
    ])));
}

function applyStatus() {
  const taps = state.open_callbacks.length;
  const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const parts = [`${count(state.pending_updates, 'update')} waiting`];
  if (taps > 0) parts.push(`${count(taps, 'tap')} unanswered`);
  if (state.limits === 'off') parts.push('limits off');
  if (state.webhook) parts.push('webhook');
  byId('status').textContent = parts.join(' · ');
  byId('bot-name').textContent = `${state.bot.first_name} · @${state.bot.username}`;
  clockSkew = state.now_ms - Date.now();
}

// One request at a time: events that come meanwhile make one more.
let running = false;
let again = false;
async function refresh() {
  if (running) { again = true; return; }
  running = true;
  do {
    again = false;
    const next = await get(`/sim/state?since=${state.revision}&log_since=${logSeq}`).catch(() => null);
    if (!next) break;
    if (next.revision < state.revision) { location.reload(); return; }  // The simulator was restarted.
    state = next;
    applyStatus();
    applyHint(state.hint);
    applyChats(state.chats);
    applyLog(state.log);
  } while (again);
  running = false;
}

// Asks for a new person; with a deep link, opens it as them.
function addPerson(deepLink = '') {
  const dialog = byId('person-dialog');
  const language = byId('person-language');
  const name = byId('person-name');
  const suggest = () => {
    const taken = new Set(state.people.map((person) => person.first_name));
    const names = NAMES[language.value] ?? NAMES.en;
    name.value = names.find((candidate) => !taken.has(candidate)) ?? `${names[0]} ${state.people.length + 1}`;
  };
  language.value = LANGUAGE_ORDER[state.people.length % LANGUAGE_ORDER.length];
  language.onchange = suggest;
  suggest();
  byId('person-link').hidden = !deepLink;
  byId('person-link').textContent = `Opens ${deepLink}`;
  dialog.onclose = async () => {
    if (dialog.returnValue !== 'create') return;
    const person = await post('/sim/user', {first_name: name.value.trim(), language_code: language.value});
    if (deepLink) await post('/sim/start', {user: person.id, payload: payloadOf(deepLink, state.bot.username)});
    await refresh();
    const column = columns.get(person.id);
    column?.node.scrollIntoView({inline: 'nearest', behavior: 'smooth'});
    (column?.node.querySelector('.composer .start') ?? column?.input)?.focus();
  };
  dialog.returnValue = '';
  dialog.showModal();
  name.select();
}

function openLink(url) {
  const dialog = byId('link-dialog');
  const payload = payloadOf(url, state.bot.username);
  byId('link-qr').src = qrUrl(url);
  byId('link-url').textContent = url;
  const choose = (label, action) => element('button', {type: 'button', class: 'chip', 'data-testid': 'open-as', onclick: () => { dialog.close(); action(); }}, label);
  byId('link-people').replaceChildren(
    ...state.people.map((person) => choose(person.first_name, () => post('/sim/start', {user: person.id, payload}))),
    element('button', {type: 'button', class: 'primary', 'data-testid': 'open-as-new', onclick: () => { dialog.close(); addPerson(url); }}, 'a new person'));
  dialog.showModal();
}

function tick() {
  byId('clock').textContent = new Date(app.now()).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
}

byId('add-person').onclick = () => addPerson();
byId('add-first').onclick = () => addPerson();
byId('person-cancel').onclick = () => byId('person-dialog').close();
byId('log-rejected').onchange = (event) => byId('log').classList.toggle('only-rejected', event.target.checked);
byId('log-toggle').onclick = () => {
  const log = byId('log');
  log.hidden = !log.hidden;
  byId('log-toggle').setAttribute('aria-expanded', String(!log.hidden));
};
for (const button of document.querySelectorAll('[data-advance]')) {
  button.onclick = () => post('/sim/clock', {advance_s: Number(button.dataset.advance)});
}
setInterval(tick, 1000);
await refresh();
tick();
// An invitation opened elsewhere, as on a profile page.
const invitation = new URLSearchParams(location.search).get('start');
if (invitation) {
  history.replaceState(null, '', '/');
  addPerson(`https://t.me/${state.bot.username}?start=${invitation}`);
}
const events = new EventSource('/sim/events');
events.onmessage = refresh;
events.onerror = () => { byId('status').textContent = 'The simulator is not running.'; };
