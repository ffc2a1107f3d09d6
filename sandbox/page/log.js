/**
 * The messages of the current channel. Rows are made once and replaced when their message changes;
 * the browser skips what is out of sight (`content-visibility`), and older messages are loaded when
 * one scrolls up to them.
 */

import { at, fill, h } from './dom.js';
import { continues, moment, row } from './message.js';
import { store } from './state.js';
import { day, sameDay } from './time.js';

/** So close to the end one is still "at the end". */
const NEAR = 80;
/** More rows than this are let go of at the top, while one looks at the end. */
const KEPT = 1500;

export class Log {
  #acts;
  #box = at('log');
  #list = h('ol', { class: 'messages' });
  #top = h('div', { class: 'log-top' });
  #rows = new Map();
  #problems = new Map();
  #atEnd = true;
  #marked = null;

  constructor(acts) {
    this.#acts = { ...acts, failed: (message, words) => this.#failed(message, words) };
    this.#box.append(this.#top, this.#list);
    this.#box.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new IntersectionObserver((seen) => {
      if (seen.some((entry) => entry.isIntersecting)) store.loadOlder().catch(() => {});
    }, { root: this.#box, rootMargin: '600px 0px 0px 0px' }).observe(this.#top);
    // Pictures that load and rows that come into sight change heights: the end stays in sight.
    const follow = new ResizeObserver(() => this.#atEnd && this.toEnd());
    follow.observe(this.#list);
    follow.observe(this.#box);
    store.on('place', () => this.#empty());
    store.on('log', () => this.#redraw());
    store.on('older', ({ count }) => this.#older(count));
    store.on('message', ({ message, what }) => this.#put(message, what));
    store.on('gone', ({ id }) => this.#take(id));
    store.on('wanted', (id) => this.#jump(id));
    this.#box.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Scrolls to the latest message. */
  toEnd() {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#atEnd = true;
  }

  /** Brings a message into sight, loading older ones until it is there. */
  async #jump(id) {
    const channel = store.channel;
    while (!this.#rows.has(id) && store.more && store.channel === channel) await store.loadOlder();
    const found = this.#rows.get(id);
    if (!found) return;
    this.#atEnd = false;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: 'center' });
    found.classList.add('found');
    found.addEventListener('animationend', () => found.classList.remove('found'), { once: true });
  }

  /** A line below the messages that is not one of them: the last command that went wrong. */
  remark(words, used) {
    const dismiss = () => note.remove();
    const note = h('li', { class: 'message remark ephemeral', role: 'alert' }, h('div', { class: 'body' },
      used && h('div', { class: 'headline' }, used), h('p', {}, words),
      h('p', { class: 'only-you' }, 'Only you can see this · ', h('button', { type: 'button', class: 'link', onclick: dismiss }, 'Dismiss message'))));
    this.#list.append(note);
    this.toEnd();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #empty() {
    this.#rows.clear();
    this.#problems.clear();
    this.#list.replaceChildren();
    this.#top.replaceChildren();
    this.#atEnd = true;
  }

  #redraw() {
    this.#rows.clear();
    const unread = store.messages.find((message) => BigInt(message.id) > BigInt(store.lastRead) && message.author.id !== store.me);
    this.#marked = store.messages.some((message) => BigInt(message.id) <= BigInt(store.lastRead)) ? (unread?.id ?? null) : null;
    const made = store.messages.map((message, index) => this.#make(message, store.messages[index - 1]));
    fill(this.#list, made);
    this.#beginning();
    this.toEnd();
  }

  #beginning() {
    const place = store.place();
    if (store.more || !place) return this.#top.replaceChildren();
    const direct = place.guild === null;
    return fill(this.#top, h('h2', {}, direct ? place.name : `# ${place.name}`),
      h('p', {}, direct ? `This is the beginning of your direct messages with ${place.name}.` : `This is the beginning of #${place.name}.`));
  }

  #make(message, before) {
    const element = row(message, { compact: continues(message, before) && message.id !== this.#marked }, this.#acts);
    const at_ = moment(message.id);
    if (!before || !sameDay(moment(before.id), at_)) element.dataset.day = day(at_);
    if (message.id === this.#marked) element.classList.add('first-unread');
    const problem = this.#problems.get(message.id);
    if (problem) element.querySelector('.body').append(this.#problem(problem));
    this.#rows.set(message.id, element);
    return element;
  }

  #older(count) {
    const height = this.#box.scrollHeight - this.#box.scrollTop;
    const made = store.messages.slice(0, count).map((message, index) => this.#make(message, store.messages[index - 1]));
    this.#list.prepend(...made);
    this.#again(count);
    this.#beginning();
    this.#box.scrollTop = this.#box.scrollHeight - height;
  }

  #put(message, what) {
    const index = store.messages.indexOf(message);
    const old = this.#rows.get(message.id);
    const made = this.#make(message, store.messages[index - 1]);
    if (old) {
      const focused = old.contains(document.activeElement);
      old.replaceWith(made);
      if (focused) made.querySelector('button, a')?.focus();
    } else {
      const next = store.messages[index + 1];
      this.#list.insertBefore(made, next ? this.#rows.get(next.id) : null);
      this.#again(index + 1);
    }
    if (message.author.id === store.me && what === 'shown') this.toEnd();
    this.#trim();
    if (what === 'shown' || what === 'edited') this.#announce(message);
  }

  #take(id) {
    const element = this.#rows.get(id);
    if (!element) return;
    const next = element.nextElementSibling?.dataset.id;
    this.#rows.delete(id);
    element.remove();
    if (next) this.#again(store.messages.findIndex((message) => message.id === next));
    if (element.contains(document.activeElement)) this.#box.focus();
  }

  /** Draws one row anew, as what stands before it changed. */
  #again(index) {
    const message = store.messages[index];
    const old = message && this.#rows.get(message.id);
    if (old) old.replaceWith(this.#make(message, store.messages[index - 1]));
  }

  #trim() {
    if (!this.#atEnd || store.messages.length <= KEPT) return;
    for (const message of store.messages.splice(0, store.messages.length - KEPT / 2)) {
      this.#rows.get(message.id)?.remove();
      this.#rows.delete(message.id);
    }
    store.more = true;
    this.#beginning();
  }

  #failed(message, words) {
    if (words) this.#problems.set(message.id, words);
    else this.#problems.delete(message.id);
    const body = this.#rows.get(message.id)?.querySelector('.body');
    body?.querySelector(':scope > .problem')?.remove();
    if (words) body?.append(this.#problem(words));
  }

  #problem(words) {
    return h('p', { class: 'problem', role: 'alert' }, words);
  }

  /** Says a message for whoever listens. */
  #announce(message) {
    if (message.shown.thinking || message.author.id === store.me) return;
    const words = this.#rows.get(message.id)?.querySelector('.words, .embed')?.textContent ?? '';
    at('said').textContent = `${message.shown.name}: ${words.slice(0, 300)}`;
  }

  /** Arrows go from message to message. */
  #key(event) {
    const row = event.target.closest('.message[data-id]');
    if (event.key === 'Enter' && row === event.target) {
      const message = store.messages.find((known) => known.id === row.dataset.id);
      event.preventDefault();
      const box = row.getBoundingClientRect();
      if (message) this.#acts.menu(message, { x: box.left + 60, y: box.top + 24, focus: row });
      return;
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const rows = [...this.#list.children].filter((element) => element.dataset.id);
    const current = document.activeElement.closest?.('.message');
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const next = current ? rows[rows.indexOf(current) + step] : rows.at(-1);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
