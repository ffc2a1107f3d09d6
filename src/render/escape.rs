//! User text shown as text: nothing that somebody typed formats, pings, previews or hides anything.
//!
//! Markdown is escaped with a backslash where it would act, and only there, so that what stands in a
//! push notification stays readable. A web address is wrapped as `<https://…>`: it can be followed,
//! shows its own full self and nothing else, and brings no preview; an invite is not even a link.
//! `@everyone` and `@here` are broken by a zero-width space, beside `allowed_mentions`, which notifies
//! nobody but the people named. Characters that cannot be seen are dropped first.
//!
//! The result may be shortened with [`super::cut`], joined and put behind or between the caller's own
//! markup. It may not become a link's label or stand inside a code span. The rules are those of
//! Discord's client, <https://support.discord.com/hc/en-us/articles/210298617>, and of
//! <https://docs.discord.com/developers/reference#message-formatting>.

use super::{clean, cut::cut_graphemes};

/// The most of a display name that is shown, in grapheme clusters.
pub const NAME_GRAPHEMES: usize = 40;

/// Text of several lines. Line breaks are kept, at most two in a row.
#[must_use]
pub fn text(typed: &str) -> String {
    escaped(&clean::block(typed), &mut |_| None)
}

/// Text on one line, its line breaks as spaces.
#[must_use]
pub fn inline(typed: &str) -> String {
    escaped(&clean::line(typed), &mut |_| None)
}

/// A display name on one line, of at most [`NAME_GRAPHEMES`]; "someone" when nothing of it can be
/// seen.
#[must_use]
pub fn name(typed: &str) -> String {
    let line = clean::line(typed);
    if clean::is_blank(&line) {
        return "someone".to_owned();
    }
    escaped(&cut_graphemes(&line, NAME_GRAPHEMES), &mut |_| None)
}

/// What somebody wrote about people, of several lines. Mentions become plain names: a person that
/// `known` can name "@Ann", another "@someone", a role "@role". Channels, custom emoji and timestamps
/// stay what they are: they notify nobody.
#[must_use]
pub fn praise(typed: &str, known: impl Fn(u64) -> Option<String>) -> String {
    escaped(&clean::block(typed), &mut |token| shown(&token, &known))
}

/// The same as [`praise`], on one line.
#[must_use]
pub fn praise_line(typed: &str, known: impl Fn(u64) -> Option<String>) -> String {
    escaped(&clean::line(typed), &mut |token| shown(&token, &known))
}

