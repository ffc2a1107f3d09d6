//! The office in which the conversations happen: a server, a few people, the bot.

use std::sync::Arc;
use std::time::Duration;

use bellwether::cadence::rules::{Answer as CadenceAnswer, Kind, SeriesState};
use bellwether::cadence::store::occurrences;
use bellwether::cadence::store::series::{self, NewSeries};
use bellwether::config::{Config, Token};
use bellwether::ids::{GuildId, OccurrenceId, SeriesId, UserId};
use bellwether::people::{self, Seen};
use bellwether::run::{self, Running};
use bellwether::time::Zone;
use bellwether::time::clock::ShiftedClock;
use chrono::TimeDelta;
use discord_sandbox::MessageView;
use discord_sandbox::driver::{Acting, Channel, Discord, Guild, Person};
use tempfile::TempDir;

/// A server with four members and an admin, and the bot in it.
pub(crate) struct Office {
    pub(crate) discord: Discord,
    pub(crate) acme: Guild,
    pub(crate) ann: Person,
    pub(crate) bo: Person,
    pub(crate) chen: Person,
    pub(crate) dee: Person,
    /// Has Manage Server.
    pub(crate) max: Person,
    pub(crate) general: Channel,
    /// Seen by Ann, Bo and Max alone.
    pub(crate) deal_room: Channel,
    /// Where kudos are announced once an admin has chosen it.
    pub(crate) wins: Channel,
    /// The system channel, where the bot introduces itself.
    pub(crate) lobby: Channel,
    pub(crate) clock: Arc<ShiftedClock>,
    bot: Option<Running>,
    folder: TempDir,
    config: fn(&mut Config),
}

impl Office {
    /// The office with the bot connected, as the shipped settings have it.
    pub(crate) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn open_with(config: fn(&mut Config)) -> Self {
        let discord = Discord::start().await;
        discord.bot_is_called("Bellwether");
        let acme = discord.guild("Acme");
        let (ann, bo) = (acme.member("Ann"), acme.member("Bo"));
        let (chen, dee) = (acme.member("Chen"), acme.member("Dee"));
        let max = acme.admin("Max");
        let general = acme.channel("general");
        let deal_room = acme.private_channel("deal-room", &[&ann, &bo, &max]);
        let wins = acme.channel("wins");
        let lobby = acme.channel("lobby");
        acme.has_system_channel(&lobby);
        let mut office = Self {
            discord,
            acme,
            ann,
            bo,
            chen,
            dee,
            max,
            general,
            deal_room,
            wins,
            lobby,
            clock: Arc::default(),
            bot: None,
            folder: tempfile::tempdir().unwrap(),
            config,
        };
        office.starts_bot().await;
        office
    }

    /// Starts the bot on the office's database.
    pub(crate) async fn starts_bot(&mut self) {
        self.starts_bot_with(|_| {}).await;
    }

    /// The same with some settings otherwise, this once.
    pub(crate) async fn starts_bot_with(&mut self, otherwise: impl FnOnce(&mut Config)) {
        let mut config = Config::default();
        config.discord.api_url = self.discord.base_url().parse().unwrap();
        config.database.path = self.folder.path().join("bellwether.db");
        // What is said here depends on no disk; deadlines would.
        config.database.waits_for_disk = false;
        config.delivery.first_retry = Duration::from_millis(20);
        config.delivery.longest_retry = Duration::from_millis(200);
        (self.config)(&mut config);
        otherwise(&mut config);
        let token = Token::parse(&self.discord.token()).unwrap();
        let bot = run::start(config, token, self.clock.clone()).await.unwrap();
        self.discord.bot_is_ready().await;
        self.bot = Some(bot);
    }

    /// Stops the bot as a signal does.
    pub(crate) async fn stops_bot(&mut self) {
        self.bot.take().expect("a running bot").stop().await;
        self.discord.bot_is_gone().await;
    }

    /// The running bot.
    pub(crate) fn bot(&self) -> &Running {
        self.bot.as_ref().expect("a running bot")
    }

    /// Moves the bot's clock.
    pub(crate) fn time_passes(&self, by: TimeDelta) {
        self.clock.push(by);
        self.bot().app.time_moved();
    }

    /// Somebody acting in #general.
    pub(crate) fn has(&self, person: &Person) -> Acting {
        self.discord.as_member(person).in_channel(&self.general)
    }

