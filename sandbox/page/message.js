/** One message as a row. */

import { avatar, h, iconButton } from './dom.js';
import { components } from './components.js';
import { attachment, embed } from './embed.js';
import { markdown } from './render.js';
import { store } from './state.js';
import { clock, fully, when } from './time.js';
import { act } from './wire.js';

/** The moment in an id, in milliseconds. */
export const moment = (id) => Number(BigInt(id) >> 22n) + 1_420_070_400_000;

/** Messages of one author within this time stand together. */
const TOGETHER = 7 * 60_000;

/** Whether a message continues the one before it, without a head of its own. */
export function continues(message, before) {
  return Boolean(before) && before.author.id === message.author.id && before.shown.ephemeral === message.shown.ephemeral
    && !headline(message) && moment(message.id) - moment(before.id) < TOGETHER;
}

/**
 * A message's row.
 *
 * @param {object} message
 * @param {{compact: boolean}} how
 * @param {object} acts what its buttons do: reply, edit, menu, react, failed
 */
export function row(message, { compact }, acts) {
  const { shown } = message;
  const author = { id: message.author.id, name: shown.name, bot: Boolean(message.author.bot) };
  const at = moment(message.id);
  const body = h('div', { class: 'body' },
    headline(message),
    compact ? null : h('div', { class: 'head' },
      h('button', { type: 'button', class: 'author', 'data-person': author.id, tabindex: '-1' }, author.name),
      author.bot && h('span', { class: 'tag' }, 'APP'),
      h('time', { class: 'at', datetime: new Date(at).toISOString(), title: fully(at) }, when(at))),
    content(message),
    message.embeds.map((one) => embed(one, message)),
    message.attachments.length > 0 && h('div', { class: 'files' }, message.attachments.map(attachment)),
    components(message, acts.failed),
    reactions(message, acts),
    shown.ephemeral && ephemeralNote(message));
  const side = compact
    ? h('time', { class: 'gutter', datetime: new Date(at).toISOString(), title: fully(at) }, clock(at))
    : h('button', { type: 'button', class: 'gutter face', 'data-person': author.id, 'aria-label': author.name, tabindex: '-1' }, avatar(author));
  return h('li', {
    class: ['message', compact && 'compact', shown.pings && 'pings', shown.ephemeral && 'ephemeral', headline(message) && 'headed'],
    id: `m-${message.id}`, tabindex: '-1', 'data-id': message.id, 'aria-label': `${author.name}, ${when(at)}`,
  }, side, body, toolbar(message, acts));
}

function content(message) {
  if (message.shown.thinking) {
    return h('p', { class: 'thinking', role: 'status' }, h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), `${message.shown.name} is thinking…`);
  }
  if (!message.content && !message.edited_timestamp) return null;
  const edited = message.edited_timestamp && h('span', { class: 'edited', title: fully(Date.parse(message.edited_timestamp)) }, '(edited)');
  if (!message.content) return h('div', { class: 'words' }, edited);
  const words = markdown(message.content, message);
  if (edited) words.append(' ', edited);
  return h('div', { class: 'words' }, words);
}

/** What stands above a message: what it replies to, or who used which command. */
function headline(message) {
  const used = message.interaction;
  const replied = message.shown.replied;
  if (used) {
    return h('div', { class: 'headline' }, h('b', {}, message.shown.used_by ?? 'Somebody'), ' used ', h('span', { class: 'command' }, used.type === 2 && !/^[a-z0-9_-]+( |$)/.test(used.name) ? used.name : `/${used.name}`));
  }
  if (message.type !== 19) return null;
  if (!replied) return h('div', { class: 'headline' }, h('i', {}, 'The message it answers is gone.'));
  const original = message.referenced_message;
  const excerpt = (original?.content || original?.embeds?.[0]?.title || original?.embeds?.[0]?.description || 'A message without words').split('\n', 1)[0].slice(0, 140);
  const jump = () => store.goTo(message.channel_id, replied.id);
  return h('button', { type: 'button', class: 'headline', onclick: jump, 'aria-label': `In reply to ${replied.name}` },
    h('b', {}, replied.name), ' ', markdown(excerpt, message, { inline: true }));
}

function ephemeralNote(message) {
  const dismiss = () => act('delete', { as: store.me, message: message.id }).catch(() => {});
  return h('p', { class: 'only-you' }, 'Only you can see this · ', h('button', { type: 'button', class: 'link', onclick: dismiss }, 'Dismiss message'));
}

function reactions(message, acts) {
  const list = message.reactions ?? [];
  if (list.length === 0) return null;
  return h('div', { class: 'reactions' }, list.map((reaction, index) => {
    const { emoji, count, me } = reaction;
    const written = emoji.id ? `<:${emoji.name}:${emoji.id}>` : emoji.name;
    const shown = emoji.id ? `:${emoji.name}:` : emoji.name;
    const names = message.shown.reactions[index] ?? [];
    return h('button', {
      type: 'button', class: ['reaction', me && 'mine'], 'aria-pressed': String(me), title: names.join(', '),
      'aria-label': `${shown}, ${count}: ${names.join(', ')}`, onclick: () => acts.react(message, written, !me),
    }, h('span', {}, shown), h('span', { class: 'count' }, count));
  }));
}

/** By key all of this is reached with Enter on the message, so that Tab leads to what the bot offers. */
const quiet = { tabindex: '-1' };

function toolbar(message, acts) {
  if (message.shown.thinking) return null;
  const place = store.place();
  const own = message.author.id === store.me;
  const open = (event) => acts.menu(message, event.currentTarget);
  return h('div', { class: 'toolbar' },
    !message.shown.ephemeral && place?.reacts && iconButton('react', 'Add a reaction', (event) => acts.pickReaction(message, event.currentTarget), quiet),
    !message.shown.ephemeral && place?.writes && iconButton('reply', 'Reply', () => acts.reply(message), quiet),
    own && place?.writes && iconButton('edit', 'Edit', () => acts.edit(message), quiet),
    iconButton('more', 'More', open, { ...quiet, 'aria-haspopup': 'menu' }));
}
