//! When people are nudged ahead of a session.

use chrono::{DateTime, TimeDelta, Utc};

/// A nudge ahead of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// How long before the start, in minutes.
    pub minutes: u32,
    /// When.
    pub due: DateTime<Utc>,
}

/// The nudges ahead of a session that starts at `starts_at`, by how long before (in minutes) somebody
/// wants them; in the order of `leads`. Those whose time has come by `now` are left out: of a session
/// that was planned an hour before, nobody is told that it is a day away.
#[must_use]
pub fn ahead(leads: &[u32], starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Ahead> {
    let nudge = |minutes: &u32| {
        let due = starts_at.checked_sub_signed(TimeDelta::minutes(i64::from(*minutes)))?;
        (due > now).then_some(Ahead {
            minutes: *minutes,
            due,
        })
    };
    leads.iter().filter_map(nudge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_that_has_passed_is_left_out() {
        let start: DateTime<Utc> = "2026-12-01T10:00:00Z".parse().unwrap();
        let minutes = |hours: i64| -> Vec<u32> {
            let now = start - TimeDelta::hours(hours);
            let nudges = ahead(&[1440, 60], start, now);
            nudges.iter().map(|nudge| nudge.minutes).collect()
        };
        assert_eq!(minutes(25), [1440, 60]);
        assert_eq!(minutes(24), [60], "now is too late for it");
        assert_eq!(minutes(2), [60]);
        assert_eq!(minutes(1), Vec::<u32>::new());
        assert_eq!(minutes(-1), Vec::<u32>::new());
    }

    #[test]
    fn each_comes_so_long_before_the_start() {
        let start: DateTime<Utc> = "2026-12-01T10:00:00Z".parse().unwrap();
        let nudges = ahead(&[90], start, start - TimeDelta::days(1));
        assert_eq!(nudges.len(), 1);
        assert_eq!(nudges[0].due.to_rfc3339(), "2026-12-01T08:30:00+00:00");
    }
}