/// What somebody wrote, for a file: as typed, but people by name rather than by number, as in
/// [`praise`].
#[must_use]
pub fn plain(typed: &str, known: impl Fn(u64) -> Option<String>) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut rest = typed;
    while let Some(c) = rest.chars().next() {
        let (shown, length) = match token(rest) {
            Some((Token::Person(id), length)) => {
                let name = known(id).unwrap_or_else(|| "someone".to_owned());
                (format!("@{name}"), length)
            }
            _ => (c.to_string(), c.len_utf8()),
        };
        out.push_str(&shown);
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// What Discord writes in angle brackets.
enum Token<'t> {
    Person(u64),
    Role,
    /// A channel, a custom emoji or a timestamp, as typed.
    Harmless(&'t str),
}

/// How a token is shown in praise.
fn shown(token: &Token<'_>, known: &impl Fn(u64) -> Option<String>) -> Option<String> {
    Some(match token {
        Token::Person(id) => {
            let name = known(*id).map_or_else(|| "someone".to_owned(), |name| clean::line(&name));
            let name = if clean::is_blank(&name) {
                "someone"
            } else {
                &name
            };
            escaped(
                &format!("@{}", cut_graphemes(name, NAME_GRAPHEMES)),
                &mut |_| None,
            )
        }
        Token::Role => "@role".to_owned(),
        Token::Harmless(token) => (*token).to_owned(),
    })
}

/// The token that begins the text, with its length in bytes.
/// <https://docs.discord.com/developers/reference#message-formatting-formats>
fn token(text: &str) -> Option<(Token<'_>, usize)> {
    let (inner, _) = text.strip_prefix('<')?.split_once('>')?;
    let length = inner.len() + 2;
    let whole = text.get(..length)?;
    let digits = |text: &str| {
        (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let found = if let Some(id) = inner.strip_prefix("@&") {
        digits(id).then_some(Token::Role)?
    } else if let Some(id) = inner.strip_prefix('@') {
        let id = id.strip_prefix('!').unwrap_or(id);
        digits(id).then_some(())?;
        Token::Person(id.parse().ok()?)
    } else if let Some(id) = inner.strip_prefix('#') {
        digits(id).then_some(Token::Harmless(whole))?
    } else if let Some(time) = inner.strip_prefix("t:") {
        let (seconds, style) = time.split_once(':').unwrap_or((time, "f"));
        let sound = digits(seconds.strip_prefix('-').unwrap_or(seconds))
            && matches!(style, "t" | "T" | "d" | "D" | "f" | "F" | "s" | "S" | "R");
        sound.then_some(Token::Harmless(whole))?
    } else {
        let (name, id) = inner
            .strip_prefix('a')
            .unwrap_or(inner)
            .strip_prefix(':')?
            .split_once(':')?;
        let named = (1..=32).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        (named && digits(id)).then_some(Token::Harmless(whole))?
    };
    Some((found, length))
}

/// Escapes cleaned text; `keep` decides what a token becomes, `None` shows it as typed.
fn escaped(text: &str, keep: &mut dyn FnMut(Token<'_>) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    let mut before: Option<char> = None;
    let mut line_start = true;
    while let Some(c) = rest.chars().next() {
        let token = if c == '<' { token(rest) } else { None };
        if let Some((token, length)) = token
            && let Some(shown) = keep(token)
        {
            out.push_str(&shown);
            (before, line_start) = (None, false);
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        if let Some(length) = address_length(rest) {
            let (address, after) = rest.split_at(length);
            push_address(&mut out, address);
            (before, line_start) = (None, false);
            rest = after;
            continue;
        }
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if line_start && let Some(number) = list_number(rest) {
            out.push_str(number);
            out.push_str("\\.");
            (before, line_start) = (Some('.'), false);
            rest = rest.get(number.len() + 1..).unwrap_or_default();
            continue;
        }
        if acts(c, before, after, line_start) || begins_invite(c, &out) {
            out.push('\\');
        }
        out.push(c);
        if c == '@' && names_everybody(after) {
            out.push('\u{200b}');
        }
        line_start = c == '\n' || (line_start && c == ' ');
        before = Some(c);
        rest = after;
    }
    out
}

/// Whether the client would take the character for markup, or the text around it could make it so.
fn acts(c: char, before: Option<char>, after: &str, line_start: bool) -> bool {
    let next = after.chars().next();
    let at_edge_of_word = next.is_none_or(char::is_whitespace);
    match c {
        '*' | '`' | '\\' | '[' | ']' => true,
        // Inside a word it opens and closes nothing, as long as none at a word's edge is left.
        '_' => {
            !(before.is_some_and(|c| c.is_ascii_alphanumeric())
                && next.is_some_and(|c| c.is_ascii_alphanumeric()))
        }
        '~' | '|' => before.is_none_or(|b| b == c) || next.is_none_or(|n| n == c),
        // Plain in "<3" and "a <= b"; not where a token or an address could end up inside.
        '<' => {
            let word = after.split(' ').next().unwrap_or_default();
            next.is_none_or(|n| n.is_ascii_alphabetic() || "#/+".contains(n))
                || word.contains(['<', '>', '@', ':'])
        }
        '@' => before == Some('<'),
        ':' => after.starts_with("//"),
        '>' => line_start,
        '#' => line_start && (at_edge_of_word || next == Some('#')),
        '-' => line_start && (at_edge_of_word || next == Some('#')),
        _ => false,
    }
}

/// The digits of a numbered list's mark.
fn list_number(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (digits, after) = text.split_at(end);
    let after = after.strip_prefix('.')?;
    let marks = !digits.is_empty() && (after.is_empty() || after.starts_with(char::is_whitespace));
    marks.then_some(digits)
}

/// Whether what follows an at-sign makes it a mention of everybody.
fn names_everybody(after: &str) -> bool {
    ["everyone", "here"]
        .iter()
        .any(|all| starts_with_any_case(after, all))
}

fn starts_with_any_case(text: &str, lower: &str) -> bool {
    text.get(..lower.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(lower))
}

/// Whether a slash stands where Discord's client would find an invite, even without "https://".
fn begins_invite(c: char, out: &str) -> bool {
    const HOSTS: [&str; 5] = [
        "discord.gg",
        "discord.com",
        "discordapp.com",
        "discord.gift",
        "discord.new",
    ];
    c == '/'
        && HOSTS.iter().any(|host| {
            out.len()
                .checked_sub(host.len())
                .and_then(|from| out.get(from..))
                .is_some_and(|end| end.eq_ignore_ascii_case(host))
        })
}

/// The length in bytes of the web address that begins the text: up to a space or an angle bracket,
/// without the punctuation of the sentence around it.
fn address_length(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|s| starts_with_any_case(text, s))?;
    let end = text
        .find(|c: char| c.is_whitespace() || c == '<' || c == '>')
        .unwrap_or(text.len());
    let mut address = text.get(..end)?;
    while let Some(last) = address.chars().next_back() {
        let closes = match last {
            ')' => address.matches(')').count() > address.matches('(').count(),
            c => ".,:;!?'\"]}*_~|`\\…”’»".contains(c),
        };
        if !closes {
            break;
        }
        address = address.strip_suffix(last)?;
    }
    (address.len() > scheme.len() && !invites(address)).then_some(address.len())
}

/// Whether an address is, or could be taken for, an invite to a server or a gift: those are shown as
/// inert text, since the client previews them wherever they stand.
fn invites(address: &str) -> bool {
    const INVITES: [&str; 5] = [
        "discord.gg/",
        "discord.gift/",
        "discord.new/",
        "discord.com/invite",
        "discordapp.com/invite",
    ];
    let lower = address.to_ascii_lowercase();
    INVITES.iter().any(|invite| lower.contains(invite))
}

/// Writes an address so that nothing in it can end the markup around it.
fn push_address(out: &mut String, address: &str) {
    out.push('<');
    let mut before = None;
    let mut rest = address;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let acts = match c {
            '*' | '`' | '|' | '\\' | '[' | ']' => true,
            '_' | '~' => before == Some(c),
            '@' => names_everybody(rest),
            _ => false,
        };
        if acts {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    out.push('>');
}

#[cfg(test)]
mod tests;
