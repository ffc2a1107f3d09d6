//! A stretch of civil days that people name: "2026-10", "last month", "week 42", "all time".
//!
//! A period is half-open, `[start, end)`, in civil dates; only with a zone does it become a stretch
//! of instants. Its key is stable text that [`Period::parse`] reads back on any day, so that a button
//! made from it still works years later. Weeks are those of ISO 8601: they start on Monday, and a
//! year's first week holds its first Thursday. Whether the future is allowed is the caller's matter.

mod read;
mod suggest;

use std::fmt;

use chrono::{DateTime, Datelike, Days, IsoWeek, Months, NaiveDate, TimeDelta, Utc, Weekday};

use super::Zone;

pub use read::PeriodError;
pub use suggest::suggest;

/// The years that a period may start in. Discord began in 2015.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// What kind of stretch a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One day.
    Day,
    /// An ISO 8601 week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
    /// Any other run of days, of at least two.
    Range,
    /// Everything there is.
    All,
}

/// A half-open stretch of civil days, `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    kind: Kind,
    start: NaiveDate,
    end: NaiveDate,
}

impl Period {
    /// Everything there is.
    pub const ALL: Self = Self {
        kind: Kind::All,
        start: NaiveDate::MIN,
        end: NaiveDate::MAX,
    };

    /// The period of a kind that holds `date`; `None` outside [`YEARS`]. A [`Kind::Range`] is the
    /// day alone.
    #[must_use]
    pub fn holding(kind: Kind, date: NaiveDate) -> Option<Self> {
        let start = match kind {
            Kind::All => return Some(Self::ALL),
            Kind::Day | Kind::Range => date,
            Kind::Week => date.week(Weekday::Mon).checked_first_day()?,
            Kind::Month => date.with_day(1)?,
            Kind::Quarter => date.with_day(1)?.with_month0(date.month0() / 3 * 3)?,
            Kind::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1)?,
        };
        let kind = if kind == Kind::Range { Kind::Day } else { kind };
        let named_year = if kind == Kind::Week {
            start.iso_week().year()
        } else {
            start.year()
        };
        YEARS.contains(&named_year).then_some(())?;
        Some(Self {
            kind,
            start,
            end: after(kind, start)?,
        })
    }

    /// The days from `first` to `last`, both included; `None` when `last` is before `first` or
    /// either is outside [`YEARS`].
    #[must_use]
    pub fn between(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        if first == last {
            return Self::holding(Kind::Day, first);
        }
        let sound = first < last && YEARS.contains(&first.year()) && YEARS.contains(&last.year());
        sound.then_some(Self {
            kind: Kind::Range,
            start: first,
            end: last.succ_opt()?,
        })
    }

    /// What kind of stretch it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The first day. Of [`Period::ALL`] the first that a date can express.
    #[must_use]
    pub const fn start(&self) -> NaiveDate {
        self.start
    }

    /// The day after the last. Of [`Period::ALL`] the last that a date can express.
    #[must_use]
    pub const fn end(&self) -> NaiveDate {
        self.end
    }

    /// The last day.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        self.end.pred_opt().unwrap_or(self.end)
    }

    /// Whether `date` lies in the period.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.kind == Kind::All || (self.start <= date && date < self.end)
    }

    /// The half-open stretch of instants in `zone`. [`Period::ALL`] gives the ends of time that fit
    /// into 64-bit milliseconds.
    #[must_use]
    pub fn instants(&self, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
        if self.kind == Kind::All {
            (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC)
        } else {
            (zone.start_of_day(self.start), zone.start_of_day(self.end))
        }
    }

    /// The period of the same kind just before; a range moves by its own length. `None` for all
    /// time and outside [`YEARS`].
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        match self.kind {
            Kind::All => None,
            Kind::Range => self.shifted(self.start - self.end),
            kind => Self::holding(kind, self.start.pred_opt()?),
        }
    }

    /// The period of the same kind just after; see [`Period::previous`].
    #[must_use]
    pub fn next(&self) -> Option<Self> {
        match self.kind {
            Kind::All => None,
            Kind::Range => self.shifted(self.end - self.start),
            kind => Self::holding(kind, self.end),
        }
    }

    fn shifted(&self, by: TimeDelta) -> Option<Self> {
        Self::between(
            self.start.checked_add_signed(by)?,
            self.last_day().checked_add_signed(by)?,
        )
    }

    /// Stable text for custom ids and files: "2026-10-01", "2026-W42", "2026-10", "2026-Q4", "2026",
    /// "2026-10-01..2026-10-31" (both days included) or "all". At most 22 characters.
    #[must_use]
    pub fn key(&self) -> String {
        let start = self.start;
        match self.kind {
            Kind::Day => start.to_string(),
            Kind::Week => {
                let week: IsoWeek = start.iso_week();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Kind::Month => format!("{}-{:02}", start.year(), start.month()),
            Kind::Quarter => format!("{}-Q{}", start.year(), start.month0() / 3 + 1),
            Kind::Year => start.year().to_string(),
            Kind::Range => format!("{start}..{}", self.last_day()),
            Kind::All => "all".to_owned(),
        }
    }

    /// The period for people: "12 October 2026", "week 42 of 2026 (12–18 Oct)", "October 2026",
    /// "Q4 2026", "2026", "1–20 Oct 2026", "all time".
    #[must_use]
    pub fn label(&self) -> String {
        let start = self.start;
        match self.kind {
            Kind::Day => start.format("%-d %B %Y").to_string(),
            Kind::Week => {
                let week = start.iso_week();
                let days = days_between(start, self.last_day());
                format!("week {} of {} ({days})", week.week(), week.year())
            }
            Kind::Month => start.format("%B %Y").to_string(),
            Kind::Quarter => format!("Q{} {}", start.month0() / 3 + 1, start.year()),
            Kind::Year => start.year().to_string(),
            Kind::Range => {
                let last = self.last_day();
                if start.year() == last.year() {
                    format!("{} {}", days_between(start, last), start.year())
                } else {
                    format!(
                        "{} – {}",
                        start.format("%-d %b %Y"),
                        last.format("%-d %b %Y")
                    )
                }
            }
            Kind::All => "all time".to_owned(),
        }
    }
}

