//! Who meets whom in a round of peer coaching.
//!
//! Everybody meets somebody, in twos, and with an odd number once in a three; those who have met least
//! are put together. As long as the people stay the same, the circle method leads: everybody meets
//! everybody else once before anybody meets again. What it cannot know (who was away, who came and
//! left, who is to be kept apart) is mended by solving small parts of it exactly; up to
//! [`EXACT`] people the whole is solved exactly, so that no round has fewer repeats.
//!
//! The same people with the same past are always paired in the same way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ids::PersonId;

/// Up to how many people a round is the best that there is.
pub const EXACT: usize = 12;

/// Somebody left over weighs more than any three, a three more than any repeats.
const LEFT: u64 = 1 << 48;
const TRIO: u64 = 1 << 32;

/// How often the mending goes through all groups. It ends before that as soon as nothing is mended.
const PASSES: usize = 16;

/// How often two people have met, and who is to be kept apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    met: BTreeMap<(PersonId, PersonId), u32>,
    apart: BTreeSet<(PersonId, PersonId)>,
}

/// Who meets in a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Twos, and a three when the number is odd; each by row, all by their first.
    pub groups: Vec<Vec<PersonId>>,
    /// Who could be put together with nobody.
    pub left: Vec<PersonId>,
}

impl Past {
    /// Remembers that these people met in one group.
    pub fn meet(&mut self, group: &[PersonId]) {
        for pair in pairs(group) {
            *self.met.entry(pair).or_default() += 1;
        }
    }

    /// Keeps these people apart in the round to come.
    pub fn keep_apart(&mut self, group: &[PersonId]) {
        self.apart.extend(pairs(group));
    }

    /// How often two people have met.
    #[must_use]
    pub fn times(&self, one: PersonId, other: PersonId) -> u32 {
        let times = self.met.get(&(one.min(other), one.max(other)));
        times.copied().unwrap_or_default()
    }

    /// What a group costs; the square of how often two have met, so that repeats are spread.
    fn cost(&self, group: &[PersonId]) -> u64 {
        match group.len() {
            0 => 0,
            1 => LEFT,
            2 | 3 => {
                let size = if group.len() == 3 { TRIO } else { 0 };
                pairs(group).fold(size, |sum, pair| {
                    if self.apart.contains(&pair) {
                        return u64::MAX;
                    }
                    let times = u64::from(self.met.get(&pair).copied().unwrap_or_default());
                    sum.saturating_add(times.min(1 << 12).pow(2))
                })
            }
            _ => u64::MAX,
        }
    }

    fn cost_of(&self, groups: &[Vec<PersonId>]) -> u64 {
        let costs = groups.iter().map(|group| self.cost(group));
        costs.fold(0, u64::saturating_add)
    }
}

/// Pairs people up.
#[must_use]
pub fn pair_up(people: &BTreeSet<PersonId>, past: &Past) -> Round {
    let people: Vec<PersonId> = people.iter().copied().collect();
    let turns = people.len().max(2);
    let circles = (0..turns).map(|turn| circle(&people, turn, past));
    let led = circles.min_by_key(|groups| past.cost_of(groups));
    let mut groups = led.unwrap_or_default();
    if people.len() <= EXACT {
        let best = exact(&people, past);
        if past.cost_of(&best) < past.cost_of(&groups) {
            groups = best;
        }
    } else {
        mend(&mut groups, past);
    }
    let mut round = Round::default();
    for mut group in groups {
        group.sort_unstable();
        match group.as_slice() {
            [] => {}
            [alone] => round.left.push(*alone),
            _ => round.groups.push(group),
        }
    }
    round.groups.sort();
    round.left.sort_unstable();
    round
}

