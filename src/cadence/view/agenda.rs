//! What the people of a series see of their agenda.

use super::moment;
use crate::cadence::service::{Agenda, Done, ITEM_LENGTH};
use crate::cadence::store::agenda::Item;
use crate::ids::{AgendaItemId, ChannelId, GuildId, MessageId};
use crate::render::component::Choice;
use crate::render::{
    Button, CustomId, Embed, Input, Message, Modal, Row, Select, cut, cut_graphemes, escape, page,
    stamp, theme,
};

/// Items on a page.
const PAGE: usize = 8;
/// How much of an item a line shows.
const LINE: usize = 300;

/// A page of an agenda, from 1, for one of its people alone.
#[must_use]
pub fn agenda(agenda: &Agenda, turned_to: usize) -> Message {
    let circle = &agenda.circle;
    let (guild, series) = (circle.series.guild, circle.series.id);
    let id = |action: &str| CustomId::new("session", action).arg(guild).arg(series);
    let pages = agenda.items.len().div_ceil(PAGE).max(1);
    let turned_to = turned_to.clamp(1, pages);
    let skip = (turned_to - 1) * PAGE;
    let shown: Vec<&Item> = agenda.items.iter().skip(skip).take(PAGE).collect();
    let mut lines: Vec<String> = shown
        .iter()
        .enumerate()
        .map(|(at, item)| format!("{}. {}", skip + at + 1, item_line(guild, item)))
        .collect();
    if lines.is_empty() {
        lines.push("Nothing is on it yet. What do you want to talk about?".to_owned());
    }
    lines.extend(moment::lines(guild, &agenda.moments));
    let mut embed = Embed::text(lines.join("\n"))
        .title(format!(
            "Agenda{}{} with {}",
            theme::DOT,
            circle.series.kind.noun(),
            plain_with(agenda)
        ))
        .colour(theme::NEUTRAL);
    if let Some(next) = &agenda.next {
        embed = embed.field(
            "Next",
            format!(
                "{} ({})",
                stamp::full(next.starts_at),
                stamp::relative(next.starts_at)
            ),
        );
    }
    let mut message = Message::embed(embed);
    message.content = match &agenda.done {
        Done::Nothing => String::new(),
        Done::Added => format!("{} Added. {} sees it too.", theme::TICK, circle.with()),
        Done::Discussed(items) => format!("{} Discussed: {}.", theme::TICK, items.len()),
        Done::TakenOff(_) => "Taken off.".to_owned(),
        Done::Undone => "Back on the agenda.".to_owned(),
    };
    let turn = |page: u32| id("page").arg(page);
    let mut buttons = vec![Button::primary("Add", id("add"))];
    if let Some(undo) = undo(&agenda.done) {
        buttons.push(Button::secondary("Undo", id("undo").arg(undo)));
    }
    let mine: Vec<&Item> = shown
        .iter()
        .copied()
        .filter(|item| item.author == circle.me.person)
        .collect();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    message
        .rows(page::numbered(number(turned_to), number(pages), turn))
        .row(buttons)
        .rows(discussed(id("discussed"), &shown))
        .rows(take_off(id("take-off"), &mine))
        .rows(moment::bring(guild, &agenda.moments))
        .ephemeral()
}

/// The select that marks items as discussed; none without items.
pub(super) fn discussed(id: CustomId, items: &[&Item]) -> Option<Row> {
    let items: Vec<Choice> = items.iter().take(PAGE).map(|item| choice(item)).collect();
    let most = items.len();
    (most > 0).then(|| {
        let select = Select::text(id, items).between(1, most);
        Row::from(select.placeholder("Mark as discussed"))
    })
}

fn take_off(id: CustomId, mine: &[&Item]) -> Option<Row> {
    let items: Vec<Choice> = mine.iter().map(|item| choice(item)).collect();
    (!items.is_empty())
        .then(|| Row::from(Select::text(id, items).placeholder("Take off one of yours")))
}

/// The items that an undo puts back.
fn undo(done: &Done) -> Option<String> {
    let ids: Vec<AgendaItemId> = match done {
        Done::Discussed(items) => items.clone(),
        Done::TakenOff(item) => vec![*item],
        Done::Nothing | Done::Added | Done::Undone => return None,
    };
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    Some(ids.join(","))
}

/// An item: what, and who added it when.
#[must_use]
pub fn item_line(guild: GuildId, item: &Item) -> String {
    let mut parts = vec![
        crate::cadence::service::shown(item.author_name.as_deref()),
        format!("added {}", stamp::relative(item.added_at)),
    ];
    if item.carried > 0 {
        parts.push(format!("carried over {}×", item.carried));
    }
    if let Some((channel, message)) = item.message {
        parts.push(format!("[message]({})", link(guild, channel, message)));
    }
    format!(
        "{}\n-# {}",
        cut(&escape::inline(&item.text), LINE),
        parts.join(theme::DOT)
    )
}

fn choice(item: &Item) -> Choice {
    let text = item.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = match text.is_empty() {
        true => "…".to_owned(),
        false => cut_graphemes(&text, 80),
    };
    Choice::new(text, item.id.to_string())
}

/// The others' names for a heading, which shows no markup.
fn plain_with(agenda: &Agenda) -> String {
    agenda.circle.with().replace("**", "")
}

/// Asks what somebody wants to talk about.
#[must_use]
pub fn item_form(id: CustomId) -> Modal {
    let (least, most) = (*ITEM_LENGTH.start(), *ITEM_LENGTH.end());
    Modal::new("Add to the agenda", id).input(
        Input::paragraph("item", "What do you want to talk about?")
            .length(least, most)
            .placeholder("How the pilot's handover went"),
    )
}

/// Where a message stands.
pub(super) fn link(guild: GuildId, channel: ChannelId, message: MessageId) -> String {
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}
