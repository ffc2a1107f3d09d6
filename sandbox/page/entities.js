/** People, roles and channels as items to choose from. */

import { avatar, h } from './dom.js';
import { store } from './state.js';

const person = (user) => ({ value: user.id, label: user.name, mark: avatar(user, 'small'), note: user.bot ? 'APP' : null });
const role = (one) => ({ value: one.id, label: one.name, mark: h('span', { class: 'at-mark', 'aria-hidden': 'true' }, '@'), note: 'Role' });
const channel = (place) => ({ value: place.id, label: place.name, mark: h('span', { class: 'at-mark', 'aria-hidden': 'true' }, '#') });

/** The people here; apps come last, so that Enter on an untouched list does not pick one. */
export const people = () => store.members().toSorted((one, other) => Boolean(one.bot) - Boolean(other.bot)).map(person);

/** The roles of this server. */
export const roles = () => (store.guild()?.roles ?? []).map(role);

/** The channels of this server, of certain types if they are given. */
export function channels(types) {
  const all = store.guild()?.channels ?? [];
  return all.filter((place) => !types?.length || types.includes(place.kind)).map(channel);
}

/** What a select offers: 5 people, 6 roles, 7 both, 8 channels. */
export function entities(kind, types) {
  switch (kind) {
    case 5: return people();
    case 6: return roles();
    case 7: return [...people(), ...roles()];
    default: return channels(types);
  }
}
