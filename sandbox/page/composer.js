/** The box that one types into: words, or a command. */

import { Completion } from './complete.js';
import { CommandForm } from './command.js';
import { at, fill, h, icon, iconButton } from './dom.js';
import { withEmoji } from './emoji.js';
import { Listbox } from './listbox.js';
import { store } from './state.js';
import { act, packed } from './wire.js';

const LONGEST = 2000;

/** All slash commands with their sub-commands spelled out: `{path, description, options}`. */
export function spelledOut(commands) {
  const walk = (path, node) => {
    const deeper = (node.options ?? []).filter((option) => option.type <= 2);
    if (deeper.length > 0) return deeper.flatMap((option) => walk(`${path} ${option.name}`, option));
    return [{ path, description: node.description, options: node.options ?? [] }];
  };
  return commands.filter((command) => command.type === 1).flatMap((command) => walk(command.name, command));
}

export class Composer {
  #remark;
  #box = at('composer');
  #notice = h('div', { class: 'notice', hidden: true });
  #problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  #words;
  #mentions;
  #commands;
  #files = [];
  #fileList = h('ul', { class: 'composer-files', hidden: true, 'aria-label': 'Files to send' });
  #frame;
  #form = null;
  #target = null;
  #drafts = new Map();
  #key = null;

  /** @param {(words: string, used: string) => void} remark */
  constructor(remark) {
    this.#remark = remark;
    this.#words = h('textarea', { id: 'words', rows: '1', spellcheck: 'true' });
    this.#mentions = new Completion(this.#words);
    this.#commands = new Listbox(this.#words, (item) => this.command(item.value));
    const pick = h('input', { type: 'file', multiple: true, hidden: true, onchange: () => this.#attach(pick) });
    this.#frame = h('div', { class: 'composer-frame', 'data-frame': '' },
      iconButton('plus', 'Attach files', () => pick.click(), { class: 'icon-button attach' }), pick, this.#words,
      h('button', { type: 'button', class: 'icon-button send', 'aria-label': 'Send', title: 'Send', onclick: () => this.#send() }, icon('send')));
    this.#box.append(this.#notice, this.#fileList, this.#problem, this.#frame);
    this.#words.addEventListener('input', () => this.#typed());
    this.#words.addEventListener('keydown', (event) => this.#pressed(event));
    this.#words.addEventListener('blur', () => this.#commands.hide());
    this.#words.addEventListener('paste', (event) => {
      if (event.clipboardData.files.length > 0) this.#attach({ files: event.clipboardData.files });
    });
    store.on('place', () => this.#moved());
    store.on('scene', () => this.#fit());
    document.addEventListener('insert-command', (event) => this.#insertCommand(event.detail));
  }

  focus() {
    if (this.#form) this.#form.focus();
    else this.#words.focus();
  }

  /** Answers a message. */
  reply(message) {
    this.#cancel();
    this.#target = { reply: message.id };
    this.#say(`Replying to ${message.shown.name}`);
    this.#words.focus();
  }

  /** Changes one of one's own messages. */
  edit(message) {
    this.#cancel();
    this.#target = { edit: message.id };
    this.#words.value = message.content.replace(/<@!?(\d+)>/g, (found, id) => (store.user(id) ? `@${store.user(id).name}` : found));
    this.#say('Editing a message');
    this.#grow();
    this.#words.focus();
  }

  /** Puts a mention of somebody into the text. */
  mention(user) {
    this.#leaveCommand();
    this.#mentions.insert(`@${user.name}`, `<@${user.id}>`);
  }

  /** Starts a command, which takes the place of the text. */
  command(found) {
    this.#commands.hide();
    this.#mentions.hide();
    this.#leaveCommand();
    this.#words.value = '';
    this.#grow();
    this.#problem.hidden = true;
    this.#form = new CommandForm(found, { left: () => this.#leaveCommand(true), remark: this.#remark });
    this.#frame.hidden = true;
    this.#box.append(this.#form.element);
    this.#form.focus();
  }

  async #insertCommand(name) {
    const all = spelledOut(await store.commands().catch(() => []));
    const found = all.find((one) => one.path === name) ?? all.find((one) => one.path.startsWith(`${name} `));
    if (found) this.command(found);
  }

  #leaveCommand(focus = false) {
    if (!this.#form) return;
    this.#form.remove();
    this.#form = null;
    this.#frame.hidden = false;
    if (focus) this.#words.focus();
  }

  #say(words) {
    fill(this.#notice, h('span', {}, words), iconButton('close', 'Leave this', () => {
      this.#cancel();
      this.#words.focus();
    }));
    this.#notice.hidden = false;
  }

  #cancel() {
    if (this.#target?.edit) {
      this.#words.value = '';
      this.#grow();
    }
    this.#target = null;
    this.#notice.hidden = true;
    this.#problem.hidden = true;
  }

  /** Each person has their own draft in each channel. */
  #moved() {
    if (this.#key) this.#drafts.set(this.#key, this.#target?.edit ? '' : this.#words.value);
    this.#leaveCommand();
    this.#cancel();
    this.#key = `${store.me}/${store.channel}`;
    this.#words.value = this.#drafts.get(this.#key) ?? '';
    this.#files = [];
    this.#drawFiles();
    this.#fit();
    this.#grow();
    if (matchMedia('(hover: hover)').matches) this.#words.focus();
  }

  /** Says what can be done here. */
  #fit() {
    const place = store.place();
    const may = Boolean(place?.writes);
    const name = place ? (place.guild === null ? `@${place.name}` : `#${place.name}`) : '';
    this.#words.disabled = !may;
    this.#words.placeholder = may ? `Message ${name}` : 'You may not write here';
    this.#words.setAttribute('aria-label', may ? `Message ${name}. Type / for commands.` : 'You may not write here');
    this.#frame.classList.toggle('off', !may);
  }

