/** Times as each reader sees them: in the zone and the language of their browser. */

import { h } from './dom.js';
import { store } from './state.js';

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const STYLES = {
  t: format({ timeStyle: 'short' }),
  T: format({ timeStyle: 'medium' }),
  d: format({ dateStyle: 'short' }),
  D: format({ dateStyle: 'long' }),
  f: format({ dateStyle: 'long', timeStyle: 'short' }),
  F: format({ dateStyle: 'full', timeStyle: 'short' }),
  s: format({ dateStyle: 'short', timeStyle: 'short' }),
  S: format({ dateStyle: 'short', timeStyle: 'medium' }),
};
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const UNITS = [['year', 31_557_600], ['month', 2_629_800], ['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];

/** "in 3 hours", "2 days ago". */
export function relative(ms, now = store.now()) {
  const seconds = Math.round((ms - now) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

/** A date and time in one of Discord's styles; `R` ticks. */
export function stamp(seconds, style = 'f') {
  const ms = seconds * 1000;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return h('span', {}, '<t:…>');
  const text = style === 'R' ? relative(ms) : (STYLES[style] ?? STYLES.f).format(ms);
  const properties = { class: 'stamp', datetime: new Date(ms).toISOString(), title: STYLES.F.format(ms) };
  if (style === 'R') properties['data-relative'] = ms;
  return h('time', properties, text);
}

export const clock = (ms) => STYLES.t.format(ms);
export const fully = (ms) => STYLES.F.format(ms);
export const day = (ms) => format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
const DATE = format({ weekday: 'short', day: 'numeric', month: 'short' });
export const date = (ms) => DATE.format(ms);

/** "14:05" for today, else with the day. */
export function when(ms) {
  const days = calendarDays(ms, store.now());
  if (days === 0) return clock(ms);
  if (days === 1) return `Yesterday, ${clock(ms)}`;
  return STYLES.s.format(ms);
}

function calendarDays(from, to) {
  const start = (ms) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((start(to) - start(from)) / 86_400_000);
}

export const sameDay = (one, other) => calendarDays(one, other) === 0;

/** Seconds from now to the next Monday, nine o'clock, in the reader's zone. */
export function untilMonday(now = store.now()) {
  const then = new Date(now);
  then.setHours(9, 0, 0, 0);
  do then.setDate(then.getDate() + 1); while (then.getDay() !== 1);
  return Math.ceil((then.getTime() - now) / 1000);
}

/** Keeps relative times true. */
export function tick() {
  for (const element of document.querySelectorAll('[data-relative]')) {
    const text = relative(Number(element.dataset.relative));
    if (element.textContent !== text) element.textContent = text;
  }
}
