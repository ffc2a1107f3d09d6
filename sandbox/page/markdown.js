/**
 * Discord's markdown, read into a tree. Nothing here knows the page: `tests` and `render.js` read
 * the same nodes.
 *
 * A node is `{t: 'text', text}`, `{t: 'code', text}`, `{t: 'block', language, text}`,
 * `{t: 'link', url, nodes}`, `{t: 'user'|'role'|'channel', id}`, `{t: 'command', name}`,
 * `{t: 'emoji', name, id}`, `{t: 'time', seconds, style}`, `{t: 'everyone', text}`, `{t: 'break'}`,
 * `{t: 'list', ordered, start, items}`, or a span with `nodes`: `bold`, `italic`, `underline`,
 * `strike`, `spoiler`, `quote`, `heading` (with `level`), `subtext`.
 */

const MARKS = [
  ['***', 'bold-italic'], ['**', 'bold'], ['__', 'underline'], ['~~', 'strike'], ['||', 'spoiler'], ['*', 'italic'], ['_', 'italic'],
];
/** Deeper nesting stays text, so that no message can exhaust the stack. */
const DEEPEST = 12;

/** Reads a message's text. With `inline` (titles, labels) lines have no meaning of their own. */
export function parse(text, { inline = false } = {}) {
  return inline ? readInline(text, 0) : readBlocks(text, 0);
}

function readBlocks(text, depth) {
  const nodes = [];
  let rest = text;
  let prose = [];
  const flush = () => {
    if (prose.length) push(nodes, readInline(prose.join('\n'), depth));
    prose = [];
  };
  while (rest.length) {
    const fenced = /^```(?:([\w+#.-]*)\n)?([^]*?)```\n?/.exec(rest);
    if (fenced && fenced[2].trim()) {
      flush();
      nodes.push({ t: 'block', language: fenced[1] ?? '', text: fenced[2].replace(/^\n+|\s+$/g, '') });
      rest = rest.slice(fenced[0].length);
      continue;
    }
    const line = /^[^\n]*/.exec(rest)[0];
    const block = depth < DEEPEST ? readBlock(rest, line, depth) : null;
    if (block) {
      flush();
      nodes.push(block.node);
      rest = rest.slice(block.length);
      continue;
    }
    const fence = line.indexOf('```');
    if (fence > 0 && rest.indexOf('```', fence + 3) > 0) {
      prose.push(line.slice(0, fence));
      rest = rest.slice(fence);
      flush();
      continue;
    }
    prose.push(line);
    rest = rest.slice(line.length);
    if (rest.length) {
      rest = rest.slice(1);
      if (!rest.length) prose.push('');
    }
  }
  flush();
  return nodes;
}

function readBlock(rest, line, depth) {
  const upto = (count) => Math.min(rest.length, count + 1);
  if (line.startsWith('>>> ')) return { node: { t: 'quote', nodes: readBlocks(rest.slice(4), depth + 1) }, length: rest.length };
  if (line.startsWith('> ') || line === '>') {
    const quoted = /^(?:>(?: [^\n]*|(?=\n|$))(?:\n|$))+/.exec(rest)?.[0];
    if (!quoted) return null;
    const text = quoted.replace(/\n$/, '').split('\n').map((part) => part.slice(2)).join('\n');
    return { node: { t: 'quote', nodes: readBlocks(text, depth + 1) }, length: quoted.length };
  }
  const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
  if (heading) return { node: { t: 'heading', level: heading[1].length, nodes: readInline(heading[2], depth + 1) }, length: upto(line.length) };
  const small = /^-# +(\S.*)$/.exec(line);
  if (small) return { node: { t: 'subtext', nodes: readInline(small[1], depth + 1) }, length: upto(line.length) };
  return readList(rest, line, depth);
}

const ITEM = /^( *)(?:([-*])|(\d{1,9})\.) +(\S.*)$/;

function readList(rest, line, depth) {
  const first = ITEM.exec(line);
  if (!first) return null;
  const lines = [];
  let length = 0;
  for (const next of rest.split('\n')) {
    if (!ITEM.test(next) && !(lines.length && /^ {2,}\S/.test(next))) break;
    lines.push(next);
    length += next.length + 1;
  }
  return { node: listOf(lines, depth), length: Math.min(length, rest.length) };
}

function listOf(lines, depth) {
  const [, indent, , number] = ITEM.exec(lines[0]);
  const items = [];
  let inner = [];
  const close = () => {
    if (inner.length && items.length) {
      const strip = /^ */.exec(inner[0])[0].length;
      const text = inner.map((line) => line.slice(Math.min(strip, /^ */.exec(line)[0].length))).join('\n');
      items.at(-1).push(...(depth < DEEPEST ? readBlocks(text, depth + 1) : [{ t: 'text', text }]));
    }
    inner = [];
  };
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item && item[1].length <= indent.length) {
      close();
      items.push(readInline(item[4], depth + 1));
    } else inner.push(line);
  }
  close();
  return { t: 'list', ordered: number !== undefined, start: Number(number ?? 1), items };
}

function readInline(text, depth) {
  const nodes = [];
  let plain = '';
  let position = 0;
  const flush = () => {
    if (plain) nodes.push({ t: 'text', text: plain });
    plain = '';
  };
  // Each kind of mark is looked for to its end at most once in vain, so that reading stays linear.
  const hopeless = new Set();
  while (position < text.length) {
    const found = readOne(text, position, depth, hopeless);
    if (found) {
      if (found.node.t === 'text') plain += found.node.text;
      else {
        flush();
        nodes.push(found.node);
      }
      position = found.end;
    } else {
      plain += text[position];
      position += 1;
    }
  }
  flush();
  return nodes;
}

