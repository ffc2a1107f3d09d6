/** Embeds and files on messages. */

import { h, icon } from './dom.js';
import { markdown } from './render.js';
import { store } from './state.js';
import { when } from './time.js';
import { fileAddress } from './wire.js';

/** A box with a colour bar. */
export function embed(body, message) {
  const author = body.author?.name && h('div', { class: 'embed-author' }, linkedOr(body.author.url, body.author.name));
  const title = body.title && h('div', { class: 'embed-title' }, linkedOr(body.url, markdown(body.title, message, { inline: true })));
  const description = body.description && markdown(body.description, message);
  const stamp = body.timestamp ? when(Date.parse(body.timestamp)) : null;
  const footer = [body.footer?.text, stamp].filter(Boolean).join(' · ');
  const box = h('article', { class: 'embed' },
    h('div', { class: 'embed-words' }, author, title, description && h('div', { class: 'embed-description' }, description), fields(body.fields ?? [], message)),
    body.thumbnail && image(body.thumbnail, 'thumbnail'),
    body.image && image(body.image, 'embed-image', body.title),
    footer && h('div', { class: 'embed-footer' }, footer));
  if (Number.isInteger(body.color)) box.style.setProperty('--bar', `#${body.color.toString(16).padStart(6, '0')}`);
  return box;
}

function linkedOr(url, content) {
  return url && /^https?:/.test(url) ? h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, content) : content;
}

function fields(list, message) {
  if (list.length === 0) return null;
  return h('dl', { class: 'embed-fields' }, list.map((field) => h('div', { class: ['embed-field', field.inline && 'inline'] },
    h('dt', {}, markdown(field.name, message, { inline: true })), h('dd', {}, markdown(field.value, message)))));
}

/** A picture of the page's own server; one from elsewhere is named, as the page loads nothing. */
function image(place, kind, alt = '') {
  const url = place.url ?? '';
  if (!url.startsWith('/attachments/')) return h('div', { class: `${kind} elsewhere` }, linkedOr(url, 'A picture from elsewhere'));
  return h('img', { class: kind, src: fileAddress(url, store.me), alt, loading: 'lazy' });
}

/** A file: shown if it is a picture, else offered. */
export function attachment(file) {
  const address = fileAddress(file.url, store.me);
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.content_type ?? '')) {
    const picture = h('img', { src: address, alt: file.description ?? file.filename, loading: 'lazy', width: file.width, height: file.height });
    return h('a', { class: 'picture', href: address, target: '_blank' }, picture);
  }
  return h('a', { class: 'file', href: address, download: file.filename },
    icon('file'), h('span', {}, h('strong', {}, file.filename), h('small', {}, size(file.size))));
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

