/** Forms (Discord calls them modals). */

import { add, at, fresh, h } from './dom.js';
import { entities } from './entities.js';
import { markdown } from './render.js';
import { store } from './state.js';
import { act } from './wire.js';

/**
 * Opens a form that an interaction came to.
 *
 * @param {{interaction: string, form: object}} came
 * @param {string} channel
 */
export function openForm({ interaction, form }, channel) {
  const before = document.activeElement;
  const person = store.me;
  const title = fresh('form');
  const fields = form.components.map(field);
  const problem = h('p', { class: 'problem', role: 'alert' });
  const submit = h('button', { type: 'submit', class: 'button primary' }, 'Submit');
  const close = () => dialog.close();
  const send = async (event) => {
    event.preventDefault();
    problem.textContent = '';
    submit.setAttribute('aria-busy', 'true');
    const values = Object.fromEntries(fields.filter((one) => one.id).map((one) => [one.id, one.value()]));
    try {
      const came = await act('form', { as: person, channel, interaction, values });
      if (came.outcome === 'failed') problem.textContent = 'Something went wrong: the application did not respond. Try again.';
      else close();
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      submit.removeAttribute('aria-busy');
    }
  };
  const dialog = h('dialog', { class: 'form', 'aria-labelledby': title },
    h('form', { onsubmit: send, novalidate: true },
      h('h2', { id: title }, form.title),
      h('p', { class: 'subtext' }, `This form goes to ${store.scene?.bot.name ?? 'the application'}.`),
      fields.map((one) => one.element),
      problem,
      h('div', { class: 'form-foot' }, h('button', { type: 'button', class: 'button secondary', onclick: close }, 'Cancel'), submit)));
  dialog.addEventListener('close', () => {
    dialog.remove();
    before?.focus?.();
  });
  at('overlays').append(dialog);
  dialog.showModal();
  dialog.querySelector('input, textarea, select')?.focus();
}

/** A row or label: its element, its custom id, and what is in it. */
function field(row) {
  if (row.type === 10) return { element: markdown(row.content) };
  const inner = row.component ?? row.components?.[0] ?? {};
  const id = fresh('field');
  const required = inner.required ?? true;
  const control = inner.type === 4 ? words(inner, id, required) : list(inner, id, required);
  const label = h('label', { for: id }, inner.label ?? row.label ?? '', required && h('span', { class: 'needed', title: 'Required' }, ' *'));
  const element = add(h('div', { class: 'field' }), label, row.description && h('p', { class: 'subtext' }, row.description), control.element, control.note);
  return { element, id: inner.custom_id, value: control.value };
}

function words(inner, id, required) {
  const most = inner.max_length ?? 4000;
  const long = inner.style === 2;
  const element = h(long ? 'textarea' : 'input', {
    id, value: inner.value ?? '', placeholder: inner.placeholder, maxlength: most, minlength: inner.min_length || null,
    'aria-required': String(required), type: long ? null : 'text', rows: long ? '5' : null,
  });
  const note = h('p', { class: 'subtext count-note' });
  const count = () => {
    note.textContent = most < 4000 || element.value.length > 3000 ? `${[...element.value].length} of ${most}` : '';
  };
  element.addEventListener('input', count);
  // Enter sends from a line; from a paragraph with Ctrl.
  if (long) element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) element.form.requestSubmit();
  });
  count();
  return { element, note, value: () => element.value };
}

function list(inner, id, required) {
  const most = inner.max_values ?? 1;
  const items = inner.type === 3 || inner.options
    ? inner.options.map((option) => ({ value: option.value, label: option.label, chosen: option.default }))
    : entities(inner.type, inner.channel_types);
  const element = h('select', { id, multiple: most > 1, 'aria-required': String(required) },
    most === 1 && h('option', { value: '' }, inner.placeholder ?? 'Choose'),
    items.map((item) => h('option', { value: item.value, selected: item.chosen }, item.label)));
  return { element, value: () => [...element.selectedOptions].map((option) => option.value).filter(Boolean) };
}
