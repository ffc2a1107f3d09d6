//! Sets of metrics as TOML files: the built-in ones, a guild's own, and what applying one would change.
//!
//! A file is a list of `[[metric]]`; the built-in `se-team` shows every field. `red` and `green` are
//! numbers, two numbers each for a range, `"baseline"`, or shares of the target such as `"85%"`.
//! Optional: `name` (else from the key), `most`, `currency`, `weight` (else 1), `cumulative`, `guard`
//! (another metric's key).

mod file;

use rust_decimal::Decimal;

pub use file::{TemplateError, parse, write};

use super::{Definition, Source};

/// The built-in sets by name.
const BUILTIN: [(&str, &str); 1] = [("se-team", include_str!("../templates/se-team.toml"))];

/// The names of the built-in sets.
#[must_use]
pub fn names() -> Vec<&'static str> {
    BUILTIN.iter().map(|(name, _)| *name).collect()
}

/// A built-in set by its name in any case, with the currency that its amounts of money get.
#[must_use]
pub fn builtin(name: &str, currency: [u8; 3]) -> Option<Vec<Entry>> {
    let (_, text) = BUILTIN
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name.trim()))?;
    parse(text, currency).ok()
}

/// A metric of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Where its readings come from.
    pub source: Source,
    /// What it means; its guard is not set there.
    pub definition: Definition,
    /// The key of its guard.
    pub guard: Option<String>,
}

/// A metric that the guild has, to compare a set with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// It as an entry.
    pub entry: Entry,
    /// Whether it has been retired.
    pub is_retired: bool,
}

/// What a metric of a set would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It would be added.
    New(Entry),
    /// The guild has it just so.
    Unchanged(Entry),
    /// The guild has it otherwise in these points, in the words of the files.
    Changed(Entry, Vec<&'static str>),
    /// The guild has retired it. It stays so.
    Retired(Entry),
}

/// What applying a set would change, in the order of the set.
#[must_use]
pub fn plan(set: &[Entry], known: &[Known]) -> Vec<Step> {
    set.iter()
        .map(|entry| {
            let own = known.iter().find(|known| known.entry.key == entry.key);
            let Some(own) = own else {
                return Step::New(entry.clone());
            };
            if own.is_retired {
                return Step::Retired(entry.clone());
            }
            let differing = differing(entry, &own.entry);
            if differing.is_empty() {
                Step::Unchanged(entry.clone())
            } else {
                Step::Changed(entry.clone(), differing)
            }
        })
        .collect()
}

fn differing(one: &Entry, other: &Entry) -> Vec<&'static str> {
    let (a, b) = (&one.definition, &other.definition);
    [
        (a.name != b.name, "name"),
        (a.perspective != b.perspective, "perspective"),
        (a.unit != b.unit, "unit"),
        (a.ceiling != b.ceiling, "most"),
        (a.better != b.better, "better"),
        (a.edges != b.edges, "red and green"),
        (a.weight != b.weight, "weight"),
        (a.timing != b.timing, "kind"),
        (a.cadence != b.cadence, "cadence"),
        (a.is_cumulative != b.is_cumulative, "cumulative"),
        (a.why != b.why, "why"),
        (a.action != b.action, "action"),
        (a.may_drive != b.may_drive, "may drive"),
        (one.guard != other.guard, "guard"),
        (a.is_active != b.is_active, "active"),
        (one.source != other.source, "source"),
    ]
    .into_iter()
    .filter_map(|(differs, word)| differs.then_some(word))
    .collect()
}

/// The weight of a metric of which nothing else is said.
pub const WEIGHT: Decimal = Decimal::ONE;

#[cfg(test)]
mod tests {
    use super::super::{Better, Edges, Perspective, Unit};
    use super::*;

    fn set() -> Vec<Entry> {
        builtin("SE-team", *b"EUR").unwrap()
    }

