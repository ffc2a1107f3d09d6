//! Living through the past: what happened when, done as people do it.

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc, Weekday};
use discord_sandbox::driver::{Answer, Channel, Person, Slash};

use super::kudos::kudos;
use super::{ADMIN, WINS};
use crate::cli::sandbox::stage::Stage;

/// How long ago the team invited the bot.
pub(in crate::cli::sandbox) const PAST: TimeDelta = TimeDelta::days(90);

/// Something that happened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) who: &'static str,
    pub(super) does: Does,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub(super) enum Does {
    /// Gives kudos by command, in #general.
    Gives {
        to: &'static [&'static str],
        text: &'static str,
        value: Option<&'static str>,
    },
    /// Gives kudos that only the receiver is told of.
    GivesPrivately {
        to: &'static str,
        text: &'static str,
    },
    /// Says something in a channel.
    Says {
        place: &'static str,
        text: &'static str,
    },
    /// Says something in a channel for which somebody else gives kudos by reaction.
    Earns {
        by: &'static str,
        place: &'static str,
        text: &'static str,
    },
    /// Agrees with the latest announcement.
    Seconds,
}

/// The values of the team: name, emoji, what it means, perspective.
const VALUES: [(&str, &str, &str, &str); 4] = [
    (
        "Curiosity",
        "🔭",
        "We ask one more question before we answer",
        "Learning and development",
    ),
    (
        "Craft",
        "🔧",
        "A demo works, and works again tomorrow",
        "Internal processes",
    ),
    (
        "Customer first",
        "🤝",
        "We solve their problem, not ours",
        "Customer",
    ),
    ("One team", "🧩", "Nobody loses a deal alone", "Finance"),
];

/// Sets the bot up, as of the beginning, and lets everything happen since.
///
/// # Errors
/// A sentence that says who could not do what.
pub(in crate::cli::sandbox) async fn lives(stage: &Stage) -> Result<(), String> {
    let now = stage.now() + PAST;
    set_up(stage).await?;
    let mut moved = TimeDelta::zero();
    let kudos = kudos();
    for (at, moment) in instants(stage.now(), now, kudos.len())
        .into_iter()
        .zip(kudos)
    {
        let by = (at - stage.now()).max(TimeDelta::zero());
        let by = TimeDelta::milliseconds(by.num_milliseconds());
        stage.moves(by);
        moved += by;
        happens(stage, moment).await?;
    }
    stage.moves(PAST - moved);
    Ok(())
}

async fn set_up(stage: &Stage) -> Result<(), String> {
    let max = person(stage, ADMIN)?;
    let wins = channel(stage, WINS)?;
    let slash = |path: &str| Ok::<_, String>(stage.acting(&max, &wins).slash(path));
    sent(slash("setup")?.channel("channel", &wins)).await?;
    for (name, emoji, description, perspective) in VALUES {
        let add = slash("value add")?.text("name", name).text("emoji", emoji);
        sent(
            add.text("description", description)
                .text("perspective", perspective),
        )
        .await?;
    }
    let hana = person(stage, "Hana")?;
    let preference = stage.acting(&hana, &wins).slash("kudos preference");
    let preference = preference.text("style", "private");
    sent(preference.text(
        "note",
        "A quiet word means more to me than a round of applause",
    ))
    .await?;
    stage.settles().await;
    Ok(())
}

async fn happens(stage: &Stage, moment: &Moment) -> Result<(), String> {
    let who = person(stage, moment.who)?;
    let general = channel(stage, super::START)?;
    let acting = stage.acting(&who, &general);
    match moment.does {
        Does::Gives { to, text, value } => {
            let mut give = acting.slash("kudos give").text("message", text);
            for (name, option) in to.iter().zip(["to", "and", "also"]) {
                give = give.text(option, name);
            }
            if let Some(value) = value {
                give = give.text("value", value);
            }
            sent(give).await?;
        }
        Does::GivesPrivately { to, text } => {
            let give = acting.slash("kudos give").text("to", to);
            sent(give.text("message", text).boolean("private", true)).await?;
        }
        Does::Says { place, text } => {
            acting.try_says(&channel(stage, place)?, text).await?;
        }
        Does::Earns { by, place, text } => {
            let said = acting.try_says(&channel(stage, place)?, text).await?;
            let by = stage.discord.as_member(&person(stage, by)?);
            by.try_reacts(&said, "🏆").await?;
        }
        Does::Seconds => {
            let seen = acting.sees_in(&channel(stage, WINS)?);
            let bot = stage.discord.bot_id();
            let latest = seen.iter().rev().find(|message| message.author_id() == bot);
            let latest = latest.ok_or("there is nothing to agree with yet")?;
            acting.try_reacts(latest, "🏆").await?;
        }
    }
    stage.settles().await;
    Ok(())
}

async fn sent(slash: Slash) -> Result<Answer, String> {
    let answer = slash.try_send().await?;
    if answer.failed() {
        return Err("the bot did not answer".to_owned());
    }
    Ok(answer)
}

fn person(stage: &Stage, name: &str) -> Result<Person, String> {
    stage
        .person(name)
        .ok_or_else(|| format!("{name} is missing"))
}

fn channel(stage: &Stage, name: &str) -> Result<Channel, String> {
    stage
        .channel(name)
        .ok_or_else(|| format!("#{name} is missing"))
}

/// So many instants from `start` to the evening before `end`, in order, on working days in working
/// hours (UTC).
fn instants(start: DateTime<Utc>, end: DateTime<Utc>, count: usize) -> Vec<DateTime<Utc>> {
    let first = start.date_naive().succ_opt();
    let days: Vec<_> = first
        .into_iter()
        .flat_map(|first| first.iter_days())
        .take_while(|day| *day < end.date_naive())
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .collect();
    let nine = NaiveTime::from_hms_opt(9, 7, 0).unwrap_or_default();
    let mut instants = Vec::with_capacity(count);
    let (mut last, mut of_day) = (0, 0);
    for index in 0..count {
        let day = index * days.len() / count.max(1);
        of_day = if day == last { of_day + 1 } else { 0 };
        last = day;
        let minutes = i64::try_from(index * 37 % 60).unwrap_or_default() + 83 * of_day.min(5);
        if let Some(date) = days.get(day) {
            instants.push(date.and_time(nine).and_utc() + TimeDelta::minutes(minutes));
        }
    }
    instants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_past_happens_in_order_in_working_hours_and_is_over() {
        use chrono::Timelike;
        for end in [
            "2026-11-24T00:00:01Z",
            "2026-11-29T23:59:00Z",
            "2027-01-03T12:00:00Z",
        ] {
            let end = end.parse::<DateTime<Utc>>().unwrap();
            for count in [1, 7, 90, 200] {
                let instants = instants(end - PAST, end, count);
                assert_eq!(instants.len(), count);
                assert!(instants.is_sorted());
                for at in instants {
                    assert!(end - PAST < at && at < end, "{at}");
                    assert!((9..18).contains(&at.hour()), "{at}");
                    assert!(!matches!(at.weekday(), Weekday::Sat | Weekday::Sun), "{at}");
                }
            }
        }
    }
}
