//! A team's coverage, for its manager's eyes.

use super::board::value;
use crate::ids::TeamId;
use crate::people::Team;
use crate::recognition::service::{Coverage, Watched};
use crate::render::component::Choice;
use crate::render::limits::{self, OPTIONS};
use crate::render::{
    CustomId, Embed, Message, Select, cut, cut_graphemes, escape, page, stamp, theme,
};
use crate::time::Period;

/// A page of a team's coverage. `mention` makes a command that can be tapped.
#[must_use]
pub fn coverage(coverage: &Coverage, mention: impl Fn(&str) -> String) -> Message {
    let mut message = Message::default().ephemeral();
    message.embeds.push(members(coverage, mention));
    message.embeds.extend(givers(coverage));
    message.embeds.extend(values(coverage));
    if let Some(last) = message.embeds.last_mut() {
        last.footer = Some(
            "Kudos in private and in closed channels count as seen, and nowhere else. A giver and \
             a receiver count once a day."
                .to_owned(),
        );
    }
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let to = |page| {
        CustomId::new("kudos", "coverage")
            .arg(coverage.team.id)
            .arg(coverage.period.key())
            .arg(page)
    };
    message.rows(page::numbered(
        number(coverage.page),
        number(coverage.pages),
        to,
    ))
}

/// Asks which team is meant.
#[must_use]
pub fn which_team(teams: &[Team], period: Period) -> Message {
    let id = CustomId::new("kudos", "coverage-of").arg(period.key());
    let choice = |team: &Team| Choice::new(cut_graphemes(&team.name, 60), team.id.to_string());
    let more = if teams.len() > OPTIONS {
        " If yours is not in the list, name it as `team`."
    } else {
        ""
    };
    Message::text(format!("Which team do you want to see?{more}"))
        .row(Select::text(id, teams.iter().take(OPTIONS).map(choice)).placeholder("Choose a team"))
        .ephemeral()
}

/// The team that was chosen.
#[must_use]
pub fn chosen_team(values: &[String]) -> Option<TeamId> {
    values.first()?.parse().ok()
}

fn members(coverage: &Coverage, mention: impl Fn(&str) -> String) -> Embed {
    let so_far = if coverage.is_running { " so far" } else { "" };
    let title = format!(
        "{}{}{}{so_far}",
        escape::name(&coverage.team.name),
        theme::DOT,
        coverage.period.label()
    );
    let people = |count| if count == 1 { "person" } else { "people" };
    let mut lines = vec![if coverage.total == 0 {
        "**Everybody was away.** A warm welcome back is a good first thanks.".to_owned()
    } else {
        format!(
            "**{} of {} {} seen.** {}",
            coverage.seen,
            coverage.total,
            if coverage.total == 1 {
                "person was"
            } else {
                "people were"
            },
            next_step(coverage, mention)
        )
    }];
    let mut group = None;
    for one in &coverage.members {
        let heading = match (one.member.was_seen, one.is_excused) {
            (true, _) => "Seen",
            (false, true) => "Away all the time",
            (false, false) => "Not seen",
        };
        if group.replace(heading) != Some(heading) {
            lines.push(format!("\n**{heading}**"));
        }
        lines.push(format!(
            "• {}{}",
            super::name(one.member.name.as_deref()),
            remarks(one)
        ));
    }
    if coverage.away > 0 {
        let (count, people) = (coverage.away, people(coverage.away));
        let was = if count == 1 { "was" } else { "were" };
        lines.push(format!(
            "\n{count} {people} {was} away on all of these days and do not count here."
        ));
    }
    if coverage.later > 0 {
        let (count, people) = (coverage.later, people(coverage.later));
        lines.push(format!(
            "\n{count} {people} joined later and do not count here."
        ));
    }
    Embed::text(lines.join("\n"))
        .title(title)
        .colour(theme::NEUTRAL)
}

