//! What people see, as lines of a terminal: where or who on the left, what on the right.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use discord_sandbox::driver::ModalView;
use discord_sandbox::{MessageView, Seen, Sight, Snowflake};

use super::plain::{plain, wrap};
use super::stage::Stage;

/// How wide the left column is.
const MARGIN: usize = 12;
/// How wide the right column is.
const WIDTH: usize = 80;
/// How much of a message is quoted where only its reactions changed.
const QUOTED: usize = 40;

/// Turns sights into lines.
#[derive(Debug)]
pub(super) struct Screen {
    colour: bool,
    /// When what is shown was seen, if that is not now.
    pub(super) seen_at: Option<DateTime<Utc>>,
    /// Whether a message is told of in one line.
    pub(super) in_brief: bool,
    /// The messages that say "thinking…", whose answers are news rather than edits.
    thinking: BTreeSet<Snowflake>,
}

/// A kind of lettering.
#[derive(Clone, Copy, Debug)]
pub(super) enum Style {
    Place,
    Name,
    Faint,
    Button,
    Trouble,
}

impl Screen {
    pub(super) fn new(colour: bool) -> Self {
        Self {
            colour,
            seen_at: None,
            in_brief: false,
            thinking: BTreeSet::new(),
        }
    }

    /// The words in a lettering, if there is any.
    pub(super) fn in_style(&self, style: Style, words: &str) -> String {
        if !self.colour || words.is_empty() {
            return words.to_owned();
        }
        let code = match style {
            Style::Place => "36",
            Style::Name => "1",
            Style::Faint => "2",
            Style::Button => "7",
            Style::Trouble => "33",
        };
        format!("\u{1b}[{code}m{words}\u{1b}[0m")
    }

    /// Each thing that was seen once, with who sees it: first what is `here`, then what one person
    /// alone sees, then the other channels. What `by` themselves wrote is left out: that stands in
    /// the line that was typed.
    pub(super) fn show(
        &mut self,
        stage: &Stage,
        seen: &[Seen],
        here: Option<Snowflake>,
        by: Option<Snowflake>,
    ) -> Vec<String> {
        let mut rest = seen;
        let mut groups: Vec<&[Seen]> = Vec::new();
        while let Some(first) = rest.first() {
            let same = rest.iter().skip(1).take_while(|next| is_same(first, next));
            let (group, after) = rest.split_at(1 + same.count());
            // Of several changes of the reactions only the last is worth reading.
            if !after.iter().any(|later| is_later(first, later)) {
                groups.push(group);
            }
            rest = after;
        }
        // Channels do not wait for each other: what is seen in one is read together.
        groups.sort_by_key(|group| rank(stage, group, here));
        let lines = groups.into_iter().map(|group| self.one(stage, group, by));
        lines.collect::<Vec<_>>().concat()
    }

    fn one(&mut self, stage: &Stage, group: &[Seen], by: Option<Snowflake>) -> Vec<String> {
        let Some(first) = group.first() else {
            return Vec::new();
        };
        match &first.sight {
            Sight::Shown(view) if view.is_thinking() => {
                self.thinking.insert(view.id());
                Vec::new()
            }
            Sight::Edited(view) if self.thinking.remove(&view.id()) => {
                self.message(stage, group, view, "")
            }
            Sight::Shown(view) | Sight::Edited(view) | Sight::Deleted(view)
                if Some(view.author_id()) == by =>
            {
                Vec::new()
            }
            Sight::Shown(view) => self.message(stage, group, view, ""),
            Sight::Edited(view) => self.message(stage, group, view, "edited"),
            Sight::Deleted(view) => {
                let words = format!(
                    "{}'s message is gone: “{}”",
                    view.author(),
                    self.quote(stage, view, QUOTED)
                );
                let place = place(stage, group, view);
                self.block(&place, &[self.in_style(Style::Faint, &words)])
            }
            Sight::Reacted(view) => {
                let there = view.reactions().iter();
                let there = there.map(|(emoji, people)| format!("{emoji} {}", people.join(", ")));
                let there = there.collect::<Vec<_>>().join(", ");
                let there = if there.is_empty() {
                    "no reactions"
                } else {
                    &there
                };
                let under = format!(
                    "on {}'s “{}”",
                    view.author(),
                    self.quote(stage, view, QUOTED)
                );
                let words = format!("{there}  {}", self.in_style(Style::Faint, &under));
                self.block(&place(stage, group, view), &[words])
            }
            // Whoever opened it gets it from the answer.
            Sight::Form { .. } => Vec::new(),
            // Whoever used it gets it from the answer as well.
            Sight::Failed { .. } => Vec::new(),
        }
    }

