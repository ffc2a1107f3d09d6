/** Puts the page together. */

import { Composer } from './composer.js';
import { Context, toast } from './context.js';
import { Header } from './header.js';
import { Log } from './log.js';
import { Panel } from './panel.js';
import { Sidebar } from './sidebar.js';
import { store } from './state.js';
import { tick } from './time.js';
import { get } from './wire.js';

const sidebar = new Sidebar();
const panel = new Panel();
const header = new Header({ sidebar: () => sidebar.toggle(), panel: () => panel.toggle() });
const remark = (words, used) => log.remark(words, used);
const composer = new Composer(remark);
const context = new Context({
  reply: (message) => composer.reply(message),
  edit: (message) => composer.edit(message),
  mention: (user) => composer.mention(user),
  remark,
});
const log = new Log({
  reply: (message) => composer.reply(message),
  edit: (message) => composer.edit(message),
  menu: (message, where) => context.message(message, where),
  react: (message, emoji, on) => context.react(message, emoji, on),
  pickReaction: (message, anchor) => context.pickReaction(message, anchor),
});

/** Where a menu opens that was asked for by pointer or by key. */
function spot(event) {
  const box = event.target.getBoundingClientRect();
  const byKey = event.clientX === 0 && event.clientY === 0;
  return { x: byKey ? box.left + 24 : event.clientX, y: byKey ? box.top + 24 : event.clientY, focus: document.activeElement };
}

document.addEventListener('contextmenu', (event) => {
  const person = event.target.closest('[data-person]');
  const row = event.target.closest('.message[data-id]');
  if (!person && (!row || event.target.closest('a, input, textarea, .embed img') || getSelection().type === 'Range')) return;
  event.preventDefault();
  if (person) return void context.person(person.dataset.person, spot(event));
  const message = store.messages.find((known) => known.id === row.dataset.id);
  if (message) context.message(message, spot(event));
});

document.addEventListener('click', (event) => {
  const person = event.target.closest('[data-person]');
  if (person) context.person(person.dataset.person, person);
});

// Typing anywhere goes into the message box, as in any chat.
document.addEventListener('keydown', (event) => {
  const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  const idle = document.activeElement === document.body || document.activeElement?.matches('.log, .message, .place');
  if (plain && idle && event.key !== ' ' && !document.querySelector('dialog[open]')) composer.focus();
});

addEventListener('focus', () => store.markRead());

/** The address keeps who and where one is, so that a reload stays there. */
store.on('place', () => {
  if (store.channel) history.replaceState(null, '', `#${store.me}/${store.channel}`);
});

setInterval(() => {
  tick();
  header.draw();
}, 1000);

async function begin() {
  // By ids or by names: `#Ann/wins`.
  const [person, channel] = decodeURIComponent(location.hash.slice(1)).split('/');
  try {
    const { people } = await get('people');
    const named = people.find((one) => one.id === person || one.name.toLowerCase() === person.toLowerCase());
    const first = named ?? people[0];
    if (!first) return toast('There is nobody here yet.');
    return store.become(first.id, named ? channel : null);
  } catch (error) {
    toast(error.message);
    return setTimeout(begin, 2000);
  }
}

begin();