/// Since when somebody is in the team, and how much of the time they were away, where it matters.
fn remarks(one: &Watched) -> String {
    let mut remarks = Vec::new();
    if one.joined {
        remarks.push(format!("joined {}", stamp::date(one.member.joined_at)));
    }
    let away = match (one.days_away, one.is_excused) {
        (0, _) | (_, true) => None,
        (1, false) => Some("away for 1 of these days".to_owned()),
        (days, false) => Some(format!("away for {days} of these days")),
    };
    remarks.extend(away);
    if one.is_away {
        remarks.push("away now".to_owned());
    }
    if remarks.is_empty() {
        return String::new();
    }
    format!(" ({})", remarks.join(", "))
}

fn next_step(coverage: &Coverage, mention: impl Fn(&str) -> String) -> String {
    let give = mention("kudos give");
    match (&coverage.first_unseen, &coverage.first_unseen_value) {
        (Some(name), _) => format!(
            "Think of what **{}** did well, and say so with {give}.",
            super::name(Some(name))
        ),
        (None, Some(unseen)) => format!(
            "Nobody is missing. Look for a moment that shows {}, and name it with {give}.",
            value(unseen)
        ),
        (None, None) => {
            "Nobody is missing. Tell the team, and ask each of them for somebody they want to thank."
                .to_owned()
        }
    }
}

fn givers(coverage: &Coverage) -> Option<Embed> {
    let mut lines: Vec<String> = coverage
        .givers
        .iter()
        .map(|(giver, is_asker)| {
            let name = super::name(giver.name.as_deref());
            let you = if *is_asker { " (you)" } else { "" };
            let times = if giver.times == 1 {
                "once"
            } else {
                &format!("{} times", giver.times)
            };
            format!(
                "**{name}**{you}{}{} of {}, {times}",
                theme::DOT,
                giver.members,
                coverage.total
            )
        })
        .collect();
    if coverage.page == 1 && !coverage.asker_gave {
        lines.push("You have thanked none of them in public.".to_owned());
    }
    section("Thanked in public by", &lines)
}

fn values(coverage: &Coverage) -> Option<Embed> {
    let lines: Vec<String> = coverage
        .values
        .iter()
        .map(|(shown, members)| {
            let count = match members {
                0 => "nobody".to_owned(),
                members => format!("{members} of {}", coverage.total),
            };
            format!("{}{}{count}", value(shown), theme::DOT)
        })
        .collect();
    section("Thanked in public for", &lines)
}

fn section(title: &str, lines: &[String]) -> Option<Embed> {
    let text = cut(&lines.join("\n"), limits::EMBED_DESCRIPTION);
    let embed = Embed::text(text).title(title).colour(theme::NEUTRAL);
    (!lines.is_empty()).then_some(embed)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;
    use crate::ids::PersonId;
    use crate::recognition::store::boards::Something;
    use crate::recognition::store::coverage::{Giver, Member};

    #[test]
    fn a_full_page_of_the_longest_names_fits_into_one_message() {
        // Discord's longest display name and the longest name of a value, all of it to be escaped.
        let (name, word) = ("*".repeat(32), "_".repeat(60));
        let something = Something {
            name: word,
            emoji: Some("<a:abcdefghijklmnopqrstuvwxyzabcdef:1400000000000000000>".to_owned()),
            is_retired: true,
        };
        let member = |was_seen| Watched {
            member: Member {
                person: PersonId(1),
                name: Some(name.clone()),
                joined_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000),
                was_seen,
            },
            joined: true,
            days_away: 10_000,
            is_away: true,
            is_excused: false,
        };
        let giver = Giver {
            person: PersonId(1),
            name: Some(name.clone()),
            members: 1_000,
            times: 10_000,
        };
        let full = Coverage {
            team: Team {
                id: TeamId(i64::MAX),
                name: name.clone(),
                key: name.clone(),
            },
            period: Period::parse("2026-10-01..2026-11-30", NaiveDate::default()).unwrap(),
            is_running: true,
            seen: 1_000,
            total: 2_000,
            first_unseen: Some(name.clone()),
            first_unseen_value: Some(something.clone()),
            members: (0..15).map(|n| member(n > 7)).collect(),
            later: 1_000,
            away: 1_000,
            givers: vec![(giver, true); 8],
            asker_gave: false,
            values: vec![(something, 1_000); 6],
            page: 1,
            pages: 99,
        };
        let message = coverage(&full, |name| format!("</{name}:1400000000000000000>"));
        assert_eq!(message.check(), Ok(()));
    }
}
