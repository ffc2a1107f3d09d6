//! What people see of teams.

use crate::people::Team;
use crate::people::service::{Changed, Mate, Page, TeamLine};
use crate::render::{Button, CustomId, Embed, Message, Row, escape, names, page, stamp, theme};

/// A team was made.
#[must_use]
pub fn team_created(team: &Team) -> Message {
    done(format!(
        "The team {} is there. Next: `/team add` says who is in it, `/team manager` who manages it.",
        title(team)
    ))
}

/// A team has another name.
#[must_use]
pub fn team_renamed(before: &Team, after: &Team) -> Message {
    done(format!("{} is called {} now.", title(before), title(after)))
}

/// Asks once whether a team shall be deleted.
#[must_use]
pub fn team_to_delete(team: &Team) -> Message {
    Message::text(format!(
        "Delete {}? Nobody will be in it or manage it any more, and that cannot be brought back. \
         Kudos that were given to it stay with everybody who received them.",
        title(team)
    ))
    .row([
        Button::danger("Delete it", id("delete").arg(team.id)),
        Button::secondary("Keep it", id("keep")),
    ])
    .ephemeral()
}

/// A team was deleted.
#[must_use]
pub fn team_deleted(team: &Team) -> Message {
    Message::text(format!(
        "The team {} is deleted. Kudos that were given to it stay.",
        title(team)
    ))
    .ephemeral()
}

/// A team was kept after all.
#[must_use]
pub fn team_kept() -> Message {
    Message::text("Kept as it is.").ephemeral()
}

/// People were added to a team.
#[must_use]
pub fn members_added(result: &Changed) -> Message {
    let team = title(&result.team);
    let (new, old) = (joined(&result.changed), joined(&result.unchanged));
    match (result.changed.len(), result.unchanged.len()) {
        (0, _) => Message::text(format!(
            "{old} {} in {team} already.",
            is_or_are(&result.unchanged)
        ))
        .ephemeral(),
        (_, 0) => done(format!(
            "{new} {} in {team} now.",
            is_or_are(&result.changed)
        )),
        _ => done(format!(
            "{new} {} in {team} now; {old} {} before.",
            is_or_are(&result.changed),
            if result.unchanged.len() == 1 {
                "was"
            } else {
                "were"
            }
        )),
    }
}

/// Somebody was taken out of a team.
#[must_use]
pub fn member_removed(result: &Changed) -> Message {
    let team = title(&result.team);
    if result.changed.is_empty() {
        let name = joined(&result.unchanged);
        return Message::text(format!(
            "{name} is not in {team}, so nothing changed. `/team list` shows who is."
        ))
        .ephemeral();
    }
    done(format!(
        "{} is no longer in {team}. `/team add` brings them back.",
        joined(&result.changed)
    ))
}

/// Somebody manages a team, or does no longer.
#[must_use]
pub fn manager_changed(result: &Changed, removed: bool) -> Message {
    let team = title(&result.team);
    match (result.changed.is_empty(), removed) {
        (false, false) => done(format!(
            "{} manages {team} now: they can change who is in it and see its coverage.",
            joined(&result.changed)
        )),
        (false, true) => done(format!(
            "{} no longer manages {team}.",
            joined(&result.changed)
        )),
        (true, false) => Message::text(format!(
            "{} manages {team} already.",
            joined(&result.unchanged)
        ))
        .ephemeral(),
        (true, true) => Message::text(format!(
            "{} does not manage {team}, so nothing changed. `/team list` shows who does.",
            joined(&result.unchanged)
        ))
        .ephemeral(),
    }
}

/// Those who left the server were taken out of a team.
#[must_use]
pub fn departed_removed(team: &Team, count: usize) -> Message {
    let team = title(team);
    match count {
        0 => Message::text(format!("Nobody in {team} has left the server.")).ephemeral(),
        1 => done(format!(
            "One person who left the server is no longer in {team}."
        )),
        count => done(format!(
            "{count} people who left the server are no longer in {team}."
        )),
    }
}

