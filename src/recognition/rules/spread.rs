//! Which kudos stand for a week. Pure.

use std::collections::BTreeSet;

use crate::ids::{KudosId, PersonId};

/// A kudos that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The kudos.
    pub kudos: KudosId,
    /// Who gave it.
    pub giver: PersonId,
    /// Who was thanked by name; nobody if it was a whole team.
    pub receivers: Vec<PersonId>,
}

/// At most `most` of the candidates, which come the best first, spread over people: nobody is thanked
/// in two of them, and while there are others nobody gives two.
#[must_use]
pub fn spread(candidates: &[Candidate], most: usize) -> Vec<KudosId> {
    let mut chosen: Vec<&Candidate> = Vec::new();
    let mut thanked: BTreeSet<PersonId> = BTreeSet::new();
    let mut gave: BTreeSet<PersonId> = BTreeSet::new();
    for may_give_again in [false, true] {
        for candidate in candidates {
            if chosen.len() == most {
                break;
            }
            let is_fresh = candidate.receivers.iter().all(|one| !thanked.contains(one));
            let is_chosen = chosen.iter().any(|one| one.kudos == candidate.kudos);
            if is_chosen || !is_fresh || (!may_give_again && gave.contains(&candidate.giver)) {
                continue;
            }
            thanked.extend(&candidate.receivers);
            gave.insert(candidate.giver);
            chosen.push(candidate);
        }
    }
    chosen.into_iter().map(|one| one.kudos).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(candidates: &[(i64, i64, &[i64])], most: usize) -> Vec<i64> {
        let candidates: Vec<Candidate> = candidates
            .iter()
            .map(|(kudos, giver, receivers)| Candidate {
                kudos: KudosId(*kudos),
                giver: PersonId(*giver),
                receivers: receivers.iter().copied().map(PersonId).collect(),
            })
            .collect();
        let chosen = spread(&candidates, most);
        chosen.into_iter().map(|kudos| kudos.0).collect()
    }

    #[test]
    fn the_best_come_first_and_nobody_is_thanked_twice() {
        let week: &[(i64, i64, &[i64])] = &[
            (1, 10, &[20]),
            (2, 11, &[20]),
            (3, 12, &[21, 20]),
            (4, 13, &[22]),
        ];
        assert_eq!(chosen(week, 4), [1, 4]);
    }

    #[test]
    fn somebody_who_gives_much_waits_for_the_others() {
        let week: &[(i64, i64, &[i64])] = &[
            (1, 10, &[20]),
            (2, 10, &[21]),
            (3, 10, &[22]),
            (4, 11, &[23]),
        ];
        assert_eq!(chosen(week, 3), [1, 4, 2]);
    }

    #[test]
    fn a_team_stands_beside_its_members() {
        let week: &[(i64, i64, &[i64])] = &[(1, 10, &[]), (2, 11, &[20]), (3, 12, &[21])];
        assert_eq!(chosen(week, 4), [1, 2, 3]);
        assert!(chosen(&[], 4).is_empty());
    }
}