  #grow() {
    this.#words.style.height = 'auto';
    this.#words.style.height = `${Math.min(this.#words.scrollHeight, innerHeight * 0.4)}px`;
  }

  async #typed() {
    this.#grow();
    this.#problem.hidden = true;
    const left = LONGEST - [...this.#words.value].length;
    if (left < 0) this.#complain(`A message holds 2,000 characters: ${-left} too many.`);
    const text = this.#words.value;
    if (!/^\/[^\n]*$/.test(text) || this.#target?.edit) {
      if (!this.#mentions.open) this.#commands.hide();
      return;
    }
    const all = spelledOut(await store.commands().catch(() => []));
    if (this.#words.value !== text) return;
    const typed = text.slice(1).toLowerCase();
    const exact = all.find((one) => typed === `${one.path} `);
    if (exact) return this.command(exact);
    const fits = all.filter((one) => one.path.startsWith(typed)).concat(all.filter((one) => !one.path.startsWith(typed) && one.path.includes(typed.trim())));
    const items = fits.slice(0, 25).map((one) => ({ value: one, label: `/${one.path}`, note: one.description }));
    this.#commands.show(items, { title: 'Commands', note: 'There is no such command here.' });
  }

  #pressed(event) {
    if (this.#commands.key(event) || this.#mentions.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape') {
      if (this.#target) this.#cancel();
      else this.#words.blur();
    } else if (event.key === 'ArrowUp' && this.#words.value === '' && !this.#target) {
      const own = store.messages.findLast((message) => message.author.id === store.me);
      if (!own) return;
      event.preventDefault();
      this.edit(own);
    }
  }

  async #send() {
    const text = withEmoji(this.#mentions.text()).trim();
    if (!text && this.#files.length === 0) return;
    const { me, channel } = store;
    const target = this.#target;
    try {
      if (target?.edit) await act('edit', { as: me, message: target.edit, text });
      else {
        const files = await Promise.all(this.#files.map(packed));
        await act('say', { as: me, channel, text, reply_to: target?.reply, files });
      }
    } catch (error) {
      return this.#complain(error.message);
    }
    this.#words.value = '';
    this.#mentions.forget();
    this.#files = [];
    this.#drawFiles();
    this.#cancel();
    return this.#grow();
  }

  #complain(words) {
    this.#problem.textContent = words;
    this.#problem.hidden = false;
  }

  #attach(input) {
    this.#files.push(...input.files);
    if ('value' in input) input.value = '';
    this.#drawFiles();
    this.#words.focus();
  }

  #drawFiles() {
    this.#fileList.hidden = this.#files.length === 0;
    fill(this.#fileList, this.#files.map((file) => h('li', {}, icon('file'), file.name, iconButton('close', `Leave out ${file.name}`, () => {
      this.#files = this.#files.filter((other) => other !== file);
      this.#drawFiles();
    }))));
  }
}
