//! Who stands where on a board. Pure.

/// A place on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<S> {
    /// From 1. Those with the same count share a rank, and the next one is as if they did not:
    /// 1, 2, 2, 4.
    pub rank: usize,
    /// Who or what stands there.
    pub subject: S,
    /// How often, once for two people and a day.
    pub count: i64,
}

/// The places of what was counted, in the order given: the most first.
#[must_use]
pub fn places<S>(counted: Vec<(S, i64)>) -> Vec<Place<S>> {
    let (mut rank, mut before) = (0, None);
    (1..)
        .zip(counted)
        .map(|(position, (subject, count))| {
            if before != Some(count) {
                (rank, before) = (position, Some(count));
            }
            Place {
                rank,
                subject,
                count,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_are_equal_share_a_rank() {
        let counted = vec![("Ann", 9), ("Bo", 4), ("Chen", 4), ("Dee", 1), ("Eve", 1)];
        let ranks: Vec<(usize, &str)> = places(counted)
            .iter()
            .map(|place| (place.rank, place.subject))
            .collect();
        assert_eq!(
            ranks,
            [(1, "Ann"), (2, "Bo"), (2, "Chen"), (4, "Dee"), (4, "Eve")]
        );
        assert!(places::<()>(Vec::new()).is_empty());
    }
}
