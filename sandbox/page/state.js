/**
 * What the page knows: who one is, where, and what is to be seen there. One store, told by the
 * server; views listen to it and draw.
 *
 * Events: `scene` (people, channels, unread marks), `place` (another channel or person), `log`
 * (the messages of the current channel were loaded anew), `older` (older ones were put in front),
 * `message` ({message, what}: shown, edited, reacted, or touched by what happened to another), `gone` ({id}), `wanted` (the id of a message to
 * bring into sight), `traffic`, `online`.
 */

import { act, get, live } from './wire.js';

const PAGE = 50;

class Store extends EventTarget {
  /** @type {object|null} the scene as the server last told it */
  scene = null;
  me = null;
  channel = null;
  /** Messages of the current channel, oldest first. */
  messages = [];
  more = false;
  lastRead = '0';
  online = false;
  traffic = [];
  #wire = null;
  #loading = 0;
  /** The older messages on their way. */
  #older = null;
  #commands = new Map();
  #traffic = false;
  #remembered = new Map();

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  on(name, listener) {
    this.addEventListener(name, (event) => listener(event.detail));
  }

  /** Becomes a person; the view follows. */
  become(person, channel = null) {
    if (this.me) this.#remembered.set(this.me, this.channel);
    this.#wire?.close();
    this.me = person;
    this.channel = channel ?? this.#remembered.get(person) ?? this.channel;
    this.scene = null;
    this.messages = [];
    this.#commands.clear();
    this.#wire = live(person, {
      frame: (frame) => this.#told(frame),
      up: (again) => {
        this.online = true;
        this.tell('online');
        if (this.#traffic) this.wantTraffic(true);
        if (again && this.channel) this.#load();
      },
      down: () => {
        this.online = false;
        this.tell('online');
      },
    });
  }

  /** Goes to another channel. */
  go(channel) {
    if (channel === this.channel) return;
    this.channel = channel;
    this.messages = [];
    this.#load();
    this.tell('place');
  }

  /** Goes to a message, wherever it is; it is brought into sight once it is loaded. */
  goTo(channel, message) {
    if (channel === this.channel) return this.tell('wanted', message);
    this.addEventListener('log', () => this.tell('wanted', message), { once: true });
    return this.go(channel);
  }

  #told(frame) {
    switch (frame.t) {
      case 'scene': return this.#toldScene(frame.scene);
      case 'message': return this.#toldMessage(frame);
      case 'gone': return this.#toldGone(frame);
      case 'behind': return this.#load();
      case 'traffic':
        this.traffic = (frame.fresh ? frame.entries : [...this.traffic, ...frame.entries]).slice(-300);
        return this.tell('traffic');
      default: return undefined;
    }
  }

  #toldScene(scene) {
    const first = this.scene === null;
    if (this.scene && this.scene.commands !== scene.commands) this.#commands.clear();
    this.scene = scene;
    const known = this.places();
    const lost = !known.some((place) => place.id === this.channel);
    if (lost) this.channel = (known.find((place) => place.name === this.channel) ?? known[0])?.id ?? null;
    this.tell('scene');
    if (first || lost) {
      this.tell('place');
      this.#load();
    }
  }

  #toldMessage({ what, message }) {
    if (message.channel_id !== this.channel) return;
    const index = this.messages.findIndex((known) => known.id === message.id);
    if (index >= 0) this.messages[index] = message;
    else if (this.#belongs(message)) this.#insert(message);
    else return;
    this.tell('message', { message, what });
    if (what === 'shown' && document.hasFocus()) this.markRead();
  }

  /** Whether a message stands within what is loaded, and is not older than that. */
  #belongs(message) {
    return !this.more || this.messages.length === 0 || BigInt(message.id) > BigInt(this.messages[0].id);
  }

  #insert(message) {
    let index = this.messages.length;
    while (index > 0 && BigInt(this.messages[index - 1].id) > BigInt(message.id)) index -= 1;
    this.messages.splice(index, 0, message);
  }

  #toldGone({ id, channel }) {
    if (channel !== this.channel) return;
    this.messages = this.messages.filter((message) => message.id !== id);
    this.tell('gone', { id });
    // What answered it now answers nothing.
    for (const [index, message] of this.messages.entries()) {
      if (message.shown.replied?.id !== id) continue;
      const orphan = { ...message, referenced_message: null, shown: { ...message.shown, replied: null } };
      this.messages[index] = orphan;
      this.tell('message', { message: orphan, what: 'touched' });
    }
  }

  async #load() {
    const place = { as: this.me, channel: this.channel };
    if (!place.channel) return;
    const turn = (this.#loading += 1);
    const loaded = await get('messages', { ...place, count: PAGE }).catch(() => null);
    if (turn !== this.#loading || !loaded) return;
    this.messages = loaded.messages;
    this.more = loaded.more;
    this.lastRead = loaded.last_read;
    this.tell('log');
    this.markRead();
  }

  /** Loads what came before; who asks meanwhile waits for the same. */
  loadOlder() {
    this.#older ??= this.#fetchOlder().finally(() => {
      this.#older = null;
    });
    return this.#older;
  }

  async #fetchOlder() {
    const oldest = this.messages[0];
    if (!this.more || !oldest) return;
    const turn = this.#loading;
    const loaded = await get('messages', { as: this.me, channel: this.channel, before: oldest.id, count: PAGE });
    if (turn !== this.#loading) return;
    this.more = loaded.more;
    this.messages.unshift(...loaded.messages);
    this.tell('older', { count: loaded.messages.length });
  }

  /** Everything in the current channel is read. */
  markRead() {
    const last = this.messages.at(-1);
    const place = this.place();
    if (!last || !place || place.unread === 0) return;
    act('read', { as: this.me, channel: this.channel, message: last.id }).catch(() => {});
  }

  /** Starts or stops hearing of what goes over the wire. */
  wantTraffic(on) {
    this.#traffic = on;
    this.#wire?.send({ t: 'traffic', on });
  }

  /** The commands and menus that are offered here. */
  commands() {
    const key = this.channel;
    if (!this.#commands.has(key)) {
      const asked = get('commands', { as: this.me, channel: key }).then((found) => found.commands);
      this.#commands.set(key, asked);
      asked.catch(() => this.#commands.delete(key));
    }
    return this.#commands.get(key);
  }

  /** All channels that the person sees, direct ones last. */
  places() {
    if (!this.scene) return [];
    return [...this.scene.guilds.flatMap((guild) => guild.channels), ...this.scene.directs];
  }

  place(id = this.channel) {
    return this.places().find((place) => place.id === id) ?? null;
  }

  guild(id = this.place()?.guild) {
    return this.scene?.guilds.find((guild) => guild.id === id) ?? null;
  }

  /** Who one is, as the scene describes them. */
  self() {
    return this.scene?.people.find((person) => person.id === this.me) ?? null;
  }

  /** A user by id, as far as known here. */
  user(id) {
    const known = this.scene?.users[id];
    return known ? { id, ...known } : null;
  }

  /** The people of the current place: its server's members, or both ends of a direct channel. */
  members() {
    const guild = this.guild();
    const ids = guild ? guild.members : [this.me, this.scene.bot.id];
    return ids.map((id) => this.user(id) ?? (id === this.scene.bot.id ? { ...this.scene.bot, bot: true } : null)).filter(Boolean);
  }

  /** The time by the bot's clock, in milliseconds. */
  now() {
    return Date.now() + (this.scene?.ahead_s ?? 0) * 1000;
  }
}

export const store = new Store();