function readOne(text, position, depth, hopeless) {
  const character = text[position];
  if (character === '\\' && /[^\w\s]/.test(text[position + 1] ?? '')) {
    return { node: { t: 'text', text: text[position + 1] }, end: position + 2 };
  }
  if (character === '\n') return { node: { t: 'break' }, end: position + 1 };
  if (character === '`') return readCode(text, position);
  if (character === '<') return readAngle(text.slice(position, position + 2100), position);
  if (character === '@') {
    const everyone = /^@(?:everyone|here)\b/.exec(text.slice(position, position + 10));
    return everyone && { node: { t: 'everyone', text: everyone[0] }, end: position + everyone[0].length };
  }
  if (character === 'h') {
    const before = text[position - 1] ?? ' ';
    const url = /\w/.test(before) ? null : /^https?:\/\/[^\s<>]+/.exec(text.slice(position, position + 2100));
    if (!url) return null;
    const address = url[0].replace(/[.,:;"'\])*_~|!?]+$/, '');
    return linked(address, [{ t: 'text', text: address }], position + address.length);
  }
  if (depth >= DEEPEST) return null;
  if (character === '[') return readLink(text, position, depth);
  return readSpan(text, position, depth, hopeless);
}

function readCode(text, position) {
  const ticks = /^`+/.exec(text.slice(position))[0];
  const from = position + ticks.length;
  for (let end = text.indexOf(ticks, from); end >= 0; end = text.indexOf(ticks, end + 1)) {
    if (text[end + ticks.length] === '`' || text[end - 1] === '`') continue;
    const inside = text.slice(from, end);
    return inside.trim() ? { node: { t: 'code', text: inside.trim() }, end: end + ticks.length } : null;
  }
  return { node: { t: 'text', text: ticks }, end: from };
}

const ANGLES = [
  [/^<@!?(\d{1,20})>/, ([, id]) => ({ t: 'user', id })],
  [/^<@&(\d{1,20})>/, ([, id]) => ({ t: 'role', id })],
  [/^<#(\d{1,20})>/, ([, id]) => ({ t: 'channel', id })],
  [/^<\/([^:<>\n]{1,100}):(\d{1,20})>/, ([, name]) => ({ t: 'command', name })],
  [/^<a?:(\w{2,32}):(\d{1,20})>/, ([, name, id]) => ({ t: 'emoji', name, id })],
  [/^<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/, ([, seconds, style]) => ({ t: 'time', seconds: Number(seconds), style: style ?? 'f' })],
];

function readAngle(text, position) {
  for (const [pattern, make] of ANGLES) {
    const found = pattern.exec(text);
    if (found) return { node: make(found), end: position + found[0].length };
  }
  const url = /^<(https?:\/\/[^\s<>]+)>/.exec(text);
  return url && linked(url[1], [{ t: 'text', text: url[1] }], position + url[0].length);
}

function readLink(text, position, depth) {
  const found = /^\[((?:[^[\]\\\n]|\\.){1,1000})\]\(<?(https?:\/\/[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?: +"[^"\n]*")?\)/.exec(text.slice(position, position + 4200));
  return found && linked(found[2], readInline(found[1], depth + 1), position + found[0].length);
}

/** A link, if its address is one that may be opened. */
function linked(url, nodes, end) {
  if (!URL.canParse(url)) return null;
  return { node: { t: 'link', url, nodes }, end };
}

function readSpan(text, position, depth, hopeless) {
  for (const [mark, kind] of MARKS) {
    if (!text.startsWith(mark, position) || hopeless.has(mark)) continue;
    const from = position + mark.length;
    if (mark.length === 1 && /\s/.test(text[from] ?? ' ')) continue;
    if (mark === '_' && /\w/.test(text[position - 1] ?? '')) continue;
    const end = closing(text, from, mark);
    if (end === -1) {
      hopeless.add(mark);
      continue;
    }
    const inside = text.slice(from, end);
    if (!inside.trim()) continue;
    const nodes = readInline(inside, depth + 1);
    const node = kind === 'bold-italic' ? { t: 'bold', nodes: [{ t: 'italic', nodes }] } : { t: kind, nodes };
    return { node, end: end + mark.length };
  }
  const run = /^(.)\1+/.exec(text.slice(position, position + 8));
  return run && MARKS.some(([mark]) => run[0].startsWith(mark)) ? { node: { t: 'text', text: run[0] }, end: position + run[0].length } : null;
}

/** Where a mark closes: not within code, not escaped, and a single one not as half of a double. */
function closing(text, from, mark) {
  const one = mark[0];
  for (let position = from; position < text.length; position += 1) {
    const character = text[position];
    if (character === '\\') position += 1;
    else if (character === '`') position = (readCode(text, position)?.end ?? position + 1) - 1;
    else if (character === one) {
      let run = 1;
      while (text[position + run] === one) run += 1;
      const fits = mark.length === 1
        ? run !== 2 && !/\s/.test(text[position - 1]) && !(mark === '_' && /\w/.test(text[position + run] ?? ''))
        : run >= mark.length;
      if (fits && position > from) return position + (run - mark.length);
      position += run - 1;
    }
  }
  return -1;
}

function push(nodes, more) {
  for (const node of more) nodes.push(node);
}
