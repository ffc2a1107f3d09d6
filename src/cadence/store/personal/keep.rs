//! How long the cadence keeps what, and forgetting a guild.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use crate::cadence::store::releases::PLACE_DAYS;
use crate::config::Retention;
use crate::ids::GuildId;

/// Deletes up to `most` rows of each kind that have been kept long enough. Returns how many in all.
pub(in crate::cadence) async fn delete_old(
    tx: &mut SqliteConnection,
    keep: &Retention,
    now: DateTime<Utc>,
    most: u32,
) -> Result<u64, sqlx::Error> {
    let ago = |days: u32| (now - TimeDelta::days(i64::from(days))).timestamp_millis();
    let before = ago(keep.nudge_days);
    // One about a promise that is still open says that it was told.
    let nudges = sqlx::query!(
        "DELETE FROM nudges WHERE id IN
             (SELECT n.id FROM nudges n
               WHERE n.expires_at < ?1 AND NOT EXISTS
                     (SELECT 1 FROM promises m WHERE m.id = n.promise_id AND m.state = 'open')
               LIMIT ?2)",
        before,
        most
    )
    .execute(&mut *tx)
    .await?;
    let before = ago(keep.closed_days);
    let items = sqlx::query!(
        "DELETE FROM agenda_items WHERE id IN
             (SELECT id FROM agenda_items WHERE closed_at < ? LIMIT ?)",
        before,
        most
    )
    .execute(&mut *tx)
    .await?;
    let promises = sqlx::query!(
        "DELETE FROM promises WHERE id IN
             (SELECT id FROM promises WHERE finished_at < ? LIMIT ?)",
        before,
        most
    )
    .execute(&mut *tx)
    .await?;
    let moments = sqlx::query!(
        "DELETE FROM moments WHERE id IN (SELECT id FROM moments WHERE closed_at < ? LIMIT ?)",
        before,
        most
    )
    .execute(&mut *tx)
    .await?;
    let questions = sqlx::query!(
        "DELETE FROM questions_asked WHERE (low_id, high_id, question) IN
             (SELECT low_id, high_id, question FROM questions_asked WHERE asked_at < ? LIMIT ?)",
        before,
        most
    )
    .execute(&mut *tx)
    .await?;
    let before = ago(PLACE_DAYS);
    let places = sqlx::query!(
        "DELETE FROM open_places WHERE (team_id, person_id) IN
             (SELECT team_id, person_id FROM open_places WHERE since < ? LIMIT ?)",
        before,
        most
    )
    .execute(&mut *tx)
    .await?;
    // With its sessions, of which there may be many: a few at a time.
    let before = ago(keep.ended_series_days);
    let few = most.div_ceil(25);
    let series = sqlx::query!(
        "DELETE FROM series WHERE id IN
             (SELECT id FROM series WHERE state = 'ended' AND changed_at < ? LIMIT ?)",
        before,
        few
    )
    .execute(tx)
    .await?;
    let done = [nudges, items, promises, moments, questions, places, series];
    Ok(done.iter().map(|done| done.rows_affected()).sum())
}

/// Deletes up to `most` of a guild's nudges, moments, promises, releases and rotations, and fewer series with their
/// sessions. Returns how many in all. What was asked goes with the people.
pub(in crate::cadence) async fn delete_some_of(
    tx: &mut SqliteConnection,
    guild: GuildId,
    most: i64,
) -> Result<u64, sqlx::Error> {
    let nudges = sqlx::query!(
        "DELETE FROM nudges WHERE id IN (SELECT id FROM nudges WHERE guild_id = ? LIMIT ?)",
        guild,
        most
    )
    .execute(&mut *tx)
    .await?;
    let moments = sqlx::query!(
        "DELETE FROM moments WHERE id IN (SELECT id FROM moments WHERE guild_id = ? LIMIT ?)",
        guild,
        most
    )
    .execute(&mut *tx)
    .await?;
    let promises = sqlx::query!(
        "DELETE FROM promises WHERE id IN (SELECT id FROM promises WHERE guild_id = ? LIMIT ?)",
        guild,
        most
    )
    .execute(&mut *tx)
    .await?;
    let releases = sqlx::query!(
        "DELETE FROM releases WHERE id IN (SELECT id FROM releases WHERE guild_id = ? LIMIT ?)",
        guild,
        most
    )
    .execute(&mut *tx)
    .await?;
    let rotations = sqlx::query!(
        "DELETE FROM rotations WHERE id IN (SELECT id FROM rotations WHERE guild_id = ? LIMIT ?)",
        guild,
        most
    )
    .execute(&mut *tx)
    .await?;
    let few = (most / 20).max(1);
    let series = sqlx::query!(
        "DELETE FROM series WHERE id IN (SELECT id FROM series WHERE guild_id = ? LIMIT ?)",
        guild,
        few
    )
    .execute(tx)
    .await?;
    let done = [nudges, moments, promises, releases, rotations, series];
    Ok(done.iter().map(|done| done.rows_affected()).sum())
}