/// A page of the guild's teams, newest first.
#[must_use]
pub fn teams(teams: &Page<TeamLine>) -> Message {
    let rows = pager(teams, |number| id("page").arg(number));
    if teams.items.is_empty() {
        let text = if teams.number == 0 {
            "There are no teams here yet. An admin makes one with `/team create`."
        } else {
            "There are no more teams."
        };
        return Message::text(text).rows(rows).ephemeral();
    }
    let lines: Vec<String> = teams.items.iter().map(line).collect();
    let embed = Embed::text(lines.join("\n"))
        .title("Teams")
        .colour(theme::NEUTRAL)
        .footer("/team list with a team shows who is in it.");
    Message::embed(embed).rows(rows).ephemeral()
}

/// A page of those in a team: managers first, then the latest to join. `may_change` for those who
/// may say who is in it.
#[must_use]
pub fn team(team: &Team, mates: &Page<Mate>, may_change: bool) -> Message {
    let has_left = mates.items.iter().any(is_gone);
    let clean = (may_change && has_left).then(|| {
        let button = Button::secondary("Take out who left", id("departed").arg(team.id));
        Row::from([button])
    });
    let rows = pager(mates, |number| id("mates").arg(team.id).arg(number));
    if mates.items.is_empty() {
        let text = if mates.number == 0 {
            format!(
                "Nobody is in {} yet. Its managers and admins add people with `/team add`.",
                title(team)
            )
        } else {
            format!("There is nobody else in {}.", title(team))
        };
        return Message::text(text).rows(rows).ephemeral();
    }
    let lines: Vec<String> = mates.items.iter().map(mate).collect();
    let embed =
        Embed::text(format!("{}\n{}", title(team), lines.join("\n"))).colour(theme::NEUTRAL);
    Message::embed(embed).rows(rows).rows(clean).ephemeral()
}

fn pager<T>(page: &Page<T>, to: impl Fn(u32) -> CustomId) -> Option<Row> {
    let newer = page.number.checked_sub(1).map(&to);
    page::newer_older(newer, page.more.then(|| to(page.number.saturating_add(1))))
}

fn line(line: &TeamLine) -> String {
    let people = match line.members {
        0 => "nobody yet".to_owned(),
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    let managers: Vec<String> = line
        .managers
        .iter()
        .map(|name| named(name.as_deref()))
        .collect();
    let managed = if managers.is_empty() {
        "no manager yet".to_owned()
    } else {
        format!("managed by {}", names::joined_up_to(&managers, 2))
    };
    format!("• {}: {people}, {managed}", title(&line.team))
}

fn mate(mate: &Mate) -> String {
    let mut parts = vec![named(mate.name.as_deref())];
    if mate.is_manager {
        parts.push("manager".to_owned());
    }
    match mate.joined_at {
        Some(at) => parts.push(format!("since {}", stamp::date(at))),
        None => parts.push("not a member of the team".to_owned()),
    }
    if mate.has_left {
        parts.push("left the server".to_owned());
    }
    format!("• {}", parts.join(theme::DOT))
}

fn is_gone(mate: &Mate) -> bool {
    mate.has_left || mate.user.is_none()
}

fn done(text: impl std::fmt::Display) -> Message {
    Message::text(format!("{} {text}", theme::TICK)).ephemeral()
}

fn title(team: &Team) -> String {
    format!("**{}**", escape::inline(&team.name))
}

fn joined(people: &[String]) -> String {
    let people: Vec<String> = people.iter().map(|name| escape::name(name)).collect();
    names::joined(&people)
}

fn is_or_are(people: &[String]) -> &'static str {
    if people.len() == 1 { "is" } else { "are" }
}

fn named(name: Option<&str>) -> String {
    name.map_or_else(|| "a former member".to_owned(), escape::name)
}

fn id(action: &str) -> CustomId {
    CustomId::new("team", action)
}