/// "12–18 Oct", "28 Sep – 4 Oct".
fn days_between(first: NaiveDate, last: NaiveDate) -> String {
    if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{}", first.day(), last.format("%-d %b"))
    } else {
        format!("{} – {}", first.format("%-d %b"), last.format("%-d %b"))
    }
}

/// The day after the period of a kind that starts on `start`.
fn after(kind: Kind, start: NaiveDate) -> Option<NaiveDate> {
    match kind {
        Kind::Day | Kind::Range => start.succ_opt(),
        Kind::Week => start.checked_add_days(Days::new(7)),
        Kind::Month => start.checked_add_months(Months::new(1)),
        Kind::Quarter => start.checked_add_months(Months::new(3)),
        Kind::Year => start.checked_add_months(Months::new(12)),
        Kind::All => Some(NaiveDate::MAX),
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(text: &str) -> Period {
        Period::parse(text, day("2026-11-23")).unwrap()
    }

    #[test]
    fn a_label_says_which_days_are_meant() {
        for (key, label) in [
            ("2026-10-12", "12 October 2026"),
            ("2026-W42", "week 42 of 2026 (12–18 Oct)"),
            ("2026-W40", "week 40 of 2026 (28 Sep – 4 Oct)"),
            ("2026-W53", "week 53 of 2026 (28 Dec – 3 Jan)"),
            ("2026-10", "October 2026"),
            ("2026-Q4", "Q4 2026"),
            ("2026", "2026"),
            ("2026-10-01..2026-10-20", "1–20 Oct 2026"),
            ("2026-10-25..2026-11-23", "25 Oct – 23 Nov 2026"),
            ("2025-12-31..2026-01-02", "31 Dec 2025 – 2 Jan 2026"),
            ("all", "all time"),
        ] {
            assert_eq!(period(key).label(), label);
            assert_eq!(period(key).key(), key);
        }
    }

    #[test]
    fn neighbours_touch() {
        for (key, before, next) in [
            ("2026-03-01", "2026-02-28", "2026-03-02"),
            ("2026-W01", "2025-W52", "2026-W02"),
            ("2026-W53", "2026-W52", "2027-W01"),
            ("2026-01", "2025-12", "2026-02"),
            ("2026-Q1", "2025-Q4", "2026-Q2"),
            ("2026", "2025", "2027"),
            (
                "2026-10-11..2026-10-20",
                "2026-10-01..2026-10-10",
                "2026-10-21..2026-10-30",
            ),
        ] {
            assert_eq!(period(key).previous().unwrap().key(), before);
            assert_eq!(period(key).next().unwrap().key(), next);
        }
        assert_eq!(Period::ALL.previous(), None);
        assert_eq!(Period::ALL.next(), None);
        assert_eq!(period("2000").previous(), None);
        assert_eq!(period("2100").next(), None);
    }

    #[test]
    fn a_period_starts_and_ends_at_midnight_in_the_zone() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let (from, until) = period("2026-10").instants(berlin);
        assert_eq!(from.to_rfc3339(), "2026-09-30T22:00:00+00:00");
        assert_eq!(until.to_rfc3339(), "2026-10-31T23:00:00+00:00");
    }

    #[test]
    fn all_time_fits_into_milliseconds_and_holds_every_day() {
        let (from, until) = Period::ALL.instants(Zone::UTC);
        assert!(from.timestamp_millis() < 0 && until.timestamp_millis() > 4_102_444_800_000);
        assert!(Period::ALL.contains(NaiveDate::MIN) && Period::ALL.contains(NaiveDate::MAX));
    }

    fn any_period() -> impl Strategy<Value = Period> {
        let kinds = prop::sample::select(vec![
            Kind::Day,
            Kind::Week,
            Kind::Month,
            Kind::Quarter,
            Kind::Year,
            Kind::Range,
            Kind::All,
        ]);
        (kinds, 10_u64..36_880, 0_u64..500).prop_map(|(kind, days, length)| {
            let first = day("2000-01-01").checked_add_days(Days::new(days)).unwrap();
            let last = first.checked_add_days(Days::new(length)).unwrap();
            let range = (kind == Kind::Range)
                .then(|| Period::between(first, last))
                .flatten();
            range
                .or_else(|| Period::holding(kind, first))
                .unwrap_or(Period::ALL)
        })
    }

    proptest! {
        #[test]
        fn a_key_reads_back_on_any_day(period in any_period(), today in 0_u64..40_000) {
            let today = day("1999-01-01").checked_add_days(Days::new(today)).unwrap();
            prop_assert_eq!(Period::parse(&period.key(), today), Ok(period));
            prop_assert!(period.key().len() <= 22);
        }

        #[test]
        fn a_label_reads_back_too(period in any_period()) {
            prop_assert_eq!(Period::parse(&period.label(), day("2026-11-23")), Ok(period));
        }

        #[test]
        fn periods_of_a_kind_tile_the_days(period in any_period()) {
            prop_assert!(period.contains(period.start()));
            prop_assert!(period.contains(period.last_day()));
            if period.kind() != Kind::All {
                prop_assert!(!period.contains(period.end()));
            }
            if let Some(next) = period.next() {
                prop_assert_eq!(period.end(), next.start());
                prop_assert_eq!(next.previous(), Some(period));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>(), days in 0_u64..40_000) {
            let today = day("1999-01-01").checked_add_days(Days::new(days)).unwrap();
            if let Err(refused) = Period::parse(&text, today) {
                prop_assert!(refused.to_string().chars().count() < 300);
            }
            for (label, key) in suggest(&text, today) {
                prop_assert!(label.chars().count() <= 100);
                prop_assert!(Period::parse(&key, today).is_ok());
            }
        }
    }
}
