/** A small window to choose one or several items from, with a search where there are many. */

import { at, fill, fresh, h } from './dom.js';
import { beside } from './listbox.js';

/**
 * Lets a person choose.
 *
 * @param {HTMLElement} anchor
 * @param {{items: import('./listbox.js').Item[], few: number, many: number, label: string, search: boolean}} wanted
 * @returns {Promise<string[]|null>} values in the items' order, or null if it was left
 */
export function choose(anchor, { items, few, many, label, search }) {
  return new Promise((resolve) => {
    const chosen = new Set(items.filter((item) => item.chosen).map((item) => item.value));
    const several = many > 1;
    let shown = items;
    let active = Math.max(0, shown.findIndex((item) => chosen.has(item.value)));
    const list = h('div', { class: 'choices', role: 'listbox', id: fresh('choices'), tabindex: search ? null : '0', 'aria-label': label, 'aria-multiselectable': String(several) });
    const field = search && h('input', { type: 'text', placeholder: 'Search', 'aria-label': `Search: ${label}`, role: 'combobox', 'aria-expanded': 'true', 'aria-controls': list.id });
    const focus = field || list;
    const done = several && h('button', { type: 'button', class: 'button primary', onclick: () => finish() }, 'Done');
    const box = h('div', { class: 'overlay choose', role: 'dialog', 'aria-label': label }, field, list, done && h('div', { class: 'choose-foot' }, done));

    const close = (values) => {
      document.removeEventListener('pointerdown', outside, true);
      box.remove();
      anchor.focus();
      resolve(values);
    };
    const finish = () => {
      if (chosen.size < few) return;
      close(items.filter((item) => chosen.has(item.value)).map((item) => item.value));
    };
    const toggle = (item) => {
      if (!several) {
        chosen.clear();
        chosen.add(item.value);
        return finish();
      }
      if (chosen.has(item.value)) chosen.delete(item.value);
      else if (chosen.size < many) chosen.add(item.value);
      return draw();
    };
    const outside = (event) => {
      if (!box.contains(event.target)) close(null);
    };
    const draw = () => {
      fill(list, shown.map((item, index) => h('div', {
        class: 'option', role: 'option', id: `${list.id}-${index}`, 'aria-selected': String(chosen.has(item.value)), 'data-active': index === active ? '' : null,
        onclick: () => toggle(item),
      }, several && h('span', { class: 'check', 'aria-hidden': 'true' }, chosen.has(item.value) ? '✓' : ''), item.mark, h('span', { class: 'option-label' }, item.label), item.note && h('span', { class: 'option-note' }, item.note))),
      shown.length === 0 && h('div', { class: 'listbox-note' }, 'Nothing is called that.'));
      focus.setAttribute('aria-activedescendant', `${list.id}-${active}`);
      list.children[active]?.scrollIntoView?.({ block: 'nearest' });
      if (done) done.disabled = chosen.size < few;
    };
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close(null);
      else if (event.key === 'ArrowDown') active = Math.min(active + 1, shown.length - 1);
      else if (event.key === 'ArrowUp') active = Math.max(active - 1, 0);
      else if (event.key === 'Enter' && event.target !== done && shown[active]) toggle(shown[active]);
      else if (event.key === ' ' && !field && shown[active]) toggle(shown[active]);
      else return;
      event.preventDefault();
      event.stopPropagation();
      if (box.isConnected) draw();
    });
    field && field.addEventListener('input', () => {
      const words = field.value.toLowerCase();
      shown = items.filter((item) => item.label.toLowerCase().includes(words));
      active = 0;
      draw();
    });
    at('overlays').append(box);
    draw();
    beside(box, anchor);
    document.addEventListener('pointerdown', outside, true);
    focus.focus();
  });
}
