//! Conversations about the scorecard.

mod ask;
mod brief;
mod card;
mod compare;
mod define;
mod door;
mod export;
mod import;
mod list;
mod measured;
pub(crate) mod missing;
mod news;
mod picture;
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

    /// A metric by month, green from 5 and red below 3, that Max owns: a team's or the whole server's.
    pub(crate) async fn has_metric(&self, key: &str, kin: &str, team: Option<&str>, name: &str) {
        let mut tx = self.bot().app.db.write().await.unwrap();
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO metrics (guild_id, key, kin, team_id, owner_id, source, created_by, created_at)
             SELECT o.guild_id, ?2, ?3, (SELECT t.id FROM teams t WHERE t.guild_id = o.guild_id AND t.key = ?4),
                    o.id, 'manual', o.id, 0
               FROM people o WHERE o.user_id = ?1
             RETURNING id",
        )
        .bind(self.max.id().get().cast_signed())
        .bind(key)
        .bind(kin)
        .bind(team)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO metric_versions (metric_id, from_day, name, perspective, unit, better, edges,
                                          low_red, low_green, weight, timing, cadence, is_cumulative,
                                          why, action, may_drive, is_active, set_at)
             SELECT ?1, '2024-01-01', ?2,
                    CASE ?1 % 4 WHEN 0 THEN 'learning-and-development' WHEN 1 THEN 'customer'
                                WHEN 2 THEN 'internal-processes' ELSE 'finance' END,
                    'count', 'higher', 'fixed', '3', '5', '1', 'leading', 'month', 0,
                    'a', 'b', 'c', 1, 0",
        )
        .bind(id)
        .bind(name)
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    /// North and South, whose demos are counted alike.
    pub(crate) async fn has_twins(&self) {
        for (team, key) in [("North", "demos-north"), ("South", "demos-south")] {
            let create = self.has(&self.max).slash("team create");
            let made = create.text("name", team).send().await;
            assert!(!made.failed(), "{}", made.shown());
            let team = team.to_lowercase();
            self.has_metric(key, "demos", Some(&team), "Demos").await;
        }
        for (key, period, value) in [
            ("demos-north", "2025-09", "2"),
            ("demos-north", "2025-10", "7"),
            ("demos-south", "2025-09", "6"),
            ("demos-south", "2025-10", "4"),
        ] {
            self.recorded(key, period, value).await;
        }
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
