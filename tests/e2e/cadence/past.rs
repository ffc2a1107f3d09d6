//! A past of series, sessions and promises, written as it would have become.

use chrono::TimeDelta;
use discord_sandbox::driver::Person;

use crate::office::Office;

/// The rule of a week; the weekday does not matter to what is over.
pub(super) const WEEKLY: &str = "FREQ=WEEKLY;BYDAY=TU";

impl Office {
    /// Teams as an admin makes them: Max's team North with Bo, Chen and Dee, managed by Ann.
    pub(crate) async fn has_north(&self) {
        let max = self.has(&self.max);
        let create = max.clone().slash("team create").text("name", "North");
        create.send().await;
        for member in [&self.bo, &self.chen, &self.dee] {
            let add = max.clone().slash("team add").text("team", "north");
            add.user("member", member).send().await;
        }
        let manager = max.slash("team manager").text("team", "north");
        let made = manager.user("member", &self.ann).send().await;
        assert!(!made.failed(), "{}", made.shown());
    }

    /// The row of somebody whom the bot knows.
    pub(super) async fn row_of(&self, person: &Person) -> i64 {
        sqlx::query_scalar("SELECT id FROM people WHERE user_id = ? AND guild_id = ?")
            .bind(person.id().get().cast_signed())
            .bind(self.acme.id().get().cast_signed())
            .fetch_one(self.bot().app.db.read())
            .await
            .unwrap()
    }

    /// A running weekly one-on-one that was made `days` days ago.
    pub(super) async fn has_weekly(&self, one: &Person, other: &Person, days: i64) -> i64 {
        let made = (self.bot().app.now() - TimeDelta::days(days)).timestamp_millis();
        let mut tx = self.bot().app.db.write().await.unwrap();
        let series: i64 = sqlx::query_scalar(
            "INSERT INTO series (guild_id, kind, uid, rule, starts, timezone, minutes, state, created_at)
             VALUES (?, 'one-on-one', lower(hex(randomblob(16))), ?, '2026-01-06T10:00', 'UTC', 30,
                     'running', ?) RETURNING id",
        )
        .bind(self.acme.id().get().cast_signed())
        .bind(WEEKLY)
        .bind(made)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        for person in [one, other] {
            sqlx::query(
                "INSERT INTO series_members (series_id, person_id, answer)
                 SELECT ?1, id, 'fine' FROM people WHERE guild_id = ?2 AND user_id = ?3",
            )
            .bind(series)
            .bind(self.acme.id().get().cast_signed())
            .bind(person.id().get().cast_signed())
            .execute(&mut *tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        series
    }

    /// A date of a series `days` days ago, with what each said of it.
    pub(super) async fn had_session(
        &self,
        series: i64,
        days: i64,
        answers: &[(&Person, bool)],
    ) -> i64 {
        let at = (self.bot().app.now() - TimeDelta::days(days)).timestamp_millis();
        let mut tx = self.bot().app.db.write().await.unwrap();
        let occurrence: i64 = sqlx::query_scalar(
            "INSERT INTO occurrences (series_id, slot, starts_at, ends_at, state)
             VALUES (?1, ?2, ?2, ?2 + 1800000, 'over') RETURNING id",
        )
        .bind(series)
        .bind(at)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        for (person, held) in answers {
            sqlx::query(
                "INSERT INTO held_answers (occurrence_id, person_id, held, answered_at)
                 SELECT ?1, id, ?4, ?5 FROM people WHERE guild_id = ?2 AND user_id = ?3",
            )
            .bind(occurrence)
            .bind(self.acme.id().get().cast_signed())
            .bind(person.id().get().cast_signed())
            .bind(held)
            .bind(at)
            .execute(&mut *tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        occurrence
    }

    /// Runs statements of a fixture.
    pub(crate) async fn runs(&self, statements: String) {
        let mut tx = self.bot().app.db.write().await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(statements))
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// The days of the last hundred, as a period in words.
    pub(super) fn last_hundred_days(&self) -> String {
        let today = self.bot().app.now().date_naive();
        format!("{}..{today}", today - TimeDelta::days(100))
    }
}
