use proptest::prelude::*;

use super::*;

fn people(count: i64) -> BTreeSet<PersonId> {
    (1..=count).map(PersonId).collect()
}

fn ids(round: &Round) -> Vec<Vec<i64>> {
    let plain = |group: &Vec<PersonId>| group.iter().map(|person| person.0).collect();
    round.groups.iter().map(plain).collect()
}

fn repeats(round: &Round, past: &Past) -> u32 {
    let groups = round.groups.iter();
    groups
        .flat_map(|group| pairs(group))
        .map(|(one, other)| past.times(one, other))
        .sum()
}

#[test]
fn few_people_are_paired_as_one_would() {
    let past = Past::default();
    assert_eq!(pair_up(&people(0), &past), Round::default());
    assert_eq!(pair_up(&people(1), &past).left, [PersonId(1)]);
    assert_eq!(ids(&pair_up(&people(2), &past)), [[1, 2]]);
    assert_eq!(ids(&pair_up(&people(3), &past)), [[1, 2, 3]]);
    assert_eq!(ids(&pair_up(&people(4), &past)), [[1, 4], [2, 3]]);
    let five = pair_up(&people(5), &past);
    assert_eq!(five.groups.iter().map(Vec::len).max(), Some(3));
}

#[test]
fn everybody_meets_everybody_before_anybody_meets_again() {
    for count in [2_i64, 4, 6, 8, 10, 12, 14, 20, 40] {
        let mut past = Past::default();
        for number in 1..count {
            let round = pair_up(&people(count), &past);
            assert_eq!(
                repeats(&round, &past),
                0,
                "round {number} of {count} people"
            );
            for group in &round.groups {
                past.meet(group);
            }
        }
    }
}

#[test]
fn a_large_team_is_paired_with_few_repeats_though_people_come_and_go() {
    let mut past = Past::default();
    for number in 0..30 {
        let there: BTreeSet<PersonId> = people(200)
            .into_iter()
            .filter(|person| (person.0 * 7 + number) % 11 != 0)
            .collect();
        let round = pair_up(&there, &past);
        assert!(round.left.is_empty());
        assert_eq!(repeats(&round, &past), 0, "round {number}");
        for group in &round.groups {
            past.meet(group);
        }
    }
}

#[test]
fn who_is_kept_apart_by_everybody_is_left() {
    let mut past = Past::default();
    past.keep_apart(&[PersonId(1), PersonId(2)]);
    past.keep_apart(&[PersonId(1), PersonId(3)]);
    let round = pair_up(&people(3), &past);
    assert_eq!(
        (ids(&round), round.left),
        (vec![vec![2, 3]], vec![PersonId(1)])
    );
}

/// The least number of repeats, squared each, of all ways to make twos and at most one three.
fn least_by_trying(people: &[PersonId], past: &Past, trio_left: bool) -> Option<u64> {
    let Some((first, rest)) = people.split_first() else {
        return Some(0);
    };
    let without = |gone: &[PersonId]| -> Vec<PersonId> {
        rest.iter()
            .copied()
            .filter(|one| !gone.contains(one))
            .collect()
    };
    let mut least: Option<u64> = None;
    let mut take = |group: &[PersonId], trio_left: bool| {
        let own: u64 = pairs(group)
            .map(|(one, other)| u64::from(past.times(one, other)).pow(2))
            .sum();
        if let Some(others) = least_by_trying(&without(group), past, trio_left) {
            least = Some(least.map_or(own + others, |least| least.min(own + others)));
        }
    };
    for second in rest {
        take(&[*first, *second], trio_left);
        if trio_left {
            for third in rest.iter().filter(|third| *third > second) {
                take(&[*first, *second, *third], false);
            }
        }
    }
    least
}

fn any_past(most: i64) -> impl Strategy<Value = (Past, Past)> {
    let pair = (1..=most, 1..=most);
    let met = prop::collection::vec(pair.clone(), 0..30);
    let apart = prop::collection::vec(pair, 0..6);
    (met, apart).prop_map(|(met, apart)| {
        let mut past = Past::default();
        for (one, other) in met.into_iter().filter(|(one, other)| one != other) {
            past.meet(&[PersonId(one), PersonId(other)]);
        }
        let mut strict = past.clone();
        for (one, other) in apart.into_iter().filter(|(one, other)| one != other) {
            strict.keep_apart(&[PersonId(one), PersonId(other)]);
        }
        (past, strict)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everybody_is_in_a_round_exactly_once(count in 0_i64..30, (_, past) in any_past(30)) {
        let round = pair_up(&people(count), &past);
        let mut all: Vec<PersonId> = round.groups.iter().flatten().copied().collect();
        all.extend(&round.left);
        all.sort_unstable();
        prop_assert_eq!(all, people(count).into_iter().collect::<Vec<_>>());
        for group in &round.groups {
            prop_assert!((2..=3).contains(&group.len()));
            prop_assert!(pairs(group).all(|pair| !past.apart.contains(&pair)));
        }
        prop_assert_eq!(pair_up(&people(count), &past), round);
    }

    #[test]
    fn an_odd_number_makes_one_three_and_leaves_nobody(count in 2_i64..30, (past, _) in any_past(30)) {
        let round = pair_up(&people(count), &past);
        let threes = round.groups.iter().filter(|group| group.len() == 3).count();
        prop_assert_eq!(i64::try_from(threes).unwrap(), count % 2);
        prop_assert!(round.left.is_empty());
    }

    #[test]
    fn no_round_has_fewer_repeats(count in 2_i64..9, (past, _) in any_past(8)) {
        let round = pair_up(&people(count), &past);
        let squares: u64 = round.groups.iter().flat_map(|group| pairs(group))
            .map(|(one, other)| u64::from(past.times(one, other)).pow(2)).sum();
        let all: Vec<PersonId> = people(count).into_iter().collect();
        prop_assert_eq!(Some(squares), least_by_trying(&all, &past, count % 2 == 1));
    }
}