    /// Waits until the bot has dealt with everything that has happened so far and has nothing left
    /// to say. What it has not said by then it will not say.
    pub(crate) async fn settles(&self) {
        // The gateway keeps the order, and so does the bot: once this is answered, all events
        // before it are being handled.
        self.has(&self.dee)
            .slash("kudos give")
            .types("value", "")
            .await;
        self.is_idle().await;
    }

    /// Waits until the bot has dealt with what it has heard of, and has nothing left to say.
    pub(crate) async fn is_idle(&self) {
        let bot = self.bot();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        loop {
            // Looked at first: what a handler that has ended wrote is in the count that follows.
            let idle = bot.tasks.is_empty();
            // What waits for the end of somebody's quiet hours is nothing to wait for; what was
            // written before the clock went back is due at once.
            let now = bot.app.now();
            let soon = now + TimeDelta::minutes(1);
            let waiting: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM outbox row WHERE state IN ('waiting', 'leased')
                    AND (due_at < ?1 OR created_at > ?2)
                    AND NOT EXISTS (SELECT 1 FROM outbox before
                                     WHERE before.lane = row.lane AND before.id < row.id
                                       AND before.state = 'waiting' AND before.due_at >= ?1
                                       AND before.created_at <= ?2)",
            )
            .bind(soon.timestamp_millis())
            .bind(now.timestamp_millis())
            .fetch_one(bot.app.db.read())
            .await
            .unwrap();
            if idle && waiting == 0 {
                return;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "the bot is still busy:\n{}",
                self.discord.transcript()
            );
            tokio::task::yield_now().await;
        }
    }

    /// What the bot has posted in a channel, as a person sees it.
    pub(crate) fn bot_said(&self, person: &Person, channel: &Channel) -> Vec<MessageView> {
        let seen = self.discord.as_member(person).sees_in(channel);
        seen.into_iter()
            .filter(|message| message.author_id() == self.discord.bot_id())
            .collect()
    }

    /// The bot's name, as its reactions show it.
    #[expect(clippy::unused_self, reason = "reads as a sentence")]
    pub(crate) fn bot_name(&self) -> &'static str {
        "Bellwether"
    }

    /// An admin makes #wins the recognition channel.
    pub(crate) async fn announces_in_wins(&self) {
        let answer = self
            .has(&self.max)
            .slash("setup")
            .channel("channel", &self.wins)
            .send()
            .await;
        assert!(
            answer.is_ephemeral() && !answer.failed(),
            "{}",
            answer.shown()
        );
    }

    /// A running weekly one-on-one of two people; its row.
    pub(crate) async fn have_series(&self, one: &Person, other: &Person) -> SeriesId {
        let app = &self.bot().app;
        let now = app.now();
        let mut tx = app.db.write().await.unwrap();
        let guild = GuildId::from(self.acme.id().get());
        let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await;
        let guild = guild.unwrap().id;
        let seen = |person: &Person| Seen {
            user: UserId::from(person.id().get()),
            name: person.name().to_owned(),
            is_bot: false,
            is_here: true,
        };
        let maker = people::see(&mut tx, guild, &seen(one), now).await.unwrap();
        let other = people::see(&mut tx, guild, &seen(other), now)
            .await
            .unwrap();
        let new = NewSeries {
            guild,
            kind: Kind::OneOnOne,
            rule: "FREQ=WEEKLY;BYDAY=TU".to_owned(),
            starts: "2026-01-06T10:00:00".parse().unwrap(),
            zone: Zone::UTC,
            minutes: 30,
            team: None,
            state: SeriesState::Running,
            created_by: maker.id,
        };
        let id = series::insert(&mut tx, &new, now).await.unwrap();
        for person in [maker.id, other.id] {
            series::insert_member(&mut tx, id, person, CadenceAnswer::Fine, now)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        id
    }

    /// The two of a series met so long ago; the row of that session.
    pub(crate) async fn met(&self, id: SeriesId, ago: TimeDelta) -> OccurrenceId {
        let app = &self.bot().app;
        let at = app.now() - ago;
        let mut tx = app.db.write().await.unwrap();
        let session = occurrences::insert_beside(&mut tx, id, at, at + TimeDelta::minutes(30));
        let session = session.await.unwrap();
        tx.commit().await.unwrap();
        session
    }
}
