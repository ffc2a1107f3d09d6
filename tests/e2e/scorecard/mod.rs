//! Conversations about the scorecard.

mod ask;
mod brief;
mod card;
mod define;
mod door;
mod export;
mod import;
mod list;
mod measured;
pub(crate) mod missing;
mod news;
mod record;
mod review;
mod template;

use discord_sandbox::MessageView;
use discord_sandbox::driver::{Answer, Person, Slash};

use crate::office::Office;

/// A call of a command about a metric.
pub(crate) fn about(office: &Office, who: &Person, path: &str, name: &str) -> Slash {
    office.has(who).slash(path).text("name", name)
}

/// What is seen of an answer once it is there, its picture included.
pub(crate) async fn seen(answer: &Answer) -> MessageView {
    answer.deferred_then().await
}

impl Office {
    /// The server has adopted `se-team`; Max owns its metrics.
    pub(crate) async fn has_se_team(&self) {
        let preview = about(self, &self.max, "scorecard template", "se-team");
        let applied = preview.send().await.clicks("Apply").await;
        assert!(
            applied.shown().contains("28 metrics"),
            "{}",
            applied.shown()
        );
    }

    /// Max records a reading.
    pub(crate) async fn recorded(&self, name: &str, period: &str, value: &str) -> Answer {
        let answer = about(self, &self.max, "metric record", name)
            .text("period", period)
            .text("value", value)
            .send()
            .await;
        assert!(
            answer.shown().contains("I understood"),
            "{}",
            answer.shown()
        );
        answer
    }

    /// Ann manages North, and Bo is in it.
    pub(crate) async fn has_north_of_ann(&self) {
        let max = self.has(&self.max);
        let create = max.clone().slash("team create").text("name", "North");
        create.send().await;
        let add = max.clone().slash("team add").text("team", "north");
        add.user("member", &self.bo).send().await;
        let manager = max.slash("team manager").text("team", "north");
        let made = manager.user("member", &self.ann).send().await;
        assert!(!made.failed(), "{}", made.shown());
    }

    /// A metric of Bo's own figures.
    pub(crate) async fn has_personal_metric(&self, owner: &Person) {
        // Both are known to the bot by then.
        for person in [&self.bo, owner] {
            self.has(person)
                .slash("my")
                .text("timezone", "UTC")
                .send()
                .await;
        }
        let now = self.bot().app.now().timestamp_millis();
        let guild = self.acme.id().get().cast_signed();
        let mut tx = self.bot().app.db.write().await.unwrap();
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO metrics (guild_id, key, kin, member_id, owner_id, source, created_by, created_at)
             SELECT ?1, 'demos', 'demos', b.id, o.id, 'manual', o.id, ?4
               FROM people b, people o
              WHERE b.user_id = ?2 AND o.user_id = ?3 AND b.guild_id = ?1 AND o.guild_id = ?1
             RETURNING id",
        )
        .bind(guild)
        .bind(self.bo.id().get().cast_signed())
        .bind(owner.id().get().cast_signed())
        .bind(now)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO metric_versions (metric_id, from_day, name, perspective, unit, better, edges,
                                          weight, timing, cadence, is_cumulative, is_active,
                                          set_by, set_at)
             SELECT ?1, '2024-01-01', 'Demos', 'customer', 'count', 'higher', 'unset', '1', 'leading',
                    'month', 0, 0, owner_id, ?2
               FROM metrics WHERE id = ?1",
        )
        .bind(id)
        .bind(now)
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }
}
