/** Channels and direct messages, and who one is. */

import { at, avatar, fill, h, icon } from './dom.js';
import { openMenu } from './menu.js';
import { store } from './state.js';

const count = (number) => (number > 99 ? '99+' : String(number));

export class Sidebar {
  #box = at('sidebar');
  #app = at('app');

  constructor() {
    store.on('scene', () => this.#draw());
    store.on('place', () => {
      this.#draw();
      this.close();
    });
    at('scrim').addEventListener('click', () => this.close());
    this.#box.addEventListener('keydown', (event) => this.#key(event));
  }

  /** On a phone the channels lie above the messages. */
  toggle() {
    this.#app.classList.toggle('drawer');
    if (this.#app.classList.contains('drawer')) this.#box.querySelector('.place')?.focus();
  }

  close() {
    this.#app.classList.remove('drawer');
  }

  #draw() {
    if (!store.scene) return;
    const focused = this.#box.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    const { guilds, directs } = store.scene;
    fill(this.#box,
      h('div', { class: 'places' },
        guilds.map((guild) => h('section', {}, h('h2', {}, guild.name), h('ul', {}, guild.channels.map((place) => h('li', {}, this.#place(place)))))),
        h('section', {}, h('h2', {}, 'Direct messages'), h('ul', {}, directs.map((place) => h('li', {}, this.#place(place)))))),
      this.#self());
    if (focused) this.#box.querySelector(`[data-place="${focused}"]`)?.focus();
  }

  #place(place) {
    const here = place.id === store.channel;
    const direct = place.guild === null;
    const unread = !here && place.unread > 0;
    const mark = direct ? avatar({ ...store.scene.bot, bot: true }, 'small') : h('span', { class: 'at-mark', 'aria-hidden': 'true' }, place.parent ? '⤷' : '#');
    const says = unread ? `, ${place.unread} unread${place.pings ? `, ${place.pings} for you` : ''}` : '';
    return h('button', {
      type: 'button', class: ['place', unread && 'unread', place.parent && 'thread'], 'data-place': place.id, 'aria-current': here ? 'page' : null,
      'aria-label': `${place.name}${place.private ? ', private' : ''}${says}`, onclick: () => (here ? this.close() : store.go(place.id)),
    }, mark, h('span', { class: 'place-name' }, place.name), place.private && icon('lock'),
    unread && (place.pings > 0 ? h('span', { class: 'badge' }, count(place.pings)) : h('span', { class: 'dot' })));
  }

  #self() {
    const self = store.self();
    if (!self) return null;
    const waiting = store.scene.people.reduce((sum, person) => sum + person.pings, 0);
    return h('div', { class: 'self' }, h('button', {
      type: 'button', class: 'self-button', id: 'self', 'aria-haspopup': 'menu', 'aria-label': `You are ${self.name}. Be somebody else`,
      onclick: (event) => this.#choose(event.currentTarget),
    }, avatar(self), h('span', { class: 'self-name' }, h('small', {}, 'You are'), h('b', {}, self.name)),
    waiting > 0 && h('span', { class: 'badge quiet', title: 'Others have been mentioned' }, count(waiting)), icon('down')));
  }

  #choose(button) {
    const entries = store.scene.people.map((person) => ({
      label: person.name, mark: avatar(person, 'small'), chosen: person.id === store.me,
      note: person.pings > 0 ? count(person.pings) : null, run: () => store.become(person.id),
    }));
    openMenu(button, [{ label: 'Be somebody else', title: true }, ...entries], 'Be somebody else');
  }

  /** Arrows go from channel to channel. */
  #key(event) {
    if (event.key === 'Escape') this.close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const all = [...this.#box.querySelectorAll('.place, .self-button')];
    const next = all[all.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
