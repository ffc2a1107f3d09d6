/** One option of a command: a chip with a field that checks what is put into it, as Discord's client does. */

import { Completion } from './complete.js';
import { fresh, h } from './dom.js';
import { channels, people, roles } from './entities.js';
import { Listbox } from './listbox.js';
import { packed } from './wire.js';

const KINDS = { 3: 'text', 4: 'whole number', 5: 'yes or no', 6: 'person', 7: 'channel', 8: 'role', 9: 'person or role', 10: 'number', 11: 'file' };
/** A pause in typing before suggestions are asked for, in milliseconds. */
const PAUSE = 120;

/**
 * What is wrong with words for an option of text or number; nothing if all is well.
 *
 * @param {object} option as the command registered it
 * @param {string} words
 */
export function complaint(option, words) {
  if (option.type === 3) {
    const length = [...words].length;
    if (length < (option.min_length ?? 0)) return `at least ${option.min_length} characters`;
    if (length > (option.max_length ?? 6000)) return `at most ${option.max_length ?? 6000} characters`;
    return null;
  }
  const whole = option.type === 4;
  const number = Number(words);
  if (words.trim() === '' || !Number.isFinite(number) || (whole && !Number.isSafeInteger(number))) return whole ? 'a whole number' : 'a number';
  if (number < (option.min_value ?? -Infinity)) return `at least ${option.min_value}`;
  if (number > (option.max_value ?? Infinity)) return `at most ${option.max_value}`;
  return null;
}

export class OptionField {
  /** @type {object} as the command registered it */
  option;
  element;
  input;
  #picked = null;
  #file = null;
  #list = null;
  #mentions = null;
  #suggest;
  #turn = 0;
  #timer = null;

  /**
   * @param {object} option
   * @param {{suggest: (name: string, text: string) => Promise<object[]>, key: Function, remove: Function, changed: Function}} form
   */
  constructor(option, form) {
    this.option = option;
    this.#suggest = form.suggest;
    const id = fresh('option');
    if (option.type === 11) this.input = h('input', { type: 'file', id, onchange: () => this.#chose(form) });
    else this.input = h('input', { type: 'text', id, autocomplete: 'off', inputmode: option.type === 4 || option.type === 10 ? 'decimal' : null });
    this.input.setAttribute('aria-required', String(Boolean(option.required)));
    this.input.setAttribute('aria-description', option.description ?? '');
    this.input.title = option.description ?? '';
    const label = h('label', { for: id }, option.name);
    const off = !option.required && h('button', { type: 'button', class: 'chip-off', 'aria-label': `Leave out ${option.name}`, tabindex: '-1', onclick: () => form.remove(this) }, '×');
    this.element = h('span', { class: ['chip', option.required && 'required'] }, label, this.input, off);
    const listed = option.type === 5 || (option.type >= 6 && option.type <= 9) || option.choices?.length || option.autocomplete;
    if (listed) this.#list = new Listbox(this.input, (item) => this.#take(item, form));
    else if (option.type === 3) this.#mentions = new Completion(this.input);
    this.input.addEventListener('input', () => {
      this.#picked = null;
      this.#size();
      this.wrong(null);
      this.#offer(PAUSE);
      form.changed();
    });
    this.input.addEventListener('focus', () => {
      this.#offer(0);
      form.changed();
    });
    this.input.addEventListener('blur', () => this.#list?.hide());
    this.input.addEventListener('keydown', (event) => {
      if (this.#list?.key(event) || this.#mentions?.key(event)) return;
      form.key(event, this);
    });
    this.#size();
  }

  get name() {
    return this.option.name;
  }

  get isEmpty() {
    return this.option.type === 11 ? !this.#file : this.input.value === '';
  }

  remove() {
    this.#list?.remove();
    this.#mentions?.remove();
    this.element.remove();
  }

  /** Marks the field as wrong, or as right again. */
  wrong(words) {
    this.element.classList.toggle('wrong', Boolean(words));
    if (words) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
  }

  /** What is wrong with it, as a sentence; nothing if all is well. */
  check() {
    const { name, required, type } = this.option;
    if (this.isEmpty) return required ? `“${name}” is needed: ${KINDS[type] ?? 'a value'}.` : null;
    if (this.#settled()) return null;
    if (type >= 5 && type <= 9) return `“${name}” takes a ${KINDS[type]}: pick one from the list.`;
    if (this.option.choices?.length) return `“${name}” takes one of its choices: pick one from the list.`;
    if (type === 11) return null;
    const wrong = complaint(this.option, this.#words());
    return wrong ? `“${name}” takes ${wrong}.` : null;
  }

  /** What is sent; `null` if there is nothing. */
  async given() {
    const { name, type } = this.option;
    if (this.isEmpty) return null;
    if (type === 11) return { name, file: await packed(this.#file) };
    const picked = this.#settled();
    if (picked) return type >= 6 && type <= 9 ? { name, id: picked.value } : { name, value: picked.value };
    if (type === 4 || type === 10) return { name, value: Number(this.#words()) };
    return { name, text: this.#words() };
  }

  #words() {
    return this.#mentions ? this.#mentions.text() : this.input.value;
  }

  /** The item that was picked, or the one that is spelled out in full. */
  #settled() {
    if (this.#picked) return this.#picked;
    const words = this.input.value.toLowerCase().replace(/^[@#]/, '');
    return this.#fixed()?.find((item) => item.label.toLowerCase() === words) ?? null;
  }

  /** The items that need no asking; `null` for what autocompletes or is typed. */
  #fixed() {
    const { type, choices, channel_types: types } = this.option;
    if (choices?.length) return choices.map((choice) => ({ value: choice.value, label: choice.name }));
    switch (type) {
      case 5: return [{ value: true, label: 'True' }, { value: false, label: 'False' }];
      case 6: return people();
      case 7: return channels(types);
      case 8: return roles();
      case 9: return [...people(), ...roles()];
      default: return null;
    }
  }

  #offer(pause) {
    if (!this.#list) return;
    const fixed = this.#fixed();
    if (fixed) {
      const part = this.#picked ? '' : this.input.value.toLowerCase().replace(/^[@#]/, '');
      const fits = fixed.filter((item) => item.label.toLowerCase().includes(part)).slice(0, 25);
      this.#list.show(fits, { title: this.option.description, note: 'Nothing is called that.' });
      return;
    }
    clearTimeout(this.#timer);
    const turn = (this.#turn += 1);
    this.#timer = setTimeout(async () => {
      const found = await this.#suggest(this.name, this.input.value).catch(() => null);
      if (turn !== this.#turn || document.activeElement !== this.input) return;
      const items = (found ?? []).map((choice) => ({ value: choice.value, label: choice.name }));
      this.#list.show(items, { title: this.option.description, note: found ? 'No options match.' : 'Loading options failed.' });
    }, pause);
  }

  #take(item, form) {
    this.input.value = item.label;
    this.#picked = item;
    this.#turn += 1;
    this.wrong(null);
    this.#size();
    form.changed();
    form.next(this);
  }

  #chose(form) {
    this.#file = this.input.files[0] ?? null;
    this.wrong(null);
    form.changed();
  }

  #size() {
    if (this.option.type !== 11) this.input.style.width = `${Math.max(4, Math.min([...this.input.value].length + 2, 60))}ch`;
  }
}
