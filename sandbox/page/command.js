/** A slash command being filled in: its options as chips. */

import { fill, h, icon } from './dom.js';
import { Listbox } from './listbox.js';
import { OptionField } from './option.js';
import { useCommand } from './context.js';
import { store } from './state.js';
import { act } from './wire.js';

export class CommandForm {
  element;
  #command;
  #left;
  #remark;
  #fields = [];
  #chips;
  #more;
  #moreList;
  #problem;
  #hint;
  #busy = false;

  /**
   * @param {{path: string, description: string, options: object[]}} command
   * @param {{left: () => void, remark: (words: string, used: string) => void}} told
   */
  constructor(command, { left, remark }) {
    this.#command = command;
    this.#left = left;
    this.#remark = remark;
    this.#problem = h('p', { class: 'problem', role: 'alert', hidden: true });
    this.#hint = h('p', { class: 'command-hint', 'aria-live': 'polite' }, command.description);
    this.#chips = h('span', { class: 'chips' });
    this.#more = h('input', { type: 'text', class: 'more-options', 'aria-label': 'Add an option, or press Enter to send', placeholder: 'more options', size: '12' });
    this.#moreList = new Listbox(this.#more, (item) => this.#add(item.value, true));
    this.#more.addEventListener('focus', () => this.#offerMore());
    this.#more.addEventListener('input', () => this.#offerMore());
    this.#more.addEventListener('blur', () => this.#moreList.hide());
    this.#more.addEventListener('keydown', (event) => {
      // With nothing typed, Enter sends: the list is a help, not a trap.
      if (event.key === 'Enter' && this.#more.value === '') {
        event.preventDefault();
        this.#send();
      } else if (event.key === 'Tab' && this.#more.value === '') this.#moreList.hide();
      else if (!this.#moreList.key(event)) this.#key(event, null);
    });
    const send = h('button', { type: 'button', class: 'icon-button send', 'aria-label': `Send /${command.path}`, title: 'Send', onclick: () => this.#send() }, icon('send'));
    this.element = h('div', { class: 'command-form', role: 'group', 'aria-label': `/${command.path}` },
      this.#hint, this.#problem,
      h('div', { class: 'composer-frame', 'data-frame': '' }, h('span', { class: 'command-name' }, `/${command.path}`), this.#chips, this.#more, send));
    for (const option of command.options.filter((one) => one.required)) this.#add(option, false);
    this.#showMore();
  }

  focus() {
    (this.#fields.find((field) => field.isEmpty)?.input ?? (this.#more.hidden ? this.element.querySelector('.send') : this.#more)).focus();
  }

  remove() {
    for (const field of this.#fields) field.remove();
    this.#moreList.remove();
    this.element.remove();
  }

  #add(option, focus) {
    const field = new OptionField(option, {
      suggest: (name, text) => this.#suggest(name, text),
      key: (event, from) => this.#key(event, from),
      remove: (which) => this.#drop(which),
      changed: () => this.#changed(),
      next: (from) => this.#next(from),
    });
    this.#fields.push(field);
    this.#chips.append(field.element);
    this.#more.value = '';
    this.#showMore();
    if (focus) field.input.focus();
  }

  #drop(field) {
    this.#fields = this.#fields.filter((other) => other !== field);
    field.remove();
    this.#showMore();
    this.#more.focus();
  }

  #rest() {
    return this.#command.options.filter((option) => !this.#fields.some((field) => field.name === option.name));
  }

  #showMore() {
    this.#more.hidden = this.#rest().length === 0;
  }

  #offerMore() {
    const part = this.#more.value.trim().toLowerCase();
    const fits = this.#rest().filter((option) => option.name.startsWith(part));
    this.#moreList.show(fits.map((option) => ({ value: option, label: option.name, note: option.description })), { title: 'Options', note: 'There is no such option.' });
    this.#hint.textContent = this.#command.description;
  }

  #changed() {
    const field = this.#fields.find((one) => one.input === document.activeElement);
    this.#hint.textContent = field ? (field.option.description ?? '') : this.#command.description;
    this.#problem.hidden = true;
  }

  /** Goes on to what is still needed, else to the further options. */
  #next(from) {
    const after = this.#fields.slice(this.#fields.indexOf(from) + 1);
    const needed = [...after, ...this.#fields].find((field) => field.isEmpty);
    if (needed) needed.input.focus();
    else if (!this.#more.hidden) this.#more.focus();
    else this.element.querySelector('.send').focus();
  }

  #key(event, field) {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.#left();
    } else if (event.key === 'Backspace' && event.target.value === '') {
      const last = field ?? this.#fields.at(-1);
      if (!last) return this.#left();
      event.preventDefault();
      if (field && !field.option.required) this.#drop(field);
      else if (!field) last.input.focus();
      else if (this.#fields.every((one) => one.isEmpty)) this.#left();
    }
    return undefined;
  }

  async #suggest(name, text) {
    const others = this.#fields.filter((field) => field.name !== name && field.option.type !== 11 && !field.check());
    const options = (await Promise.all(others.map((field) => field.given()))).filter(Boolean);
    const typed = { as: store.me, channel: store.channel, path: this.#command.path, kind: 1, options, focused: { name, text } };
    return (await act('complete', typed)).choices;
  }

  async #send() {
    if (this.#busy) return;
    for (const field of this.#fields) {
      const wrong = field.check();
      field.wrong(wrong);
      if (wrong) {
        field.input.focus();
        this.#complain(wrong);
        return;
      }
    }
    this.#busy = true;
    this.element.setAttribute('aria-busy', 'true');
    const used = { path: this.#command.path, kind: 1 };
    try {
      used.options = (await Promise.all(this.#fields.map((field) => field.given()))).filter(Boolean);
      const sent = useCommand(used, this.#remark);
      await sent;
      this.#left();
    } catch (error) {
      this.#complain(error.message);
    } finally {
      this.#busy = false;
      this.element.removeAttribute('aria-busy');
    }
  }

  #complain(words) {
    fill(this.#problem, words);
    this.#problem.hidden = false;
  }
}
