/** Everything that goes to the server and comes from it. */

/** What the server said no to, in a sentence for the person. */
export class Refused extends Error {}

async function answer(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // Below, a refusal without words gets some.
  }
  if (!response.ok) throw new Refused(body.error ?? `The sandbox answered with ${response.status}.`);
  return body;
}

async function reach(request) {
  try {
    return await answer(await request);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('The sandbox does not answer. Is it still running?');
  }
}

/** Reads something: `get('messages', { as, channel })`. */
export function get(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  return reach(fetch(`/${path}?${new URLSearchParams(given)}`));
}

/** Does something: `act('say', { as, channel, text })`. */
export function act(path, body) {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return reach(fetch(`/act/${path}`, options));
}

/** The address of a file on a message, for the person who looks. */
export const fileAddress = (url, person) => `${url}?as=${person}`;

/** A file as the server wants it: name, and bytes in base64. */
export function packed(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Refused(`${file.name} cannot be read.`));
    reader.onload = () => resolve({ name: file.name, data: String(reader.result).split(',', 2)[1] ?? '' });
    reader.readAsDataURL(file);
  });
}

/**
 * A connection that tells what one person sees, and comes back when it breaks.
 *
 * @param {string} person
 * @param {{frame: (frame: object) => void, up: (again: boolean) => void, down: () => void}} told
 * @returns {{send: (wish: object) => void, close: () => void}}
 */
export function live(person, told) {
  let socket = null;
  let closed = false;
  let again = false;
  let wait = 250;
  const connect = () => {
    socket = new WebSocket(`ws://${location.host}/live?as=${person}`);
    socket.onopen = () => {
      wait = 250;
      told.up(again);
      again = true;
    };
    socket.onmessage = (event) => {
      if (!closed) told.frame(JSON.parse(event.data));
    };
    socket.onclose = () => {
      if (closed) return;
      told.down();
      setTimeout(() => closed || connect(), wait);
      wait = Math.min(wait * 2, 5000);
    };
  };
  connect();
  return {
    send: (wish) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(wish)),
    close: () => {
      closed = true;
      socket.close();
    },
  };
}
