//! Teams of the office, as `/team` would have made them.

use discord_sandbox::driver::{Guild, Person};

use crate::office::Office;

impl Office {
    /// A team of #general's server.
    pub(crate) async fn has_team(&self, name: &str, members: &[&Person]) {
        self.has_team_in(&self.acme, name, members).await;
    }

    /// A team of another server.
    pub(crate) async fn has_team_in(&self, guild: &Guild, name: &str, members: &[&Person]) {
        // The bot has heard of the server by then.
        self.settles().await;
        let guild = guild.id().get().cast_signed();
        let now = self.bot().app.now().timestamp_millis();
        let mut tx = self.bot().app.db.write().await.unwrap();
        let team: i64 = sqlx::query_scalar(
            "INSERT INTO teams (guild_id, name, key, created_at) VALUES (?1, ?2, lower(?2), ?3)
             RETURNING id",
        )
        .bind(guild)
        .bind(name)
        .bind(now)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        for member in members {
            sqlx::query(
                "INSERT INTO people (guild_id, user_id, name, first_seen_at) VALUES (?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
            )
            .bind(guild)
            .bind(member.id().get().cast_signed())
            .bind(member.name())
            .bind(now)
            .execute(&mut *tx)
            .await
            .unwrap();
            sqlx::query(
                "INSERT INTO team_members (team_id, person_id, joined_at)
                 SELECT ?1, id, ?4 FROM people WHERE guild_id = ?2 AND user_id = ?3",
            )
            .bind(team)
            .bind(guild)
            .bind(member.id().get().cast_signed())
            .bind(now)
            .execute(&mut *tx)
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
    }
}
