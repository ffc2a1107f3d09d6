/** From markdown's tree to elements. */

import { h } from './dom.js';
import { parse } from './markdown.js';
import { store } from './state.js';
import { stamp } from './time.js';

const SPANS = { bold: 'strong', italic: 'em', underline: 'u', strike: 's' };

/**
 * A message's text as elements.
 *
 * @param {string} text
 * @param {object} [message] where it stands: its mentioned people are known by name
 * @param {{inline?: boolean}} [options]
 */
export function markdown(text, message, options) {
  const nodes = parse(text, options);
  const element = h(options?.inline ? 'span' : 'div', { class: ['markdown', onlyEmoji(text) && 'jumbo'] });
  element.append(...nodes.map((node) => draw(node, message)));
  return element;
}

function onlyEmoji(text) {
  return text.length < 60 && /^(?:\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f\u200d]*\s*)+$/u.test(text);
}

function draw(node, message) {
  const inside = () => node.nodes.map((child) => draw(child, message));
  switch (node.t) {
    case 'text': return document.createTextNode(node.text);
    case 'break': return h('br');
    case 'code': return h('code', {}, node.text);
    case 'block': return h('pre', {}, h('code', {}, node.text));
    case 'quote': return h('blockquote', {}, inside());
    case 'heading': return h(`h${node.level + 2}`, { class: `heading-${node.level}` }, inside());
    case 'subtext': return h('small', { class: 'subtext' }, inside());
    case 'list': return h(node.ordered ? 'ol' : 'ul', { start: node.ordered ? node.start : null },
      node.items.map((item) => h('li', {}, item.map((child) => draw(child, message)))));
    case 'link': return link(node.url, inside());
    case 'spoiler': return spoiler(inside());
    case 'time': return stamp(node.seconds, node.style);
    case 'user': return userPill(node.id, message);
    case 'role': return rolePill(node.id);
    case 'channel': return channelPill(node.id);
    case 'command': return commandPill(node.name);
    case 'everyone': return h('span', { class: ['pill', message?.mention_everyone && 'own'] }, node.text);
    case 'emoji': return h('span', { class: 'custom-emoji', title: `:${node.name}:` }, `:${node.name}:`);
    default: return h(SPANS[node.t] ?? 'span', {}, inside());
  }
}

const MESSAGE = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?$/;

/** A link; one to a message or channel that is to be seen here leads there. */
function link(url, children) {
  const [, channel, message] = MESSAGE.exec(url) ?? [];
  if (!channel || !store.place(channel)) return h('a', { href: url, target: '_blank', rel: 'noreferrer noopener', title: url }, children);
  const go = (event) => {
    event.preventDefault();
    if (message) store.goTo(channel, message);
    else store.go(channel);
  };
  return h('a', { href: `#${store.me}/${channel}`, title: `To #${store.place(channel).name}`, onclick: go }, children);
}

function spoiler(children) {
  const reveal = (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ') return;
    if (element.classList.contains('shown')) return;
    event.preventDefault();
    element.classList.add('shown');
    element.removeAttribute('role');
    element.removeAttribute('aria-label');
    inner.removeAttribute('aria-hidden');
  };
  const inner = h('span', { 'aria-hidden': 'true' }, children);
  const element = h('span', { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Spoiler: show it', onclick: reveal, onkeydown: reveal }, inner);
  return element;
}

/** A user's name, also of one who is known from the message alone. */
export function nameOf(id, message) {
  const known = store.user(id);
  if (known) return known.name;
  const mentioned = message?.mentions?.find((user) => user.id === id);
  return mentioned ? (mentioned.global_name ?? mentioned.username) : null;
}

function userPill(id, message) {
  const name = nameOf(id, message);
  if (!name) return h('span', { class: 'pill' }, '@unknown-user');
  return h('button', { type: 'button', class: ['pill', id === store.me && 'own'], 'data-person': id }, `@${name}`);
}

function rolePill(id) {
  const role = store.guild()?.roles.find((known) => known.id === id);
  return h('span', { class: 'pill' }, role ? `@${role.name}` : '@unknown-role');
}

function channelPill(id) {
  const place = store.place(id);
  if (!place) return h('span', { class: 'pill' }, '#no-access');
  return h('button', { type: 'button', class: 'pill', onclick: () => store.go(id) }, `#${place.name}`);
}

function commandPill(name) {
  const insert = () => document.dispatchEvent(new CustomEvent('insert-command', { detail: name }));
  return h('button', { type: 'button', class: 'pill', onclick: insert }, `/${name}`);
}
