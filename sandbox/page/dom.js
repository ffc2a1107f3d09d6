/**
 * Building the page. Text only ever becomes text: nothing here parses HTML, and the page's policy
 * (Trusted Types) forbids the browser to.
 */

/**
 * Makes an element. Properties beginning with `on` are listeners; `class` is a string or a list
 * in which falsy entries are left out; `null`, `undefined` and `false` leave an attribute out.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = [value].flat().filter(Boolean).join(' ');
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  add(element, children);
  return element;
}

/** Appends children, leaving out what is nothing. */
export function add(parent, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
  return parent;
}

/** Replaces what is in an element. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  return add(parent, ...children);
}

/** The element with an id, which the page's own HTML has. */
export const at = (id) => document.getElementById(id);

let counted = 0;
/** A new id, for ARIA's references. */
export const fresh = (prefix) => `${prefix}-${(counted += 1)}`;

const ICONS = {
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  reply: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6v1',
  react: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM8.500 14.500c1.800 2 5.200 2 7 0M9 9.500h.01M15 9.500h.01',
  edit: 'M4 20h4L19 9l-4-4L4 16z',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12 20 4l-5 16-3-7z',
  clock: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM12 7v5l3 2',
  menu: 'M4 7h16M4 12h16M4 17h16',
  panel: 'M4 5h16v14H4zM14 5v14',
  down: 'M6 9l6 6 6-6',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  eye: 'M2.500 12s3.500-6 9.500-6 9.500 6 9.500 6-3.500 6-9.500 6-9.500-6-9.500-6zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
};

/** A line drawing, 20 px, without a meaning of its own for screen readers. */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and says what it does. */
export function iconButton(name, label, onclick, more = {}) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick, ...more }, icon(name));
}

const HUES = [4, 28, 45, 95, 150, 174, 198, 220, 255, 285, 320, 342];

/** A round mark with somebody's initials, in a colour that goes with the name. */
export function avatar(user, size = 'usual') {
  const words = user.name.split(/\s+/).filter(Boolean);
  const initials = words.length > 1 ? [...words[0]][0] + [...words.at(-1)][0] : [...(words[0] ?? '?')].slice(0, 2).join('');
  const mark = h('span', { class: ['avatar', size, user.bot && 'bot'], 'aria-hidden': 'true' }, initials.toUpperCase());
  const sum = [...user.name].reduce((all, letter) => (all * 31 + letter.codePointAt(0)) % 9973, 7);
  mark.style.setProperty('--hue', HUES[sum % HUES.length]);
  return mark;
}
