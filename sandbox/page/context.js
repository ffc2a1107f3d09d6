/** The menus on messages and people, with what the bot adds to them. */

import { EMOJI } from './emoji.js';
import { at, h } from './dom.js';
import { openForm } from './form.js';
import { beside } from './listbox.js';
import { openMenu } from './menu.js';
import { store } from './state.js';
import { act } from './wire.js';

let hides = 0;

/** Shows a sentence for a while. */
export function toast(words) {
  const element = at('toast');
  element.textContent = words;
  element.hidden = false;
  clearTimeout(hides);
  hides = setTimeout(() => { element.hidden = true; }, 6000);
}

const attempt = (deed) => deed.catch((error) => toast(error.message));

/**
 * Uses a command and tells what came of it.
 *
 * @param {object} command `{path, kind, target?, options?}`
 * @param {(words: string, used: string) => void} remark for what nobody but oneself sees
 */
export async function useCommand(command, remark) {
  const channel = store.channel;
  const came = await act('command', { as: store.me, channel, options: [], ...command });
  if (came.outcome === 'form') openForm(came, channel);
  if (came.outcome === 'failed') remark('The application did not respond.', command.kind === 1 ? `/${command.path}` : command.path);
}

export class Context {
  /** @param {{reply: Function, edit: Function, remark: Function, mention: Function}} acts */
  constructor(acts) {
    this.acts = acts;
  }

  /** The menu of a message. */
  async message(message, where) {
    const place = store.place();
    const own = message.author.id === store.me;
    const open = !message.shown.ephemeral;
    const apps = open ? await this.#apps(3, message.id) : [];
    openMenu(where, [
      open && place?.reacts && { label: 'Add a reaction', run: () => this.pickReaction(message, where instanceof HTMLElement ? where : (where.focus ?? at('log'))) },
      open && place?.writes && { label: 'Reply', run: () => this.acts.reply(message) },
      own && { label: 'Edit', run: () => this.acts.edit(message) },
      { label: 'Copy text', run: () => attempt(navigator.clipboard.writeText(message.content)) },
      ...apps,
      !open && { label: 'Dismiss message', run: () => this.remove(message) },
      open && (own || place?.manages) && { label: 'Delete', danger: true, run: () => this.remove(message) },
    ], 'Message');
  }

  /** The menu of a person. */
  async person(id, where) {
    const user = store.user(id);
    const playable = store.scene.people.some((person) => person.id === id);
    const apps = await this.#apps(2, id);
    openMenu(where, [
      { label: user?.name ?? 'Somebody', title: true },
      user && store.place()?.writes && { label: 'Mention', run: () => this.acts.mention(user) },
      ...apps,
      playable && id !== store.me && { label: `Be ${user?.name ?? 'this person'}`, run: () => store.become(id) },
    ], user?.name ?? 'Person');
  }

  async #apps(kind, target) {
    const commands = await store.commands().catch(() => []);
    const fitting = commands.filter((command) => command.type === kind);
    const use = (command) => attempt(useCommand({ path: command.name, kind, target }, this.acts.remark));
    const entries = fitting.map((command) => ({ label: command.name, run: () => use(command) }));
    return entries.length > 0 ? [{ label: 'Apps', title: true }, ...entries] : [];
  }

  react(message, emoji, on) {
    return attempt(act('react', { as: store.me, message: message.id, emoji, on }));
  }

  remove(message) {
    return attempt(act('delete', { as: store.me, message: message.id }));
  }

  /** Offers emoji to react with. */
  pickReaction(message, anchor) {
    const custom = (store.guild()?.emojis ?? []).map((emoji) => [`<:${emoji.name}:${emoji.id}>`, emoji.name, `:${emoji.name}:`]);
    const close = (refocus) => {
      document.removeEventListener('pointerdown', outside, true);
      box.remove();
      if (refocus) anchor?.focus?.();
    };
    const outside = (event) => box.contains(event.target) || close(false);
    const pick = (emoji) => {
      close(true);
      this.react(message, emoji, true);
    };
    const own = h('input', { type: 'text', placeholder: 'Or any other', 'aria-label': 'Any other emoji', maxlength: '32' });
    const grid = h('div', { class: 'emoji-grid' }, [...EMOJI, ...custom].map(([emoji, name, shown]) =>
      h('button', { type: 'button', 'aria-label': name, title: `:${name}:`, onclick: () => pick(emoji) }, shown ?? emoji)));
    const box = h('div', { class: 'overlay emoji-picker', role: 'dialog', 'aria-label': 'Add a reaction' }, grid, own);
    box.addEventListener('keydown', (event) => {
      const all = [...grid.children];
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
      if (event.key === 'Escape') close(true);
      else if (event.key === 'Enter' && event.target === own && own.value.trim()) pick(own.value.trim());
      else if (step && event.target !== own) all[all.indexOf(document.activeElement) + step]?.focus();
      else return;
      event.preventDefault();
    });
    at('overlays').append(box);
    beside(box, anchor ?? at('log'));
    document.addEventListener('pointerdown', outside, true);
    grid.firstElementChild.focus();
  }
}
