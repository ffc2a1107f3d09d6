//! A board as everybody sees it.

use crate::ids::UserId;
use crate::recognition::rules::Place;
use crate::recognition::service::{Board, By, Standings};
use crate::recognition::store::boards::{Somebody, Something};
use crate::render::{CustomId, Embed, Message, escape, page, theme};
use crate::time::Kind;

/// A page of a board. It pings nobody; its buttons turn it for `asker` alone. A board that nobody
/// stands on is for the asker's eyes.
#[must_use]
pub fn board(board: &Board, asker: UserId) -> Message {
    let mut lines = match &board.places {
        Standings::People(places) => lines(places, person),
        Standings::Values(places) => lines(places, value),
    };
    if lines.is_empty() {
        return Message::text(empty(board)).ephemeral();
    }
    if board.wish.by != By::Value {
        lines.push(String::new());
        lines.push(match board.own {
            Some((rank, count)) => format!("<@{asker}> is #{rank} with {count}."),
            None => format!("<@{asker}> is not on this board yet."),
        });
    }
    let embed = Embed::text(lines.join("\n"))
        .title(title(board))
        .colour(theme::KUDOS)
        .footer("Each pair of people counts once a day. Only public kudos count.");
    let pager = page::numbered(number(board.page), number(board.pages), |to| {
        board_id(board, asker, to)
    });
    Message::embed(embed).rows(pager)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The id of the button that leads to a page; it says who asked, and for which board.
fn board_id(board: &Board, asker: UserId, to: u32) -> CustomId {
    CustomId::new("kudos", "board")
        .arg(asker)
        .arg(board.wish.by.word())
        .arg(board.wish.period.key())
        .arg(board.wish.team.map_or(0, |team| team.0))
        .arg(to)
}

fn title(board: &Board) -> String {
    let what = match board.wish.by {
        By::Received => "Thanks received",
        By::Given => "Thanks given",
        By::Value => "What people were thanked for",
    };
    let team = match &board.team {
        Some(team) => format!(" in {}", escape::name(&team.name)),
        None => String::new(),
    };
    let period = board.wish.period.label();
    format!("{} {what}{team}{}{period}", theme::TROPHY, theme::DOT)
}

fn empty(board: &Board) -> String {
    let when = match board.wish.period.kind() {
        Kind::All => "yet".to_owned(),
        _ => format!("in {} yet", board.wish.period.label()),
    };
    let team = board.team.as_ref().map(|team| escape::name(&team.name));
    match (board.wish.by, team) {
        (By::Received, None) => format!(
            "Nobody was thanked in public {when}. Be the first to thank somebody, with `/kudos give`."
        ),
        (By::Received, Some(team)) => format!(
            "Nobody in **{team}** was thanked in public {when}. Thank somebody with `/kudos give`, \
             or all of them with `/kudos team`."
        ),
        (By::Given, None) => format!(
            "Nobody has thanked anybody in public {when}. Be the first, with `/kudos give`."
        ),
        (By::Given, Some(team)) => format!(
            "Nobody in **{team}** has thanked anybody in public {when}. Be the first, with \
             `/kudos give`."
        ),
        (By::Value, None) => format!(
            "Nobody was thanked for a value in public {when}. Choose one as `value` in \
             `/kudos give`; `/value list` shows them."
        ),
        (By::Value, Some(team)) => format!(
            "Nobody in **{team}** was thanked for a value in public {when}. Choose one as `value` \
             in `/kudos give`; `/value list` shows them."
        ),
    }
}

fn lines<S>(places: &[Place<S>], shown: impl Fn(&S) -> String) -> Vec<String> {
    let line = |place: &Place<S>| {
        let rank = match place.rank {
            1 => "🥇".to_owned(),
            2 => "🥈".to_owned(),
            3 => "🥉".to_owned(),
            rank => format!("#{rank}"),
        };
        format!(
            "{rank} {}{}{}",
            shown(&place.subject),
            theme::DOT,
            place.count
        )
    };
    places.iter().map(line).collect()
}

fn person(somebody: &Somebody) -> String {
    format!("**{}**", super::name(somebody.name.as_deref()))
}

/// A value's emoji and name; a retired one says so.
pub(super) fn value(value: &Something) -> String {
    let name = escape::inline(&value.name);
    let emoji = value.emoji.as_deref().unwrap_or_default();
    let shown = format!("{emoji} **{name}**");
    let shown = shown.trim_start();
    if value.is_retired {
        format!("{shown} *(retired)*")
    } else {
        shown.to_owned()
    }
}
