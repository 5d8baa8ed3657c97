// A message as its bubble: text with entities, files, buttons, invitation links.
import {element, fileUrl, icon, qrUrl, timeOfDay} from '/dom.js';

const TAGS = {
  bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre',
  blockquote: 'blockquote', expandable_blockquote: 'blockquote',
};

// The payload of a link that starts this bot, or "".
export function payloadOf(url, bot) {
  const match = /^https:\/\/t\.me\/(\w+)\?start=([\w-]{1,64})$/i.exec(url);
  return match && match[1].toLowerCase() === bot.toLowerCase() ? match[2] : '';
}

function link(url, context) {
  if (!payloadOf(url, context.bot)) {
    return element('a', {href: url, target: '_blank', rel: 'noopener noreferrer'});
  }
  return element('a', {
    href: url,
    'data-testid': 'deep-link',
    onclick: (event) => { event.preventDefault(); context.openLink(url); },
  });
}

function wrapper(entity, text, context) {
  if (entity.type === 'text_link') return link(entity.url, context);
  if (entity.type === 'url') return link(text, context);
  if (entity.type === 'bot_command') {
    return element('a', {
      href: '#', onclick: (event) => { event.preventDefault(); context.send(text); },
    });
  }
  if (entity.type === 'spoiler') {
    return element('span', {class: 'spoiler', onclick: (event) => event.target.classList.add('shown')});
  }
  if (entity.type === 'date_time') {
    const date = new Date(entity.unix_time * 1000);
    return element('time', {class: 'date', datetime: date.toISOString(), title: date.toLocaleString()});
  }
  return element(TAGS[entity.type] || 'span');
}

// Entities nest; offsets count UTF-16 units, as strings do here.
export function richText(text, entities, context, begin = 0, end = text.length) {
  const fragment = document.createDocumentFragment();
  let position = begin;
  for (let i = 0; i < entities.length; ++i) {
    const entity = entities[i];
    if (entity.offset < position) continue;
    const stop = Math.min(entity.offset + entity.length, end);
    fragment.append(text.slice(position, entity.offset));
    const inner = entities.slice(i + 1).filter((other) => other.offset + other.length <= stop);
    const node = wrapper(entity, text.slice(entity.offset, stop), context);
    node.append(richText(text, inner, context, entity.offset, stop));
    fragment.append(node);
    position = stop;
  }
  fragment.append(text.slice(position, end));
  return fragment;
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;
}

function documentRow(document) {
  return element('a', {class: 'document', href: fileUrl(document.file_id), download: document.file_name, 'data-testid': 'document'},
    element('span', {class: 'disc', 'aria-hidden': 'true'}, '↓'),
    element('span', {}, document.file_name, element('small', {}, size(document.file_size))));
}

function bubble(message, context) {
  const node = element('div', {class: 'bubble', 'data-testid': 'bubble', 'data-message-id': message.message_id});
  if (context.isGroup && message.from === 'user') node.append(element('span', {class: 'sender'}, message.from_name));
  if (message.reply_to_message) {
    node.append(element('span', {class: 'quoted'}, message.reply_to_message.text || message.reply_to_message.caption || '…'));
  }
  if (message.photo) node.append(element('img', {class: 'photo', src: fileUrl(message.photo.at(-1).file_id), alt: 'Photo', loading: 'lazy'}));
  if (message.document) node.append(documentRow(message.document));
  if (message.voice) node.append(element('audio', {class: 'voice', src: fileUrl(message.voice.file_id), controls: ''}));
  if (message.sticker) node.append(element('span', {class: 'sticker'}, 'Sticker'));
  node.append(richText(message.text || message.caption || '', message.entities || message.caption_entities || [], context));
  const marks = (message.has_protected_content ? '🔒 ' : '') + (message.edits > 0 ? 'edited ' : '')
    + (message.reactions ?? []).map(({ emoji }) => `${emoji} `).join('');
  node.append(element('span', {class: 'meta'}, marks + timeOfDay(message.time_ms)));
  return node;
}

// The name of the small icon of a button that is no plain tap, or "".
function kindOf(button) {
  if (button.url) return 'link';
  if ('switch_inline_query' in button) return 'link';
  if (button.copy_text) return 'copy';
  return button.web_app ? 'app' : '';
}

function inlineButton(button, message, context) {
  const inert = 'disabled' in button;
  const node = element('button', {
    type: 'button', 'data-testid': 'inline-button', 'data-callback-data': button.callback_data,
    disabled: inert, title: button.text, class: button.style ? `style-${button.style}` : null,
    onclick: () => context.tap(button, message),
  }, button.text);
  if (kindOf(button)) node.append(element('span', {class: 'kind'}, icon(kindOf(button))));
  return node;
}

// The box below a message with an invitation: QR code and "open as".
function inviteBox(deepLink, context) {
  return element('div', {class: 'invite'},
    element('img', {src: qrUrl(deepLink.url), alt: 'QR code of the invitation', loading: 'lazy'}),
    element('button', {type: 'button', class: 'primary', 'data-testid': 'deep-link-open', onclick: () => context.openLink(deepLink.url)}, 'Open as …'));
}

// `context`: bot, isGroup, openLink(url), send(text), tap(button, message).
export function messageRow(message, context) {
  const mine = message.from === 'user';
  const row = element('div', {class: `row${mine ? ' mine' : ''}${message.deleted ? ' deleted' : ''}`}, bubble(message, context));
  const rows = message.deleted ? [] : message.reply_markup?.inline_keyboard ?? [];
  if (rows.length > 0) {
    row.append(element('div', {class: 'inline'}, ...rows.map((buttons) =>
      element('div', {}, ...buttons.map((button) => inlineButton(button, message, context))))));
  }
  if (!mine && !message.deleted) {
    const urls = new Map(message.deep_links.map((deepLink) => [deepLink.url, deepLink]));
    row.append(...[...urls.values()].map((deepLink) => inviteBox(deepLink, context)));
  }
  return row;
}
