/** What goes over the wire, and what can go wrong there; folded away until it is wanted. */

import { at, fill, h, iconButton } from './dom.js';
import { toast } from './context.js';
import { store } from './state.js';
import { act } from './wire.js';

const SHOWN = 200;
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hour12: false });
const fault = (body) => act('fault', body).catch((error) => toast(error.message));

/** An address without its long numbers and tokens, of which the ends tell enough. */
const shortened = (name) => name.replace(/\b\d{15,}\b/g, (id) => `…${id.slice(-4)}`).replace(/[\w-]{40,}/g, '…');

export class Panel {
  #box = at('panel');
  #switches = h('div', { class: 'switches' });
  #list = h('ol', { class: 'traffic' });
  #filter = h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter the traffic' });

  constructor() {
    this.#filter.addEventListener('input', () => this.#drawTraffic());
    this.#box.append(
      h('div', { class: 'panel-head' }, h('h2', {}, 'Faults'), iconButton('close', 'Close', () => this.toggle())),
      this.#switches,
      h('div', { class: 'panel-head' }, h('h2', {}, 'Traffic'), this.#filter),
      this.#list);
    this.#box.addEventListener('keydown', (event) => event.key === 'Escape' && this.toggle());
    for (const event of ['scene', 'place']) store.on(event, () => this.#drawSwitches());
    store.on('traffic', () => this.#drawTraffic());
  }

  toggle() {
    const open = this.#box.hidden;
    this.#box.hidden = !open;
    at('panel-button').setAttribute('aria-expanded', String(open));
    store.wantTraffic(open);
    if (open) {
      this.#drawSwitches();
      this.#box.querySelector('input')?.focus();
    } else at('panel-button').focus();
  }

  #drawSwitches() {
    if (this.#box.hidden || !store.scene) return;
    const focused = document.activeElement?.dataset?.fault;
    const { faults, refuses_dms: refuses, bot } = store.scene;
    const place = store.place();
    fill(this.#switches,
      this.#switch('dms', 'Block my direct messages', refuses, (on) => ({ fault: 'refuse_dms', as: store.me, on })),
      place?.guild && this.#switch('silence', `${bot.name} may not write in #${place.name}`, !place.bot_writes, (on) => ({ fault: 'silence', channel: place.id, on })),
      this.#switch('slow', 'Every request takes two seconds', faults.slow, (on) => ({ fault: 'lasting', which: 'slow', on })),
      this.#switch('down', 'Every request fails (503)', faults.down, (on) => ({ fault: 'lasting', which: 'down', on })),
      h('div', { class: 'once' },
        this.#once('limit', 'Limit the next message (429)'), this.#once('drop', 'Drop the connection'),
        this.#once('reconnect', 'Ask to reconnect'), this.#once('invalidate', 'End the session')));
    if (focused) this.#switches.querySelector(`[data-fault="${focused}"]`)?.focus();
  }

  #switch(name, label, on, body) {
    const input = h('input', { type: 'checkbox', role: 'switch', 'data-fault': name, onchange: () => fault(body(input.checked)) });
    input.checked = on;
    return h('label', { class: 'switch' }, input, h('span', {}, label));
  }

  #once(which, label) {
    return h('button', { type: 'button', class: 'button secondary', 'data-fault': which, onclick: () => fault({ fault: 'once', which }) }, label);
  }

  #drawTraffic() {
    if (this.#box.hidden) return;
    const words = this.#filter.value.toLowerCase();
    const newest = store.traffic.toReversed().filter((entry) => entry.name.toLowerCase().includes(words)).slice(0, SHOWN);
    const known = new Map([...this.#list.children].map((element) => [element.entry, element]));
    this.#list.replaceChildren(...newest.map((entry) => known.get(entry) ?? this.#entry(entry)));
    if (newest.length === 0) fill(this.#list, h('li', { class: 'subtext' }, 'Nothing yet.'));
  }

  /** An entry, whose bodies are drawn when it is opened. */
  #entry(entry) {
    const out = entry.way === 'out';
    const details = h('details', {}, h('summary', {},
      h('span', { class: ['way', out ? 'out' : 'in'], title: out ? 'Event to the bot' : 'Request of the bot' }, out ? '→' : '←'),
      h('span', { class: 'traffic-name', title: entry.name }, shortened(entry.name)),
      out ? null : h('span', { class: ['status', entry.status >= 400 && 'bad'] }, entry.status ?? '–'),
      h('time', {}, TIME.format(entry.at_ms))));
    details.addEventListener('toggle', () => {
      if (!details.open || details.children.length > 1) return;
      const body = (title, value) => value !== null && [h('small', {}, title), h('pre', {}, JSON.stringify(value, null, 2))];
      details.append(...[body(out ? 'Event' : 'Request', entry.body), !out && body('Answer', entry.answer)].flat().filter(Boolean));
    });
    const element = h('li', {}, details);
    element.entry = entry;
    return element;
  }
}
