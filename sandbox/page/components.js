/** Buttons and menus under messages. */

import { h, icon } from './dom.js';
import { choose } from './choose.js';
import { entities } from './entities.js';
import { openForm } from './form.js';
import { markdown } from './render.js';
import { store } from './state.js';
import { act } from './wire.js';

const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'secondary' };
const FAILED = 'This interaction failed: the application did not respond in time.';

/** All components of a message; `failed` is told in which message something went wrong, and what. */
export function components(message, failed) {
  const list = message.components ?? [];
  return list.length === 0 ? null : h('div', { class: 'components' }, list.map((component) => draw(component, message, failed)));
}

function draw(component, message, failed) {
  switch (component.type) {
    case 1: return h('div', { class: 'row' }, component.components.map((child) => draw(child, message, failed)));
    case 2: return button(component, message, failed);
    case 3: case 5: case 6: case 7: case 8: return select(component, message, failed);
    case 9: return h('div', { class: 'section' }, h('div', {}, component.components.map((child) => draw(child, message, failed))), draw(component.accessory, message, failed));
    case 10: return markdown(component.content, message);
    case 14: return h('hr');
    case 17: return h('div', { class: 'embed' }, component.components.map((child) => draw(child, message, failed)));
    default: return h('p', { class: 'subtext' }, 'The sandbox cannot draw this part of the message.');
  }
}

function emojiOf(component) {
  const { emoji } = component;
  return emoji && h('span', {}, emoji.id ? `:${emoji.name}:` : emoji.name);
}

function button(component, message, failed) {
  const inside = [emojiOf(component), component.label && h('span', {}, component.label)];
  const style = ['button', STYLES[component.style] ?? 'secondary'];
  if (component.style === 5) return h('a', { class: style, href: component.url, target: '_blank', rel: 'noreferrer noopener' }, inside);
  const element = h('button', { type: 'button', class: style, disabled: component.disabled, onclick: () => use(element, message, component.custom_id, [], failed) }, inside);
  return element;
}

async function use(element, message, custom_id, values, failed) {
  if (element.getAttribute('aria-busy') === 'true') return;
  element.setAttribute('aria-busy', 'true');
  failed(message, null);
  try {
    const channel = message.channel_id;
    const came = await act('component', { as: store.me, channel, message: message.id, custom_id, values });
    if (came.outcome === 'failed') failed(message, FAILED);
    if (came.outcome === 'form') openForm(came, channel);
  } catch (error) {
    failed(message, error.message);
  } finally {
    element.removeAttribute('aria-busy');
  }
}

function select(component, message, failed) {
  const { min_values: few = 1, max_values: many = 1 } = component;
  const chosen = component.type === 3
    ? component.options.filter((option) => option.default).map((option) => option.label)
    : (component.default_values ?? []).map((value) => store.user(value.id)?.name ?? store.place(value.id)?.name ?? value.id);
  const text = chosen.length > 0 ? chosen.join(', ') : (component.placeholder ?? 'Make a selection');
  const open = async () => {
    const items = component.type === 3 ? component.options.map(optionItem) : entities(component.type, component.channel_types);
    const values = await choose(element, { items, few, many, label: component.placeholder ?? 'Choose', search: component.type !== 3 });
    if (values) use(element, message, component.custom_id, values, failed);
  };
  const element = h('button', {
    type: 'button', class: ['select', chosen.length === 0 && 'empty'], disabled: component.disabled, 'aria-haspopup': 'listbox',
    'aria-label': `${component.placeholder ?? 'Choose'}: ${text}`, onclick: open,
  }, h('span', {}, text), icon('down'));
  return element;
}

function optionItem(option) {
  return { value: option.value, label: option.label, note: option.description, mark: emojiOf(option), chosen: Boolean(option.default) };
}