    /// A message as it reads, below its author's name.
    fn message(&self, stage: &Stage, seen: &[Seen], view: &MessageView, note: &str) -> Vec<String> {
        let place = place(stage, seen, view);
        let mut notes: Vec<String> = Vec::new();
        if !note.is_empty() {
            notes.push(note.to_owned());
        }
        if place.starts_with('#') && seen.len() < stage.people().len() {
            let names: Vec<&str> = seen.iter().map(|seen| seen.name.as_str()).collect();
            notes.push(format!("seen by {}", names.join(", ")));
        }
        self.message_at(stage, &place, view, &notes.join(", "))
    }

    /// As [`Screen::message`], with the place named by the caller.
    pub(super) fn message_at(
        &self,
        stage: &Stage,
        place: &str,
        view: &MessageView,
        note: &str,
    ) -> Vec<String> {
        let mut notes = Vec::new();
        if !note.is_empty() {
            notes.push(note.to_owned());
        }
        if !view.pinged().is_empty() {
            notes.push(format!("pings {}", view.pinged_names().join(", ")));
        }
        let name = self.in_style(Style::Name, view.author());
        if self.in_brief {
            let line = format!("{name}: {}", self.quote(stage, view, WIDTH - QUOTED / 2));
            return self.block(place, &[line]);
        }
        let notes = match notes.join(", ") {
            notes if notes.is_empty() => notes,
            notes => self.in_style(Style::Faint, &format!(" ({notes})")),
        };
        let now = self.seen_at.unwrap_or(stage.now());
        let mut body = Vec::new();
        let mut buttons: Vec<&str> = Vec::new();
        for line in view.shown().lines() {
            if line.starts_with('[') && line.ends_with(']') {
                buttons.push(line);
            } else {
                body.push(plain(line, now, stage.zone));
            }
        }
        let short = body.len() == 1 && view.embeds().is_empty() && buttons.is_empty();
        let mut lines = Vec::new();
        if let (true, [only]) = (short, body.as_slice()) {
            lines.extend(wrap(&format!("{name}{notes}: {only}"), WIDTH));
        } else {
            lines.push(format!("{name}{notes}"));
            for line in &body {
                lines.extend(wrap(line, WIDTH));
            }
        }
        for row in buttons.chunk_by(|one, next| !one.contains('▾') && !next.contains('▾')) {
            let row = row
                .iter()
                .map(|button| self.in_style(Style::Button, button));
            lines.push(row.collect::<Vec<_>>().join(" "));
        }
        for select in view.selects().iter().filter(|select| !select.disabled) {
            let labels: Vec<&str> = select
                .options
                .iter()
                .map(|(label, _)| label.as_str())
                .collect();
            if !labels.is_empty() {
                let words = format!("{}: {}", select.placeholder, labels.join(", "));
                lines.extend(
                    wrap(&words, WIDTH)
                        .iter()
                        .map(|line| self.in_style(Style::Faint, line)),
                );
            }
        }
        if !view.reactions().is_empty() {
            let all = view.reactions().iter();
            let all = all.map(|(emoji, people)| format!("{emoji} {}", people.join(", ")));
            lines.push(self.in_style(Style::Faint, &all.collect::<Vec<_>>().join("  ")));
        }
        self.block(place, &lines)
    }