    #[test]
    fn the_built_in_set_has_seven_metrics_a_perspective_and_three_of_them_active() {
        let set = set();
        assert_eq!(set.len(), 28);
        for perspective in Perspective::ALL {
            let of: Vec<&Entry> = set
                .iter()
                .filter(|entry| entry.definition.perspective == *perspective)
                .collect();
            assert_eq!(of.len(), 7);
            let active = of.iter().filter(|entry| entry.definition.is_active);
            assert_eq!(active.count(), 3);
        }
        for entry in &set {
            assert_eq!(entry.definition.missing(), [], "{}", entry.key);
        }
    }

    #[test]
    fn edges_are_read_in_each_of_their_forms() {
        let of = |key: &str| {
            let set = set();
            let entry = set.into_iter().find(|entry| entry.key == key).unwrap();
            (
                entry.definition.better,
                entry.definition.edges,
                entry.definition.unit,
            )
        };
        let (better, edges, unit) = of("customer-time");
        assert_eq!((better, unit), (Better::Range, Unit::Percent));
        assert_eq!(
            edges.band().unwrap().low().unwrap().green,
            Decimal::from(50)
        );
        let (_, edges, unit) = of("revenue-per-engineer");
        assert_eq!((edges, unit), (Edges::Baseline, Unit::Currency(*b"EUR")));
        let (_, edges, _) = of("new-references");
        assert!(matches!(edges, Edges::OfTarget(_)));
        let (_, edges, _) = of("value-proposition-pulse");
        let red = edges.band().unwrap().low().unwrap().red;
        assert_eq!(red.to_string(), "3.4", "exact");
    }

    #[test]
    fn a_set_that_is_written_reads_back() {
        let set = set();
        assert_eq!(parse(&write(&set), *b"USD").unwrap(), set);
    }

    #[test]
    fn applied_again_it_changes_nothing_and_a_teams_own_changes_are_named() {
        let set = set();
        let known = |entry: &Entry| Known {
            entry: entry.clone(),
            is_retired: false,
        };
        let mut guild: Vec<Known> = set.iter().map(known).collect();
        assert!(
            plan(&set, &guild)
                .iter()
                .all(|step| matches!(step, Step::Unchanged(_)))
        );
        guild[0].entry.definition.weight = Decimal::TWO;
        guild[0].entry.guard = Some("ramp-days".to_owned());
        guild[1].is_retired = true;
        guild.pop();
        let steps = plan(&set, &guild);
        assert_eq!(
            steps[0],
            Step::Changed(set[0].clone(), vec!["weight", "guard"])
        );
        assert_eq!(steps[1], Step::Retired(set[1].clone()));
        assert_eq!(steps[27], Step::New(set[27].clone()));
    }

    #[test]
    fn a_file_that_cannot_be_read_says_where() {
        let metric = |line: &str| {
            format!(
                "[[metric]]\nkey = \"a\"\nperspective = \"customer\"\nunit = \"%\"\nbetter = \"higher\"\n\
                 kind = \"leading\"\ncadence = \"week\"\n{line}\n"
            )
        };
        let refused = [
            "nonsense".to_owned(),
            metric("red = 80\ngreen = 60"),
            metric("red = \"baseline\"\ngreen = 5"),
            metric("red = 1\ngreen = 2\nactive = true"),
            metric("red = 1\ngreen = 2\nguard = \"b\""),
            metric("red = 1\ngreen = 2") + &metric("red = 1\ngreen = 2"),
            metric("wieght = 2"),
        ]
        .map(|text| parse(&text, *b"EUR").unwrap_err().to_string());
        insta::assert_snapshot!(refused.join("\n"), @r#"
Line 1: key with no value, expected `=`
a: Higher is better here, so the red edge has to be below the green one
a: a baseline is for both edges, and not for a range
a: an active metric says why we measure it
a: its guard is none of the set's other metrics
a: it is there twice
Line 8: unknown field `wieght`, expected one of `key`, `name`, `perspective`, `unit`, `currency`, `most`, `better`, `red`, `green`, `weight`, `kind`, `cadence`, `cumulative`, `source`, `active`, `guard`, `why`, `action`, `may_drive`
"#);
    }
}
