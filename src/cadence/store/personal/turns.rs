//! Personal data in managers' digests, peers in turns, and hand-overs.

use sqlx::SqliteConnection;

use crate::ids::PersonId;

/// A release that concerns somebody.
#[derive(Clone, Debug)]
pub(in crate::cadence) struct OwnRelease {
    /// The former manager.
    pub(in crate::cadence) former: PersonId,
    /// Their name; none once erased.
    pub(in crate::cadence) former_name: Option<String>,
    /// The member.
    pub(in crate::cadence) member: PersonId,
    /// Their name; none once erased.
    pub(in crate::cadence) member_name: Option<String>,
    /// The new manager's name; none once erased.
    pub(in crate::cadence) new_name: Option<String>,
    /// The word for what the former manager answered.
    pub(in crate::cadence) former_answer: Option<String>,
    /// The word for what the member answered.
    pub(in crate::cadence) member_answer: Option<String>,
    /// Unix milliseconds.
    pub(in crate::cadence) offered_at: i64,
}

/// Whether a person wants the weekly digest, if they ever said so or got one.
pub(in crate::cadence) async fn find_digest(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Option<bool>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT wanted AS "wanted!: bool" FROM manager_digests WHERE person_id = ?"#,
        person
    )
    .fetch_optional(db)
    .await
}

/// The teams in which a person is not to be paired, whether by their own word, and since when, Unix
/// milliseconds.
pub(in crate::cadence) async fn list_left_out(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(String, bool, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT t.name, a.by_own_word AS "by_own_word!: bool", a.since
             FROM rotation_absent a
             JOIN rotations r ON r.id = a.rotation_id
             JOIN teams t ON t.id = r.team_id
            WHERE a.person_id = ? ORDER BY a.since, r.id"#,
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.name, row.by_own_word, row.since))
        .collect())
}

/// The releases that concern a person, oldest first.
pub(in crate::cadence) async fn list_releases(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<OwnRelease>, sqlx::Error> {
    sqlx::query_as!(
        OwnRelease,
        r#"SELECT r.former_id AS "former: PersonId", f.name AS former_name,
                  r.member_id AS "member: PersonId", m.name AS member_name, n.name AS new_name,
                  r.former_answer, r.member_answer, r.offered_at
             FROM releases r
             JOIN people f ON f.id = r.former_id
             JOIN people m ON m.id = r.member_id
             JOIN people n ON n.id = r.new_id
            WHERE r.former_id = ?1 OR r.member_id = ?1 OR r.new_id = ?1 ORDER BY r.id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// The teams that a person managed and nobody does since, and since when, Unix milliseconds.
pub(in crate::cadence) async fn list_open_places(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        "SELECT t.name, o.since FROM open_places o JOIN teams t ON t.id = o.team_id
          WHERE o.person_id = ? ORDER BY o.since, t.key",
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.since)).collect())
}

/// Deletes all of that.
pub(in crate::cadence) async fn delete_turns(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM manager_digests WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("DELETE FROM rotation_absent WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("DELETE FROM open_places WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "DELETE FROM releases WHERE former_id = ?1 OR member_id = ?1 OR new_id = ?1",
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}
