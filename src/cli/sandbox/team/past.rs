//! Living through the past: a script of the terminal's own lines, each at its time.

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc, Weekday};

use crate::cli::sandbox::line::{self, Line};
use crate::cli::sandbox::play::{Place, Play};
use crate::cli::sandbox::stage::Stage;

/// How long ago the team invited the bot.
pub(in crate::cli::sandbox) const PAST: TimeDelta = TimeDelta::days(90);

/// What happened.
const SCRIPT: &str = include_str!("past.txt");

/// Lets everything happen, from [`PAST`] before now until now.
///
/// # Errors
/// A sentence with the line that cannot be played.
pub(in crate::cli::sandbox) async fn lives(stage: &Stage) -> Result<(), String> {
    let now = stage.now() + PAST;
    let moments = moments();
    let mut play = Play::new(Place::Dm);
    let mut moved = TimeDelta::zero();
    let (first, later) = moments.split_first().ok_or("nothing has happened")?;
    happens(stage, &mut play, first).await?;
    for (at, moment) in instants(stage.now(), now, later.len())
        .into_iter()
        .zip(later)
    {
        let by = (at - stage.now()).num_milliseconds();
        let by = TimeDelta::milliseconds(by.max(0));
        stage.moves(by);
        moved += by;
        happens(stage, &mut play, moment).await?;
    }
    stage.moves(PAST - moved);
    Ok(())
}

/// The lines that happen together, with their numbers; the first of these is the set-up.
fn moments() -> Vec<Vec<(usize, &'static str)>> {
    let mut moments = vec![Vec::new()];
    for (index, line) in SCRIPT.lines().enumerate() {
        if line.is_empty() {
            moments.push(Vec::new());
        } else if let (false, Some(moment)) = (line.starts_with('#'), moments.last_mut()) {
            moment.push((index + 1, line));
        }
    }
    moments.retain(|moment| !moment.is_empty());
    moments
}

async fn happens(
    stage: &Stage,
    play: &mut Play,
    moment: &[(usize, &'static str)],
) -> Result<(), String> {
    for (number, line) in moment {
        let played = match line::read(line).map_err(|why| why.to_string()) {
            Ok(Line::InChannel(name)) => play.goes_to(stage, &name),
            Ok(Line::Deed(who, deed)) => play.does(stage, &who, &deed).await.map(drop),
            Ok(_) => Err("nothing of the past".to_owned()),
            Err(why) => Err(why),
        };
        played.map_err(|why| format!("line {number} of its past: {why}"))?;
        stage.settles().await;
    }
    Ok(())
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
