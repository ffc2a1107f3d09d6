/** `@` and `#` completion in a text field. */

import { channels, people, roles } from './entities.js';
import { Listbox } from './listbox.js';

/** The word before the cursor that begins with a mark, and where it begins. */
function marked(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = /(^|\s)([@#])([^\s@#][^@#\n]{0,30}|)$/.exec(before);
  return found && { mark: found[2], part: found[3], from: before.length - found[3].length - 1 };
}

export class Completion {
  #field;
  #list;
  /** Names that were picked, with the mentions that they stand for. */
  #picked = new Map();

  /** @param {HTMLInputElement|HTMLTextAreaElement} field */
  constructor(field) {
    this.#field = field;
    this.#list = new Listbox(field, (item) => this.#pick(item));
    field.addEventListener('input', () => this.#look());
    field.addEventListener('click', () => this.#look());
    field.addEventListener('blur', () => this.#list.hide());
  }

  key(event) {
    return this.#list.key(event);
  }

  get open() {
    return this.#list.open;
  }

  remove() {
    this.#list.remove();
  }

  hide() {
    this.#list.hide();
  }

  /** The text with each picked name as the mention that it stands for. */
  text() {
    let text = this.#field.value;
    const names = [...this.#picked.keys()].sort((one, other) => other.length - one.length);
    for (const name of names) text = text.replaceAll(name, this.#picked.get(name));
    return text;
  }

  /** Puts a name into the text, as if it had been picked. */
  insert(name, mention) {
    const field = this.#field;
    const space = field.value && !/\s$/.test(field.value) ? ' ' : '';
    field.value += `${space}${name} `;
    this.#picked.set(name, mention);
    field.focus();
    field.dispatchEvent(new Event('input'));
    this.#list.hide();
  }

  forget() {
    this.#picked.clear();
  }

  #look() {
    const word = marked(this.#field);
    if (!word) return this.#list.hide();
    const part = word.part.toLowerCase();
    const all = word.mark === '#' ? channels() : [...people(), ...roles()];
    const fits = (item) => item.label.toLowerCase().split(/[\s-]/).some((piece) => piece.startsWith(part)) || item.label.toLowerCase().startsWith(part);
    return this.#list.show(all.filter(fits).slice(0, 10), { title: word.mark === '#' ? 'Channels' : 'People and roles' });
  }

  #pick(item) {
    const word = marked(this.#field);
    if (!word) return;
    const sign = word.mark === '#' ? '#' : item.note === 'Role' ? '@&' : '@';
    const name = `${word.mark}${item.label}`;
    this.#picked.set(name, `<${sign}${item.value}>`);
    this.#field.setRangeText(`${name} `, word.from, this.#field.selectionStart, 'end');
    this.#field.dispatchEvent(new Event('input'));
    this.#list.hide();
  }
}
