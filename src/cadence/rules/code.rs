//! Numbers as short as a button's id wants them: in base 36.

use chrono::{DateTime, NaiveDateTime, Utc};

const DIGITS: [char; 36] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i',
    'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
];

/// A number in base 36.
#[must_use]
pub fn short(number: u64) -> String {
    let mut rest = number;
    let mut digits: Vec<char> = Vec::new();
    loop {
        let digit = usize::try_from(rest % 36).unwrap_or_default();
        digits.extend(DIGITS.get(digit));
        rest /= 36;
        if rest == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// The number that [`short`] wrote.
#[must_use]
pub fn long(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 36).ok()
}

/// An instant to the second.
#[must_use]
pub fn instant(at: DateTime<Utc>) -> String {
    short(u64::try_from(at.timestamp()).unwrap_or_default())
}

/// The instant that [`instant`] wrote.
#[must_use]
pub fn to_instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::try_from(long(text)?).ok()?, 0)
}

/// A wall-clock time to the minute.
#[must_use]
pub fn civil(at: NaiveDateTime) -> String {
    short(u64::try_from(at.and_utc().timestamp() / 60).unwrap_or_default())
}

/// The wall-clock time that [`civil`] wrote.
#[must_use]
pub fn to_civil(text: &str) -> Option<NaiveDateTime> {
    let seconds = i64::try_from(long(text)?).ok()?.checked_mul(60)?;
    Some(DateTime::from_timestamp(seconds, 0)?.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for number in [0, 1, 35, 36, 1_234_567_890, u64::MAX] {
            assert_eq!(long(&short(number)), Some(number));
        }
        assert_eq!(short(35 * 36 + 1), "z1");
        assert_eq!(long("no!"), None);
        let at = "2026-12-01T09:00:01Z".parse().unwrap();
        assert_eq!(to_instant(&instant(at)), Some(at));
        let wall = "2026-12-01T10:30:00".parse().unwrap();
        assert_eq!(to_civil(&civil(wall)), Some(wall));
    }
}
