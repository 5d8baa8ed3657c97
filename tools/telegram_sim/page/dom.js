// Small pieces every other file of the page uses.

// element("button", {class: "x", onclick}, child, "text"): attributes, and handlers by their on-name.
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const ICONS = {
  send: '<path d="M4 12l16-8-5 16-4-6-7-2z"/>',
  attach: '<path d="M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L14.5 7"/>',
  keyboard: '<rect x="3" y="6" width="18" height="12" rx="2.5"/><path d="M7 10h.01M12 10h.01M17 10h.01M8 14.5h8"/>',
  copy: '<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2"/>',
  link: '<path d="M7 17L17 7M9 7h8v8"/>',
  app: '<rect x="4" y="4" width="16" height="16" rx="3"/><path d="M4 9h16"/>',
  more: '<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.4"/>',
  trash: '<path d="M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13"/>',
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.innerHTML = ICONS[name];
  return svg;
}

// On the clock of whoever looks at the page.
const TIME = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});
const DATE_AND_TIME = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'});
export const timeOfDay = (milliseconds) => TIME.format(milliseconds);
export const dateAndTime = (milliseconds) => DATE_AND_TIME.format(milliseconds);

// A button that opens a menu below it. `items()` gives its entries each time, as [label, action,
// data-testid].
export function menuButton(label, testId, items) {
  const box = element('span', {class: 'menu-box'});
  const close = () => {
    const list = box.querySelector('.menu-list');
    if (list?.contains(document.activeElement)) button.focus();
    list?.remove();
    button.setAttribute('aria-expanded', 'false');
  };
  const button = element('button', {type: 'button', class: 'icon', title: label, 'aria-label': label, 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'data-testid': testId,
    onclick: () => {
      if (box.querySelector('.menu-list')) return close();
      const list = element('div', {class: 'menu-list', role: 'menu', 'aria-label': label}, ...items().map(([text, action, itemTestId]) =>
        element('button', {type: 'button', role: 'menuitem', 'data-testid': itemTestId, onclick: () => { close(); action(); }}, text)));
      box.append(list);
      button.setAttribute('aria-expanded', 'true');
      list.firstChild.focus();
    }}, icon('more'));
  box.append(button);
  box.addEventListener('keydown', (event) => {
    const entries = [...box.querySelectorAll('.menu-list button')];
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (event.key === 'Escape' && entries.length > 0) close();
    if (!step || entries.length === 0) return;
    event.preventDefault();
    entries.at((entries.indexOf(document.activeElement) + step) % entries.length).focus();
  });
  box.addEventListener('focusout', (event) => { if (!box.contains(event.relatedTarget)) close(); });
  return box;
}

export const fileUrl = (id) => `/sim/file?id=${encodeURIComponent(id)}`;
export const qrUrl = (text) => `/sim/qr?text=${encodeURIComponent(text)}`;

// Asks the control side; throws its sentence when it refuses.
export async function get(path) {
  const response = await fetch(path);
  const body = await response.json();
  if (!body.ok) throw new Error(body.error);
  return body;
}

export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!answer.ok) throw new Error(answer.error);
  return answer;
}
