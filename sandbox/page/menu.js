/** Menus that open at a pointer or below a button, after the menu pattern of the ARIA guide. */

import { at, h } from './dom.js';
import { beside } from './listbox.js';

let open = null;
/** Letters within this time make one word to look for, in milliseconds. */
const TYPING = 700;

/** Closes the menu that is open. */
export function closeMenu() {
  open?.();
}

/**
 * Opens a menu.
 *
 * @param {HTMLElement|{x: number, y: number, focus: HTMLElement}} where
 * @param {{label: string, run?: () => void, danger?: boolean, title?: boolean, mark?: Node, note?: string, chosen?: boolean}[]} entries
 * @param {string} label
 */
export function openMenu(where, entries, label) {
  closeMenu();
  const back = where instanceof HTMLElement ? where : where.focus;
  const items = [];
  let typed = '';
  let last = 0;
  const box = h('div', { class: 'overlay menu', role: 'menu', 'aria-label': label });
  const close = (refocus = true) => {
    open = null;
    document.removeEventListener('pointerdown', outside, true);
    box.remove();
    if (refocus) back?.focus?.();
  };
  const outside = (event) => {
    if (!box.contains(event.target)) close(false);
  };
  for (const entry of entries.filter(Boolean)) {
    if (entry.title) {
      box.append(h('div', { class: 'menu-title', role: 'presentation' }, entry.label));
      continue;
    }
    const run = () => {
      close();
      entry.run();
    };
    const item = h('button', {
      type: 'button', class: ['menu-item', entry.danger && 'danger'], role: entry.chosen === undefined ? 'menuitem' : 'menuitemradio',
      'aria-checked': entry.chosen === undefined ? null : String(entry.chosen), tabindex: '-1', onclick: run,
    }, entry.mark, h('span', { class: 'menu-label' }, entry.label), entry.note && h('span', { class: 'option-note' }, entry.note));
    items.push(item);
    box.append(item);
  }
  const move = (step, from = items.indexOf(document.activeElement)) => items.at((from + step + items.length) % items.length)?.focus();
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Home') move(0, 0);
    else if (event.key === 'End') move(-1, 0);
    else if (event.key.length === 1 && event.key !== ' ') {
      typed = event.timeStamp - last < TYPING ? typed + event.key.toLowerCase() : event.key.toLowerCase();
      last = event.timeStamp;
      const from = items.indexOf(document.activeElement) + (typed.length === 1 ? 1 : 0);
      const named = (item) => item.querySelector('.menu-label').textContent.toLowerCase().startsWith(typed);
      [...items.slice(from), ...items.slice(0, from)].find(named)?.focus();
    } else return;
    if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
    event.stopPropagation();
  });
  at('overlays').append(box);
  if (where instanceof HTMLElement) beside(box, where);
  else {
    const size = box.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(where.x, innerWidth - size.width - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(where.y, innerHeight - size.height - 8))}px`;
  }
  document.addEventListener('pointerdown', outside, true);
  open = close;
  (items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0])?.focus();
}
