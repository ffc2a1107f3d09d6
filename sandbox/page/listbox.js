/**
 * A list to choose one item from, below (or above) a field that keeps the focus: the field is a
 * combobox, the list its listbox, after <https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>.
 *
 * @typedef {{value: unknown, label: string, note?: string|null, mark?: Node|null, strong?: boolean}} Item
 */

import { at, fill, fresh, h } from './dom.js';

export class Listbox {
  #field;
  #element;
  #picked;
  #items = [];
  #active = -1;

  /**
   * @param {HTMLElement} field
   * @param {(item: Item) => void} picked
   */
  constructor(field, picked) {
    this.#field = field;
    this.#picked = picked;
    this.#element = h('div', { class: 'listbox', role: 'listbox', id: fresh('listbox'), hidden: true });
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-expanded', 'false');
    field.setAttribute('aria-controls', this.#element.id);
    field.setAttribute('autocomplete', 'off');
    at('overlays').append(this.#element);
  }

  get open() {
    return !this.#element.hidden;
  }

  /** Shows items, the first one active; nothing, when there are none and no note. */
  show(items, { title = '', note = '', first = 0 } = {}) {
    this.#items = items;
    this.#active = items.length > 0 ? first : -1;
    if (items.length === 0 && !note) return this.hide();
    fill(this.#element,
      title && h('div', { class: 'listbox-title', 'aria-hidden': 'true' }, title),
      items.map((item, index) => this.#option(item, index)),
      items.length === 0 && h('div', { class: 'listbox-note' }, note));
    if (title) this.#element.setAttribute('aria-label', title);
    this.#element.hidden = false;
    this.#field.setAttribute('aria-expanded', 'true');
    this.#place();
    this.#mark();
    return undefined;
  }

  hide() {
    this.#element.hidden = true;
    this.#items = [];
    this.#active = -1;
    this.#field.setAttribute('aria-expanded', 'false');
    this.#field.removeAttribute('aria-activedescendant');
  }

  /** Takes the list off the page. */
  remove() {
    this.hide();
    this.#element.remove();
  }

  /** Handles a key of the field; whether it was one of the list's. */
  key(event) {
    if (!this.open || event.isComposing) return false;
    const count = this.#items.length;
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      this.#active = (this.#active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
      this.#mark();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && this.#active >= 0) this.#pick(this.#active);
    else if (event.key === 'Escape') this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #option(item, index) {
    // The field keeps the focus, so the pointer's press is what counts.
    const press = (event) => {
      event.preventDefault();
      this.#pick(index);
    };
    const enter = () => {
      this.#active = index;
      this.#mark(false);
    };
    return h('div', { class: 'option', role: 'option', id: fresh('option'), onpointerdown: press, onpointermove: enter },
      item.mark, h('span', { class: 'option-label' }, item.label), item.note && h('span', { class: 'option-note' }, item.note));
  }

  #pick(index) {
    const item = this.#items[index];
    this.hide();
    if (item) this.#picked(item);
  }

  #mark(scroll = true) {
    const options = this.#element.querySelectorAll('.option');
    options.forEach((option, index) => option.setAttribute('aria-selected', String(index === this.#active)));
    const active = options[this.#active];
    if (!active) return this.#field.removeAttribute('aria-activedescendant');
    this.#field.setAttribute('aria-activedescendant', active.id);
    if (scroll) active.scrollIntoView({ block: 'nearest' });
    return undefined;
  }

  #place() {
    beside(this.#element, this.#field.closest('[data-frame]') ?? this.#field);
  }
}

/** Puts an overlay above or below what it belongs to, within the window. */
export function beside(overlay, anchor) {
  const box = anchor.getBoundingClientRect();
  const wide = document.documentElement.clientWidth;
  const high = document.documentElement.clientHeight;
  const above = box.top > high - box.bottom;
  overlay.style.maxHeight = `${Math.max(120, Math.min(360, (above ? box.top : high - box.bottom) - 16))}px`;
  overlay.style.minWidth = `${Math.min(Math.max(box.width, 220), wide - 16)}px`;
  const size = overlay.getBoundingClientRect();
  overlay.style.left = `${Math.max(8, Math.min(box.left, wide - size.width - 8))}px`;
  overlay.style.top = above ? `${box.top - size.height - 6}px` : `${box.bottom + 6}px`;
}
