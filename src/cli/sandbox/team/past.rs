//! Living through the past: a script of the terminal's own lines, each at its time.

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc, Weekday};

use crate::cli::sandbox::line::{self, Line};
use crate::cli::sandbox::play::{Place, Play};
use crate::cli::sandbox::stage::Stage;

/// How long ago the team invited the bot.
pub(in crate::cli::sandbox) const PAST: TimeDelta = TimeDelta::days(90);

/// What happened.
const SCRIPT: &str = include_str!("past.txt");

/// Lets everything happen, from [`PAST`] before now until now, with all that falls due on the way.
///
/// # Errors
/// A sentence with the line that cannot be played.
pub(in crate::cli::sandbox) async fn lives(stage: &Stage) -> Result<(), String> {
    let start = stage.now();
    let now = start + PAST;
    // What has its own time goes its own ways, and leaves the others where they are.
    let (mut play, mut dated) = (Play::new(Place::Dm), Play::new(Place::Dm));
    for (at, moment) in calendar(moments(), start, now) {
        stage.hands().moves(at - stage.now()).await;
        let play = if moment.when.is_some() {
            &mut dated
        } else {
            &mut play
        };
        happens(stage, play, &moment.lines).await?;
    }
    stage.time_passes(now - stage.now()).await;
    Ok(())
}

/// Lines that happen together.
#[derive(Debug, Default)]
struct Moment {
    /// Its own time, where it has one.
    when: Option<Ago>,
    /// With their numbers.
    lines: Vec<(usize, &'static str)>,
}

/// A time of day of a calendar week, counted back from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ago {
    weeks: u16,
    day: Weekday,
    at: NaiveTime,
}

impl Ago {
    /// Reads "3 weeks ago, tuesday 10:40" and "this week, monday 09:30".
    fn read(line: &str) -> Option<Self> {
        let (week, time) = line.split_once(", ")?;
        let weeks = match week {
            "this week" => 0,
            "a week ago" => 1,
            weeks => weeks.strip_suffix(" weeks ago")?.parse().ok()?,
        };
        let (day, at) = time.split_once(' ')?;
        Some(Self {
            weeks,
            day: day.parse().ok()?,
            at: NaiveTime::parse_from_str(at, "%H:%M").ok()?,
        })
    }

    fn before(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let monday = now.date_naive().week(Weekday::Mon).first_day();
        let days = i64::from(self.day.num_days_from_monday()) - 7 * i64::from(self.weeks);
        monday.and_time(self.at).and_utc() + TimeDelta::days(days)
    }
}

/// When each moment happens, in order: the first, which is the set-up, at the start; what has its own time
/// then, if that has come; the rest spread in between.
fn calendar(
    moments: Vec<Moment>,
    start: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, Moment)> {
    let spread = moments.iter().filter(|moment| moment.when.is_none());
    let spread = instants(start, now, spread.count().saturating_sub(1));
    let mut spread = std::iter::once(start).chain(spread);
    let mut calendar: Vec<(DateTime<Utc>, Moment)> = moments
        .into_iter()
        .filter_map(|moment| {
            let at = match moment.when {
                Some(ago) => Some(ago.before(now)),
                None => spread.next(),
            };
            Some((at?, moment))
        })
        .filter(|(at, _)| *at < now)
        .collect();
    calendar.sort_by_key(|(at, _)| *at);
    calendar
}

/// The moments as they are written.
fn moments() -> Vec<Moment> {
    let mut moments = vec![Moment::default()];
    for (index, line) in SCRIPT.lines().enumerate() {
        let Some(moment) = moments.last_mut() else {
            continue;
        };
        if line.is_empty() {
            moments.push(Moment::default());
        } else if line.starts_with('#') {
            // Of the file, not of the team.
        } else if let (true, Some(ago)) = (moment.lines.is_empty(), Ago::read(line)) {
            moment.when = Some(ago);
        } else {
            moment.lines.push((index + 1, line));
        }
    }
    moments.retain(|moment| !moment.lines.is_empty());
    moments
}

async fn happens(
    stage: &Stage,
    play: &mut Play,
    lines: &[(usize, &'static str)],
) -> Result<(), String> {
    for (number, line) in lines {
        let played = match line::read(line).map_err(|why| why.to_string()) {
            Ok(Line::InChannel(name)) => play.goes_to(stage, &name),
            Ok(Line::InDm) => {
                play.place = Place::Dm;
                Ok(())
            }
            Ok(Line::Deed(who, deed)) => {
                let came = play.does(stage, &who, &deed).await;
                if deed.is_answered() {
                    stage.hands().rests().await;
                } else {
                    stage.settles().await;
                }
                came.map(drop)
            }
            Ok(_) => Err("nothing of the past".to_owned()),
            Err(why) => Err(why),
        };
        played.map_err(|why| format!("line {number} of its past: {why}"))?;
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
    fn what_has_its_own_time_happens_then_if_it_has_come() {
        let now = "2026-11-25T12:00:00Z".parse::<DateTime<Utc>>().unwrap();
        for (typed, then) in [
            ("4 weeks ago, monday 10:00", "2026-10-26T10:00:00Z"),
            ("a week ago, sunday 23:59", "2026-11-22T23:59:00Z"),
            ("this week, tuesday 10:40", "2026-11-24T10:40:00Z"),
        ] {
            let then = then.parse::<DateTime<Utc>>().unwrap();
            assert_eq!(Ago::read(typed).unwrap().before(now), then, "{typed}");
        }
        for typed in [
            "Ann: this week, tuesday 10:40",
            "in #general",
            "this week, 10:40",
        ] {
            assert_eq!(Ago::read(typed), None, "{typed}");
        }
        let moment = |when: &str| Moment {
            when: Ago::read(when),
            lines: vec![(1, "who")],
        };
        let moments = vec![
            moment(""),
            moment("this week, thursday 09:00"),
            moment("this week, tuesday 09:00"),
            moment(""),
        ];
        let calendar = calendar(moments, now - PAST, now);
        assert!(calendar.is_sorted_by_key(|(at, _)| *at));
        assert_eq!(calendar.len(), 3, "Thursday is yet to come");
        assert_eq!(calendar.last().unwrap().1.when.unwrap().day, Weekday::Tue);
    }

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