    /// The beginning of a message, of so many characters at most.
    fn quote(&self, stage: &Stage, view: &MessageView, most: usize) -> String {
        let now = self.seen_at.unwrap_or(stage.now());
        let text = plain(view.shown(), now, stage.zone);
        let line = text.lines().next().unwrap_or_default();
        let mut short: String = line.chars().take(most).collect();
        if short.len() < line.len() {
            short.push('…');
        }
        short
    }

    /// A form, with a line that begins to fill it in.
    pub(super) fn form(&self, who: &str, form: &ModalView) -> Vec<String> {
        let mut lines = vec![self.in_style(Style::Name, &format!("A form: {}", form.title()))];
        let mut example = format!("{who}: fill");
        for input in form.inputs() {
            let inside = match input.value.as_str() {
                "" => input.placeholder.as_str(),
                value => value,
            };
            let inside = self.in_style(Style::Faint, inside);
            lines.push(format!("{}  {inside}", input.label));
            example.push_str(&format!(" {}: …", input.custom_id));
        }
        lines.push(self.in_style(Style::Faint, &example));
        self.block(&format!("only {who}"), &lines)
    }

    /// Lines beside the name of their place.
    pub(super) fn block(&self, place: &str, lines: &[String]) -> Vec<String> {
        let gap = MARGIN.saturating_sub(place.chars().count()).max(1);
        let first = format!("{}{}", self.in_style(Style::Place, place), " ".repeat(gap));
        let mut block = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let before = if index == 0 {
                first.clone()
            } else {
                " ".repeat(MARGIN)
            };
            block.push(format!("{before}{line}").trim_end().to_owned());
        }
        block
    }
}

/// Whether two sights are the same thing, seen by two people.
fn is_same(one: &Seen, other: &Seen) -> bool {
    match (&one.sight, &other.sight) {
        (Sight::Shown(a), Sight::Shown(b))
        | (Sight::Edited(a), Sight::Edited(b))
        | (Sight::Deleted(a), Sight::Deleted(b))
        | (Sight::Reacted(a), Sight::Reacted(b)) => a.id() == b.id() && one.person != other.person,
        _ => false,
    }
}

/// Whether the second sight is of the same reactions as the first, later.
fn is_later(one: &Seen, other: &Seen) -> bool {
    match (&one.sight, &other.sight) {
        (Sight::Reacted(a), Sight::Reacted(b)) => a.id() == b.id(),
        _ => false,
    }
}

/// Where a sight is read among those of one line.
fn rank(stage: &Stage, group: &[Seen], here: Option<Snowflake>) -> (usize, bool) {
    let Some(first) = group.first() else {
        return (0, false);
    };
    let (view, is_news) = match &first.sight {
        Sight::Shown(view) | Sight::Edited(view) | Sight::Deleted(view) => (view, true),
        Sight::Reacted(view) => (view, false),
        Sight::Form { .. } | Sight::Failed { .. } => return (1, true),
    };
    let channels = stage.guild.channels();
    let at = match view.channel_id() {
        _ if view.is_ephemeral() => 1,
        channel if Some(channel) == here => 0,
        channel => {
            let found = channels.iter().position(|known| known.id() == channel);
            found.map_or(usize::MAX, |position| 2 + position)
        }
    };
    (at, is_news)
}

/// Where something stands, as the left column has it.
fn place(stage: &Stage, group: &[Seen], view: &MessageView) -> String {
    if view.is_ephemeral() {
        let who = group.first().map(|seen| seen.name.as_str());
        return format!("only {}", who.unwrap_or("one"));
    }
    let channels = stage.guild.channels();
    match channels
        .iter()
        .find(|channel| channel.id() == view.channel_id())
    {
        Some(channel) => format!("#{}", channel.name()),
        None => format!("DM {}", group.first().map_or("", |seen| seen.name.as_str())),
    }
}