/// One turn of the circle: the last one stays, the others move on by `turn` places, and those across
/// from each other meet. Whom an odd number leaves alone joins where it costs least.
fn circle(people: &[PersonId], turn: usize, past: &Past) -> Vec<Vec<PersonId>> {
    let mut seats: Vec<Option<PersonId>> = people.iter().copied().map(Some).collect();
    if seats.len() % 2 == 1 {
        seats.push(None);
    }
    let Some(fixed) = seats.pop() else {
        return Vec::new();
    };
    let moving = seats.len().max(1);
    seats.rotate_left(turn % moving);
    seats.push(fixed);
    let half = seats.len() / 2;
    let (front, back) = seats.split_at(half);
    let mut groups = Vec::with_capacity(half);
    let mut alone = Vec::new();
    for (one, other) in front.iter().zip(back.iter().rev()) {
        let group: Vec<PersonId> = [*one, *other].into_iter().flatten().collect();
        if group.len() == 2 && past.cost(&group) < u64::MAX {
            groups.push(group);
        } else {
            alone.extend(group);
        }
    }
    for one in alone {
        let joined = groups.iter().enumerate().filter_map(|(at, group)| {
            let mut joined = group.clone();
            joined.push(one);
            let more = past.cost(&joined).checked_sub(past.cost(group))?;
            (past.cost(&joined) < LEFT).then_some((more, at))
        });
        let place = joined.min().and_then(|(_, at)| groups.get_mut(at));
        match place {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// Solves every two groups together exactly, as long as that makes anything better.
fn mend(groups: &mut [Vec<PersonId>], past: &Past) {
    for _ in 0..PASSES {
        let mut is_better = false;
        for at in 1..groups.len() {
            let (before, rest) = groups.split_at_mut(at);
            let Some(one) = rest.first_mut() else {
                continue;
            };
            for other in before {
                let cost = past.cost(one).saturating_add(past.cost(other));
                if cost == 0 {
                    continue;
                }
                let union: Vec<PersonId> = one.iter().chain(other.iter()).copied().collect();
                let mut solved = exact(&union, past);
                if solved.len() > 2 || past.cost_of(&solved) >= cost {
                    continue;
                }
                *one = solved.pop().unwrap_or_default();
                *other = solved.pop().unwrap_or_default();
                is_better = true;
            }
        }
        if !is_better {
            return;
        }
    }
}

/// The grouping that costs least, by way of all of them.
fn exact(people: &[PersonId], past: &Past) -> Vec<Vec<PersonId>> {
    let all = (1_u32 << people.len().min(31)) - 1;
    let mut known = HashMap::new();
    best(all, people, past, &mut known);
    let mut groups = Vec::new();
    let mut open = all;
    while let Some((_, group)) = known.get(&open).filter(|_| open != 0) {
        groups.push(chosen(*group, people));
        open &= !group;
    }
    groups
}

/// The least cost of grouping those whose bits are set, with the group of the first of them.
fn best(open: u32, people: &[PersonId], past: &Past, known: &mut HashMap<u32, (u64, u32)>) -> u64 {
    if open == 0 {
        return 0;
    }
    if let Some((cost, _)) = known.get(&open) {
        return *cost;
    }
    let first = open & open.wrapping_neg();
    let rest = open & !first;
    let mut least = (u64::MAX, first);
    let mut consider = |group: u32, known: &mut HashMap<u32, (u64, u32)>| {
        let own = past.cost(&chosen(group, people));
        if own < least.0 {
            let cost = own.saturating_add(best(open & !group, people, past, known));
            if cost < least.0 {
                least = (cost, group);
            }
        }
    };
    consider(first, known);
    for second in bits(rest) {
        consider(first | second, known);
        for third in bits(rest & !(second | (second - 1))) {
            consider(first | second | third, known);
        }
    }
    known.insert(open, least);
    least.0
}

fn bits(mut set: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lowest = set & set.wrapping_neg();
        set &= !lowest;
        (lowest != 0).then_some(lowest)
    })
}

fn chosen(group: u32, people: &[PersonId]) -> Vec<PersonId> {
    let is_in = |at: &usize| group & (1_u32 << at) != 0;
    let members = people.iter().enumerate().filter(|(at, _)| is_in(at));
    members.map(|(_, person)| *person).collect()
}

fn pairs(group: &[PersonId]) -> impl Iterator<Item = (PersonId, PersonId)> {
    group.iter().enumerate().flat_map(|(at, one)| {
        let others = group.iter().skip(at + 1);
        others.map(|other| (*one.min(other), *one.max(other)))
    })
}

#[cfg(test)]
mod tests;
