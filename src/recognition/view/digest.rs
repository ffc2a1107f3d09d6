//! The digest of a week, short enough to read on a phone.

use chrono::TimeDelta;

use super::board::value;
use super::history::{line, praise};
use crate::recognition::service::Digest;
use crate::recognition::store::digest::TeamWeek;
use crate::render::{Embed, Message, cut, stamp, theme};

/// Values, and teams, that are named; how many others there are is said.
const VALUES: usize = 6;
const TEAMS: usize = 8;

/// How much of a kudos is quoted, in code points, and how many of its receivers are named.
const QUOTED: usize = 180;
const RECEIVERS: usize = 3;

/// The digest as it is posted. It pings nobody.
#[must_use]
pub fn digest(digest: &Digest) -> Message {
    let people = |count: i64| {
        if count == 1 {
            "1 person".to_owned()
        } else {
            format!("{count} people")
        }
    };
    let was = if digest.totals.thanked == 1 {
        "was"
    } else {
        "were"
    };
    // The last moment that counts, so that a week which ends at midnight ends on its last day.
    let last = digest.until - TimeDelta::seconds(1);
    let mut parts = vec![format!(
        "**{} {was} thanked by {}** from {} to {}.",
        people(digest.totals.thanked),
        people(digest.totals.gave),
        stamp::date(digest.from),
        stamp::date(last)
    )];
    parts.extend(digest.highlights.iter().map(|kudos| {
        let quote = |typed: &str| cut(&praise(kudos, typed), QUOTED);
        line(digest.guild, kudos, RECEIVERS, &quote)
    }));
    let mut embed = Embed::text(parts.join("\n\n"))
        .title(format!("{} A week of thanks", theme::TROPHY))
        .colour(theme::KUDOS)
        .footer("Counted by people, and only what is public. Add yours with /kudos give.");
    let values = digest
        .values
        .iter()
        .map(|(named, pairs)| format!("{}{}{pairs}", value(named), theme::DOT));
    if let Some(lines) = listed(values.collect(), VALUES) {
        embed = embed.field("Values lived", lines);
    }
    if let Some(lines) = listed(digest.teams.iter().map(team).collect(), TEAMS) {
        embed = embed.field("Thanks by team", lines);
    }
    Message::embed(embed)
}

fn team(team: &TeamWeek) -> String {
    let name = crate::render::escape::name(&team.name);
    format!(
        "**{name}**{}{} of {} {} thanked{}{} gave thanks",
        theme::DOT,
        team.thanked,
        team.members,
        if team.thanked == 1 { "was" } else { "were" },
        theme::DOT,
        team.gave
    )
}

/// The first lines, and how many others there are; `None` of none.
fn listed(mut lines: Vec<String>, most: usize) -> Option<String> {
    let others = lines.len().saturating_sub(most);
    lines.truncate(most);
    if others > 0 {
        lines.push(format!("and {others} more"));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::ids::{ChannelId, GuildId, KudosId, MessageId, UserId};
    use crate::recognition::rules::Visibility;
    use crate::recognition::store::boards::Something;
    use crate::recognition::store::digest::Totals;
    use crate::recognition::store::history::{Shown, ShownReceiver};

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn kudos(text: &str, seconded: i64) -> Shown {
        Shown {
            id: KudosId(1),
            giver: Some("Ann".to_owned()),
            receivers: vec![ShownReceiver {
                user: Some(UserId::from(2)),
                name: Some("Bo*".to_owned()),
                visibility: Visibility::Public,
            }],
            team: None,
            value: Some("Courage".to_owned()),
            value_emoji: Some("🦁".to_owned()),
            text: Some(text.to_owned()),
            given_at: utc("2026-11-20T10:00:00Z").timestamp_millis(),
            edited: false,
            seconds: None,
            seconded,
            channel: ChannelId::from(5),
            message: None,
            announced: Some((ChannelId::from(6), MessageId::from(7))),
        }
    }

    fn week() -> Digest {
        Digest {
            guild: GuildId::from(1),
            from: utc("2026-11-16T08:00:00Z"),
            until: utc("2026-11-23T08:00:00Z"),
            totals: Totals {
                thanked: 3,
                gave: 1,
            },
            highlights: vec![kudos("thanks <@2>\nand @everyone for the **demo**", 2)],
            values: vec![(
                Something {
                    name: "Courage_".to_owned(),
                    emoji: Some("🦁".to_owned()),
                    is_retired: false,
                },
                3,
            )],
            teams: vec![TeamWeek {
                name: "North [x](http://y)".to_owned(),
                members: 4,
                thanked: 3,
                gave: 1,
            }],
        }
    }

    fn shown(message: &Message) -> String {
        message.check().unwrap();
        let embed = &message.embeds[0];
        let fields: Vec<String> = embed
            .fields
            .iter()
            .map(|field| format!("[{}]\n{}", field.name, field.value))
            .collect();
        format!(
            "# {}\n{}\n\n{}\n({})",
            embed.title.as_deref().unwrap(),
            embed.description.as_deref().unwrap(),
            fields.join("\n"),
            embed.footer.as_deref().unwrap()
        )
        .replace('\u{200b}', "(nothing)")
    }

    #[test]
    fn a_week_is_told_in_a_few_lines_and_pings_nobody() {
        let message = digest(&week());
        assert!(message.pings.is_empty());
        insta::assert_snapshot!(shown(&message), @r"
        # 🏆 A week of thanks
        **3 people were thanked by 1 person** from <t:1794816000:D> to <t:1795420799:D>.

        **Ann** → **Bo\*** · 🦁 Courage · <t:1795168800:R> · [announcement](https://discord.com/channels/1/6/7) · seconded by 2
        > thanks @Bo\* and @(nothing)everyone for the \*\*demo\*\*

        [Values lived]
        🦁 **Courage\_** · 3
        [Thanks by team]
        **North \[x\](<http://y>)** · 3 of 4 were thanked · 1 gave thanks
        (Counted by people, and only what is public. Add yours with /kudos give.)
        ");
    }

    #[test]
    fn the_fullest_week_fits_into_a_message() {
        let long = "*".repeat(3_000);
        let mut full = week();
        full.highlights = vec![kudos(&long, 100); 5];
        let (value, team) = (full.values[0].clone(), full.teams[0].clone());
        full.values = vec![value; 30];
        full.teams = vec![
            TeamWeek {
                name: "*".repeat(100),
                ..team
            };
            30
        ];
        let text = shown(&digest(&full));
        assert!(text.contains("and 24 more") && text.contains("and 22 more"));
    }
}
