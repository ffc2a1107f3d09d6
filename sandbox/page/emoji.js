/** The emoji that are offered; any other can be typed or pasted. */

export const EMOJI = [
  ['🏆', 'trophy'], ['👍', 'thumbsup'], ['❤️', 'heart'], ['🎉', 'tada'], ['👏', 'clap'], ['🙏', 'pray'], ['😄', 'smile'], ['😂', 'joy'],
  ['😮', 'open_mouth'], ['😢', 'cry'], ['🔥', 'fire'], ['🚀', 'rocket'], ['✅', 'white_check_mark'], ['👀', 'eyes'], ['💯', '100'], ['⭐', 'star'],
  ['💡', 'bulb'], ['🤝', 'handshake'], ['💪', 'muscle'], ['🙌', 'raised_hands'], ['⚠️', 'warning'], ['❌', 'x'], ['👎', 'thumbsdown'], ['🤔', 'thinking'],
];

const BY_NAME = new Map(EMOJI.map(([emoji, name]) => [name, emoji]));

/** The text with `:trophy:` and its kin as emoji, as Discord's client sends it; code stays. */
export function withEmoji(text) {
  return text.replace(/`[^`]*`|:(\w+):/g, (found, name) => BY_NAME.get(name) ?? found);
}
