/** Where one is, and what time it is there. */

import { at, fill, h, icon, iconButton } from './dom.js';
import { toast } from './context.js';
import { openMenu } from './menu.js';
import { store } from './state.js';
import { clock, date, fully, untilMonday } from './time.js';
import { act } from './wire.js';

export class Header {
  #box = at('header');
  #title = h('h1');
  #date = h('span', { class: 'clock-date' });
  #time = h('span');
  #state = h('span', { class: 'state', role: 'status' });

  /** @param {{sidebar: () => void, panel: () => void}} toggles */
  constructor({ sidebar, panel }) {
    const push = (event) => this.#push(event.currentTarget);
    fill(this.#box,
      iconButton('menu', 'Channels', sidebar, { class: 'icon-button narrow-only' }), this.#title, this.#state,
      h('button', { type: 'button', class: 'clock', id: 'clock', 'aria-haspopup': 'menu', title: 'Push the clock', onclick: push }, icon('clock'), this.#date, this.#time, icon('down')),
      iconButton('panel', 'Traffic and faults', panel, { id: 'panel-button', 'aria-expanded': 'false', 'aria-controls': 'panel' }));
    for (const event of ['scene', 'place', 'online']) store.on(event, () => this.draw());
  }

  draw() {
    const place = store.place();
    const direct = place?.guild === null;
    fill(this.#title, place && h('span', { class: 'at-mark', 'aria-hidden': 'true' }, direct ? '@' : '#'), place?.name ?? '');
    document.title = place ? `${direct ? '@' : '#'}${place.name} · Sandbox` : 'Sandbox';
    const now = store.now();
    this.#date.textContent = date(now);
    this.#time.textContent = clock(now);
    const ahead = (store.scene?.ahead_s ?? 0) > 59;
    this.#box.classList.toggle('ahead', ahead);
    at('clock')?.setAttribute('aria-label', `${fully(now)}${ahead ? ', pushed ahead' : ''}. Push the clock`);
    this.#state.textContent = !store.online ? 'The sandbox is not reachable' : store.scene && !store.scene.bot.online ? `${store.scene.bot.name} is offline` : '';
  }

  #push(button) {
    const by = (seconds) => act('time', { by_s: seconds }).catch((error) => toast(error.message));
    openMenu(button, [
      { label: 'Push the clock', title: true },
      { label: '+1 hour', run: () => by(3600) },
      { label: '+1 day', run: () => by(86_400) },
      { label: '+1 week', run: () => by(7 * 86_400) },
      { label: 'To next Monday 09:00', run: () => by(untilMonday()) },
    ], 'Push the clock');
  }
}
