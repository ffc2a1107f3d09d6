//! Keys of metrics: the same metric of several teams needs several, and they are kin.

use std::collections::HashSet;

use sqlx::SqliteConnection;

use super::{Error, KEY_LENGTH};
use crate::ids::GuildId;
use crate::people;
use crate::scorecard::rules::lookup;
use crate::scorecard::store::metrics::Scope;

/// What tells a team's metric from those of others, made from the team's name. A person's name is
/// never part of a key, since keys are seen by more people than their figures are.
///
/// # Errors
/// Faults.
pub(super) async fn suffix(
    db: &mut SqliteConnection,
    guild: GuildId,
    scope: Scope,
) -> Result<Option<String>, Error> {
    let Scope::Team(team) = scope else {
        return Ok(None);
    };
    let found = people::team_by_id(db, guild, team).await?;
    let slug = found.map(|team| lookup::key_of(&team.name));
    Ok(slug.filter(|slug| !slug.is_empty()))
}

/// A key that is not taken: the one wanted, else with the suffix, else with a number; never longer
/// than a key may be.
pub(super) fn free(taken: &HashSet<String>, wanted: &str, suffix: Option<&str>) -> String {
    let with = |end: &str| {
        let room = KEY_LENGTH.saturating_sub(end.chars().count() + 1);
        let begin: String = wanted.chars().take(room).collect();
        format!("{}-{end}", begin.trim_end_matches('-'))
    };
    // A suffix as long as a key leaves no room for what it tells apart.
    let suffix = suffix.map(|suffix| suffix.chars().take(KEY_LENGTH / 2).collect::<String>());
    let named = suffix.as_deref().map(with);
    let numbered = (2_u32..).map(|number| match &suffix {
        Some(suffix) => with(&format!("{suffix}-{number}")),
        None => with(&number.to_string()),
    });
    std::iter::once(wanted.to_owned())
        .chain(named)
        .chain(numbered)
        .find(|key| !taken.contains(key))
        .unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_taken_gets_the_teams_name_and_then_a_number() {
        let mut taken = HashSet::new();
        let mut keys = Vec::new();
        for suffix in [None, None, Some("south"), Some("south")] {
            let key = free(&taken, "response-hours", suffix);
            taken.insert(key.clone());
            keys.push(key);
        }
        assert_eq!(
            keys,
            [
                "response-hours",
                "response-hours-2",
                "response-hours-south",
                "response-hours-south-2"
            ]
        );
    }

    #[test]
    fn no_key_is_longer_than_it_may_be() {
        let wanted = "é".repeat(KEY_LENGTH);
        let taken = HashSet::from([wanted.clone()]);
        for suffix in [None, Some("south"), Some("ü".repeat(200).as_str())] {
            let key = free(&taken, &wanted, suffix);
            assert!(
                key.chars().count() <= KEY_LENGTH && !taken.contains(&key),
                "{key}"
            );
        }
    }
}
