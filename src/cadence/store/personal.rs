//! The SQL of personal data in the cadence: what somebody may have of it, how they are taken out of
//! it, and how long it is kept.

mod erase;
mod keep;
#[cfg(test)]
mod tests;
mod turns;

pub(in crate::cadence) use erase::{
    delete_own, end_answers, erase_words, list_others, list_running_of,
};
pub(in crate::cadence) use keep::{delete_old, delete_some_of};
pub(in crate::cadence) use turns::{
    OwnRelease, delete_turns, find_digest, list_left_out, list_open_places, list_releases,
};

use sqlx::SqliteConnection;

use crate::ids::{AgendaItemId, ChannelId, MessageId, OccurrenceId, PersonId, PromiseId, SeriesId};

/// A series that somebody is in.
#[derive(Clone, Debug)]
pub(in crate::cadence) struct OwnSeries {
    /// The row.
    pub(in crate::cadence) id: SeriesId,
    /// The word for what it is for.
    pub(in crate::cadence) kind: String,
    /// An RFC 5545 recurrence rule.
    pub(in crate::cadence) rule: String,
    /// The first date and time.
    pub(in crate::cadence) starts: String,
    /// The zone of that.
    pub(in crate::cadence) timezone: String,
    /// How long a session is, in minutes.
    pub(in crate::cadence) minutes: i64,
    /// The team whose peers it pairs.
    pub(in crate::cadence) team: Option<String>,
    /// The word for how far it is.
    pub(in crate::cadence) state: String,
    /// Why it is paused or ended.
    pub(in crate::cadence) reason: Option<String>,
    /// Whether they scheduled it.
    pub(in crate::cadence) is_maker: bool,
    /// The word for what they said to it.
    pub(in crate::cadence) answer: String,
    /// Whether they are nudged about it.
    pub(in crate::cadence) nudged: bool,
    /// Unix milliseconds.
    pub(in crate::cadence) created_at: i64,
}

/// A date of such a series.
#[derive(Clone, Debug)]
pub(in crate::cadence) struct OwnSession {
    /// The row.
    pub(in crate::cadence) id: OccurrenceId,
    /// Its series.
    pub(in crate::cadence) series: SeriesId,
    /// Unix milliseconds.
    pub(in crate::cadence) starts_at: i64,
    /// Unix milliseconds.
    pub(in crate::cadence) ends_at: i64,
    /// The word for how far it is.
    pub(in crate::cadence) state: String,
    /// The question of its brief.
    pub(in crate::cadence) question: Option<String>,
    /// Whether they skipped it.
    pub(in crate::cadence) is_skipper: bool,
    /// Why it was skipped.
    pub(in crate::cadence) reason: Option<String>,
    /// Whether they said that it was held.
    pub(in crate::cadence) held: Option<bool>,
}

/// What was written down of such a session for all of it.
#[derive(Clone, Debug)]
pub(in crate::cadence) struct SharedReview {
    /// The session.
    pub(in crate::cadence) session: OccurrenceId,
    /// Whether they wrote it themselves.
    pub(in crate::cadence) is_own: bool,
    /// Who wrote it; none once erased.
    pub(in crate::cadence) author: Option<String>,
    /// What went well.
    pub(in crate::cadence) went_well: Option<String>,
    /// What both saw and felt.
    pub(in crate::cadence) saw_and_felt: Option<String>,
    /// The plan.
    pub(in crate::cadence) plan: Option<String>,
    /// Unix milliseconds.
    pub(in crate::cadence) written_at: i64,
}

/// An item of a shared agenda.
#[derive(Clone, Debug)]
pub(in crate::cadence) struct SharedItem {
    /// The row.
    pub(in crate::cadence) id: AgendaItemId,
    /// Its series.
    pub(in crate::cadence) series: SeriesId,
    /// Whether they added it themselves.
    pub(in crate::cadence) is_own: bool,
    /// Who added it; none once erased.
    pub(in crate::cadence) author: Option<String>,
    /// What it says.
    pub(in crate::cadence) text: String,
    /// Unix milliseconds.
    pub(in crate::cadence) added_at: i64,
    /// The session in which it was discussed.
    pub(in crate::cadence) discussed_in: Option<OccurrenceId>,
    /// Unix milliseconds.
    pub(in crate::cadence) closed_at: Option<i64>,
}

