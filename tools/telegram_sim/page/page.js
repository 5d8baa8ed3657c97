// The page: keeps the columns, the hint and the log in step with /sim/state.
import {dateAndTime, element, get, menuButton, post, qrUrl} from '/dom.js';
import {Column} from '/column.js';
import {payloadOf} from '/message.js';

const NAMES = {
  de: ['Anna', 'Jonas', 'Greta'], en: ['Alice', 'James', 'Ruth'], fr: ['Marie', 'Hugo', 'Chloé'],
  ru: ['Ольга', 'Иван', 'Вера'], uk: ['Олег', 'Соломія', 'Тарас'], es: ['Lucía', 'Diego', 'Pilar'],
};

const byId = (id) => document.getElementById(id);
const columns = new Map();  // chat id -> Column
const aside = new Map();    // Chats without a column to see: chat id -> the revision that was seen.
const met = new Set();      // Ids of people who have been here at all.
let state = {people: [], bot: {username: ''}, revision: -1};
let logSeq = 0;
let clockSkew = 0;          // Simulated minus local, ms.

const app = {
  get bot() { return state.bot; },
  now: () => Date.now() + clockSkew,
  openLink: (url) => openLink(url),
  putAside(id) {
    aside.set(id, state.revision);
    applyAside();
  },
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
      if (!chat.title && people[0].aside && !met.has(chat.id)) aside.set(chat.id, state.revision);
      met.add(chat.id);
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
  applyAside();
}

function applyAside() {
  for (const id of aside.keys()) if (!columns.has(id)) aside.delete(id);
  for (const [id, column] of columns) column.node.hidden = aside.has(id);
  byId('aside').replaceChildren(...[...aside].map(([id, seen]) => {
    const {chat, people} = columns.get(id);
    const news = chat.revision > seen;
    return element('button', {type: 'button', class: `chip${news ? ' news' : ''}`, title: news ? 'Has got something new' : 'Show the column', 'data-testid': `open-${id}`, onclick: () => show(id)}, people[0].first_name);
  }));
}

function show(id) {
  aside.delete(id);
  applyAside();
  const column = columns.get(id);
  column.scrollToEnd();
  column.node.scrollIntoView({inline: 'nearest', behavior: 'smooth'});
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
  box.replaceChildren(
    element('h2', {id: 'hint-title'}, 'Start here'),
    element('div', {class: 'guide'},
      hint.text ? element('p', {}, hint.text) : null,
      hint.steps?.length > 0 ? element('ol', {}, ...hint.steps.map((step) => element('li', {}, step))) : null),
    element('div', {class: 'links'}, ...links.flatMap((link, i) => [
      element('button', {type: 'button', class: i === 0 ? 'primary' : 'chip', 'data-testid': 'hint-open', onclick: () => addPerson(link.deep_link)}, link.label || 'Open as a new person'),
      element('button', {type: 'button', class: 'chip as', 'data-testid': 'hint-link', 'aria-label': `Open as … (${link.label || 'the link'})`, onclick: () => openLink(link.deep_link)}, 'Open as …'),
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
  tick();
  for (const button of document.querySelectorAll('[data-advance]')) {
    button.title = state.clock_shared ? 'Moves the clock of everybody: simulator, bot and core' : 'Moves the clock of the simulator alone';
  }
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

// What the browser asks for first of the options of `select`; English, where none is there.
function browserLanguage(select) {
  const known = [...select.options].map(({value}) => value).filter(Boolean);
  for (const wanted of navigator.languages.map((tag) => tag.toLowerCase())) {
    const found = known.find((code) => code === wanted) ?? known.find((code) => code === wanted.split('-')[0]);
    if (found) return found;
  }
  return 'en';
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
  language.value = browserLanguage(language);
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
  byId('clock').textContent = dateAndTime(app.now());
}

byId('add-person').onclick = () => addPerson();
byId('add-first').onclick = () => addPerson();
byId('person-cancel').onclick = () => byId('person-dialog').close();
byId('log-rejected').onchange = (event) => byId('log').classList.toggle('only-rejected', event.target.checked);
const showLog = (shown) => {
  byId('log').hidden = !shown;
  if (shown) byId('log').focus();
};
byId('log-close').onclick = () => showLog(false);
byId('more').replaceWith(menuButton('More of the simulator', 'more', () => [
  ...(state.hint ? [[byId('hint').hidden ? 'Show the guide' : 'Hide the guide', () => { byId('hint').hidden = !byId('hint').hidden; }, 'hint-toggle']] : []),
  [byId('log').hidden ? 'Show the requests of the bot' : 'Hide the requests of the bot', () => showLog(byId('log').hidden), 'log-toggle'],
]));
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
