//! Finding a metric by what somebody types: key or name in any case, an unambiguous part, or nearly.

use std::cmp::Reverse;

use crate::ids::MetricId;

/// How alike two texts are from which on one may be meant by the other.
const ALIKE: f64 = 0.84;

/// How many candidates a refusal names.
const CANDIDATES: usize = 5;

/// What a metric is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The metric.
    pub id: MetricId,
    /// Its key: "response-hours".
    pub key: String,
    /// Its name: "Response hours".
    pub name: String,
}

/// Why no metric is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoMetric {
    /// There are none yet.
    NoneYet,
    /// None is called so, or nearly so.
    Unknown {
        /// As typed.
        typed: String,
    },
    /// It may be one of these.
    Unclear {
        /// As typed.
        typed: String,
        /// Their keys, the likeliest first; at most five.
        among: Vec<String>,
    },
}

/// How well a metric fits what was typed; the first variant best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Prefix,
    WordPrefix,
    Part,
    /// So many thousandths unlike.
    Alike(u32),
}

/// A text as it is compared: lower case, words of letters and digits joined by "-". It is also what
/// a key looks like.
#[must_use]
pub fn key_of(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// The name that a key makes: "Response hours".
#[must_use]
pub fn name_of(key: &str) -> String {
    let spaced = key.replace('-', " ");
    let mut chars = spaced.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The metric that is meant: the one called so, else the only one of which it is a beginning, else
/// the only one of which it is a part, else the only one that it is nearly.
///
/// # Errors
/// [`NoMetric`], with the candidates.
pub fn pick<'a>(known: &'a [Called], typed: &str) -> Result<&'a Called, NoMetric> {
    if known.is_empty() {
        return Err(NoMetric::NoneYet);
    }
    let mut fits: Vec<(Fit, &Called)> = known
        .iter()
        .filter_map(|called| Some((fit(called, &key_of(typed))?, called)))
        .collect();
    fits.sort_by(|one, other| (one.0, &one.1.key).cmp(&(other.0, &other.1.key)));
    let class = |fit: Fit| match fit {
        Fit::Alike(_) => 3,
        Fit::Part => 2,
        Fit::Prefix | Fit::WordPrefix => 1,
        Fit::Exact => 0,
    };
    let typed = typed.trim().to_owned();
    let Some((best, called)) = fits.first().copied() else {
        return Err(NoMetric::Unknown { typed });
    };
    let rivals = fits.iter().filter(|(fit, _)| class(*fit) == class(best));
    if rivals.count() == 1 || (best == Fit::Exact && called.key == key_of(&typed)) {
        return Ok(called);
    }
    let among = fits.iter().map(|(_, called)| called.key.clone());
    Err(NoMetric::Unclear {
        typed,
        among: among.take(CANDIDATES).collect(),
    })
}

/// The metrics in the order in which they are offered for what was typed so far: by beginning, then
/// by part, then nearly; among equals those in `recent` first, in its order; then by key. Nothing
/// typed offers all.
#[must_use]
pub fn ranked<'a>(known: &'a [Called], typed: &str, recent: &[MetricId]) -> Vec<&'a Called> {
    let wanted = key_of(typed);
    let mut fits: Vec<_> = known
        .iter()
        .filter_map(|called| {
            let fit = if wanted.is_empty() {
                Fit::Prefix
            } else {
                fit(called, &wanted)?
            };
            let asked = recent.iter().position(|id| *id == called.id);
            Some(((fit, Reverse(asked.map(Reverse)), &called.key), called))
        })
        .collect();
    fits.sort_by(|one, other| one.0.cmp(&other.0));
    fits.into_iter().map(|(_, called)| called).collect()
}

fn fit(called: &Called, wanted: &str) -> Option<Fit> {
    if wanted.is_empty() {
        return None;
    }
    let names = [called.key.clone(), key_of(&called.name)];
    let of = |name: &String| {
        if name == wanted {
            Some(Fit::Exact)
        } else if name.starts_with(wanted) {
            Some(Fit::Prefix)
        } else if name.contains(&format!("-{wanted}")) {
            Some(Fit::WordPrefix)
        } else if name.contains(wanted) {
            Some(Fit::Part)
        } else {
            alike(name, wanted)
        }
    };
    names.iter().filter_map(of).min()
}

/// Whether the whole, or one of its words, is nearly what was typed.
fn alike(name: &str, wanted: &str) -> Option<Fit> {
    if wanted.chars().count() < 3 {
        return None;
    }
    let whole = std::iter::once(name);
    let nearest = whole
        .chain(name.split('-').filter(|word| word.chars().count() > 3))
        .map(|word| strsim::normalized_damerau_levenshtein(word, wanted))
        .chain(std::iter::once(strsim::jaro_winkler(name, wanted) - 0.06))
        .fold(0.0, f64::max);
    let unlike = ((1.0 - nearest) * 1000.0) as u32;
    (nearest >= ALIKE).then_some(Fit::Alike(unlike))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<Called> {
        [
            "response-hours",
            "revenue-per-engineer",
            "revenue-per-poc",
            "kudos-coverage",
            "poc-overrun",
            "business-win",
        ]
        .into_iter()
        .enumerate()
        .map(|(n, key)| Called {
            id: MetricId(i64::try_from(n).unwrap()),
            key: key.to_owned(),
            name: name_of(key),
        })
        .collect()
    }

    fn picked(typed: &str) -> String {
        match pick(&known(), typed) {
            Ok(called) => called.key.clone(),
            Err(NoMetric::Unclear { among, .. }) => format!("which: {}", among.join(", ")),
            Err(NoMetric::Unknown { .. }) => "unknown".to_owned(),
            Err(NoMetric::NoneYet) => "none yet".to_owned(),
        }
    }

    #[test]
    fn a_metric_is_found_by_its_key_its_name_a_part_or_nearly() {
        for (typed, found) in [
            ("response-hours", "response-hours"),
            ("Response Hours", "response-hours"),
            ("RESP", "response-hours"),
            ("hours", "response-hours"),
            ("overr", "poc-overrun"),
            ("usiness", "business-win"),
            ("respnse hours", "response-hours"),
            ("coverge", "kudos-coverage"),
            ("revenue", "which: revenue-per-engineer, revenue-per-poc"),
            ("poc", "which: poc-overrun, revenue-per-poc"),
            ("xyz", "unknown"),
            ("", "unknown"),
            ("**", "unknown"),
        ] {
            assert_eq!(picked(typed), found, "{typed}");
        }
        assert_eq!(pick(&[], "x"), Err(NoMetric::NoneYet));
    }

    #[test]
    fn what_was_asked_for_last_is_offered_first() {
        let known = known();
        let keys = |typed: &str, recent: &[i64]| {
            let recent: Vec<MetricId> = recent.iter().copied().map(MetricId).collect();
            let ranked = ranked(&known, typed, &recent);
            ranked
                .iter()
                .map(|called| called.key.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(keys("", &[4, 0])[..2], ["poc-overrun", "response-hours"]);
        assert_eq!(
            keys("re", &[])[..3],
            ["response-hours", "revenue-per-engineer", "revenue-per-poc"]
        );
        assert_eq!(keys("re", &[2])[0], "revenue-per-poc");
        assert_eq!(
            keys("poc", &[2]),
            ["poc-overrun", "revenue-per-poc"],
            "a beginning comes before"
        );
        assert_eq!(keys("", &[]).len(), 6);
    }
}