/// A promise that somebody keeps, was made, or wrote down.
#[derive(Clone, Debug)]
pub(in crate::cadence) struct OwnPromise {
    /// The row.
    pub(in crate::cadence) id: PromiseId,
    /// Who keeps it.
    pub(in crate::cadence) owner: PersonId,
    /// Their name; none once erased.
    pub(in crate::cadence) owner_name: Option<String>,
    /// To whom; none: to oneself.
    pub(in crate::cadence) other: Option<PersonId>,
    /// Their name; none once erased.
    pub(in crate::cadence) other_name: Option<String>,
    /// Who wrote it down.
    pub(in crate::cadence) writer: Option<PersonId>,
    /// The session that it came from.
    pub(in crate::cadence) session: Option<OccurrenceId>,
    /// What was promised.
    pub(in crate::cadence) text: String,
    /// By when.
    pub(in crate::cadence) due_day: Option<String>,
    /// The word for how far it is.
    pub(in crate::cadence) state: String,
    /// Why it was dropped.
    pub(in crate::cadence) reason: Option<String>,
    /// Unix milliseconds.
    pub(in crate::cadence) made_at: i64,
    /// Unix milliseconds.
    pub(in crate::cadence) finished_at: Option<i64>,
}

/// A coaching moment that somebody noted.
#[derive(Clone, Debug)]
pub(in crate::cadence) struct OwnMoment {
    /// The name of whom it is about; none once erased.
    pub(in crate::cadence) about: Option<String>,
    /// What was noted.
    pub(in crate::cadence) note: String,
    /// Where the message stands.
    pub(in crate::cadence) channel: ChannelId,
    /// The message.
    pub(in crate::cadence) message: MessageId,
    /// Unix milliseconds.
    pub(in crate::cadence) noted_at: i64,
    /// Unix milliseconds.
    pub(in crate::cadence) closed_at: Option<i64>,
}

/// A nudge that waits for somebody.
#[derive(Clone, Debug)]
pub(in crate::cadence) struct Waiting {
    /// The word for what it says.
    pub(in crate::cadence) kind: String,
    /// How long before the start, in minutes.
    pub(in crate::cadence) minutes: i64,
    /// The word for what the series is for; none if it is about a promise.
    pub(in crate::cadence) series: Option<String>,
    /// The session.
    pub(in crate::cadence) session: Option<OccurrenceId>,
    /// The promise.
    pub(in crate::cadence) promise: Option<PromiseId>,
    /// Unix milliseconds.
    pub(in crate::cadence) due_at: i64,
}

/// The series that a person is in, oldest first.
pub(in crate::cadence) async fn list_series(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<OwnSeries>, sqlx::Error> {
    sqlx::query_as!(
        OwnSeries,
        r#"SELECT s.id AS "id!: SeriesId", s.kind, s.rule, s.starts, s.timezone, s.minutes,
                  t.name AS "team?", s.state, s.reason,
                  s.created_by IS m.person_id AS "is_maker!: bool", m.answer,
                  m.nudged AS "nudged!: bool", s.created_at
             FROM series_members m JOIN series s ON s.id = m.series_id
             LEFT JOIN teams t ON t.id = s.team_id
            WHERE m.person_id = ? ORDER BY s.id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// The others of each series that a person is in, by name; none once erased.
pub(in crate::cadence) async fn list_with(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(SeriesId, Option<String>)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT m.series_id AS "series: SeriesId", p.name
             FROM series_members own
             JOIN series_members m ON m.series_id = own.series_id AND m.person_id <> own.person_id
             JOIN people p ON p.id = m.person_id
            WHERE own.person_id = ? ORDER BY m.series_id, m.person_id"#,
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.series, row.name)).collect())
}

/// The dates of those series, by date.
pub(in crate::cadence) async fn list_sessions(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<OwnSession>, sqlx::Error> {
    sqlx::query_as!(
        OwnSession,
        r#"SELECT o.id AS "id!: OccurrenceId", o.series_id AS "series: SeriesId", o.starts_at,
                  o.ends_at, o.state, o.question, o.skipped_by IS m.person_id AS "is_skipper!: bool",
                  o.reason, h.held AS "held?: bool"
             FROM series_members m JOIN occurrences o ON o.series_id = m.series_id
             LEFT JOIN held_answers h ON h.occurrence_id = o.id AND h.person_id = m.person_id
            WHERE m.person_id = ? ORDER BY o.starts_at, o.id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// What a person moved: the session, from when, to when and when, all Unix milliseconds.
pub(in crate::cadence) async fn list_moves(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(OccurrenceId, i64, i64, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT occurrence_id AS "session: OccurrenceId", from_at, to_at, moved_at
             FROM moves WHERE person_id = ? ORDER BY id"#,
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.session, row.from_at, row.to_at, row.moved_at))
        .collect())
}

/// What was written down for all of the sessions of a person's series, by session.
pub(in crate::cadence) async fn list_reviews(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<SharedReview>, sqlx::Error> {
    sqlx::query_as!(
        SharedReview,
        r#"SELECT r.occurrence_id AS "session: OccurrenceId",
                  r.author_id = m.person_id AS "is_own!: bool", p.name AS author, r.went_well,
                  r.saw_and_felt, r.plan, r.written_at
             FROM series_members m
             JOIN occurrences o ON o.series_id = m.series_id
             JOIN reviews r ON r.occurrence_id = o.id
             JOIN people p ON p.id = r.author_id
            WHERE m.person_id = ? ORDER BY o.starts_at, o.id, r.author_id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// What a person noted for themselves: the session, the words, and when, Unix milliseconds.
pub(in crate::cadence) async fn list_notes(
    db: &mut SqliteConnection,
    author: PersonId,
) -> Result<Vec<(OccurrenceId, String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT occurrence_id AS "session!: OccurrenceId", text, written_at
             FROM private_notes WHERE author_id = ? ORDER BY written_at"#,
        author
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.session, row.text, row.written_at))
        .collect())
}

/// The agendas of a person's series, oldest first.
pub(in crate::cadence) async fn list_agenda(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<SharedItem>, sqlx::Error> {
    sqlx::query_as!(
        SharedItem,
        r#"SELECT a.id AS "id!: AgendaItemId", a.series_id AS "series: SeriesId",
                  a.author_id = m.person_id AS "is_own!: bool", p.name AS author, a.text, a.added_at,
                  a.discussed_in AS "discussed_in: OccurrenceId", a.closed_at
             FROM series_members m
             JOIN agenda_items a ON a.series_id = m.series_id
             JOIN people p ON p.id = a.author_id
            WHERE m.person_id = ? ORDER BY a.id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// The promises that a person keeps, was made, or wrote down, oldest first.
pub(in crate::cadence) async fn list_promises(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<OwnPromise>, sqlx::Error> {
    sqlx::query_as!(
        OwnPromise,
        r#"SELECT m.id AS "id!: PromiseId", m.owner_id AS "owner: PersonId",
                  a.name AS owner_name, m.other_id AS "other: PersonId", b.name AS "other_name?",
                  m.by_id AS "writer: PersonId", m.occurrence_id AS "session: OccurrenceId", m.text,
                  m.due_day, m.state, m.reason, m.made_at, m.finished_at
             FROM promises m JOIN people a ON a.id = m.owner_id
             LEFT JOIN people b ON b.id = m.other_id
            WHERE m.owner_id = ?1 OR m.other_id = ?1 OR m.by_id = ?1 ORDER BY m.id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// The coaching moments that a person noted, oldest first.
pub(in crate::cadence) async fn list_moments(
    db: &mut SqliteConnection,
    author: PersonId,
) -> Result<Vec<OwnMoment>, sqlx::Error> {
    sqlx::query_as!(
        OwnMoment,
        r#"SELECT p.name AS about, m.note, m.channel_id AS "channel: ChannelId",
                  m.message_id AS "message: MessageId", m.noted_at, m.closed_at
             FROM moments m JOIN people p ON p.id = m.about_id
            WHERE m.author_id = ? ORDER BY m.id"#,
        author
    )
    .fetch_all(db)
    .await
}

/// The nudges that wait for a person, by when they are due.
pub(in crate::cadence) async fn list_nudges(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        r#"SELECT n.kind, n.minutes, s.kind AS "series?",
                  n.occurrence_id AS "session: OccurrenceId", n.promise_id AS "promise: PromiseId",
                  n.due_at
             FROM nudges n
             LEFT JOIN occurrences o ON o.id = n.occurrence_id
             LEFT JOIN series s ON s.id = o.series_id
            WHERE n.person_id = ? AND n.state <> 'done' ORDER BY n.due_at, n.id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// The questions that a person was asked with somebody: the other's name (none once erased), the
/// question's key, how often, and the last time, Unix milliseconds.
pub(in crate::cadence) async fn list_questions(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(Option<String>, String, i64, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT p.name, q.question AS "question!", q.times AS "times!", q.asked_at AS "asked_at!"
             FROM (SELECT high_id AS other, question, times, asked_at FROM questions_asked
                    WHERE low_id = ?1
                   UNION ALL
                   SELECT low_id, question, times, asked_at FROM questions_asked WHERE high_id = ?1) q
             JOIN people p ON p.id = q.other
            ORDER BY q.asked_at, q.question"#,
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.name, row.question, row.times, row.asked_at))
        .collect())
}
