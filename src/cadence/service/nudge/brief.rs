//! What somebody needs for a session: read when it is sent, for that person alone.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use crate::cadence::rules::question::{self, Question};
use crate::cadence::service::Circle;
use crate::cadence::store::agenda::{self, Item};
use crate::cadence::store::moments::{self, Moment};
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::promises::{self, Promise};
use crate::ids::{GuildId, PersonId};
use crate::people::Guild;
use crate::recognition::{self, ReceivedLine};
use crate::time::Zone;

/// How far back kudos are looked for where there was no session yet.
const LOOK_BACK: TimeDelta = TimeDelta::days(28);

/// Kudos that are read of one person.
const KUDOS: u32 = 6;

/// Whom a line of another domain is for, and about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The guild.
    pub guild: GuildId,
    /// Who reads it.
    pub reader: PersonId,
    /// Whom it is about.
    pub about: PersonId,
}

/// Reads what another domain has to say in a brief: lines that are rendered, and that the reader may
/// see.
pub type Source = for<'a> fn(
    &'a mut SqliteConnection,
    Subject,
    DateTime<Utc>,
) -> BoxFuture<'a, Result<Vec<String>, sqlx::Error>>;

/// What other domains add to a brief: the registry has the list.
pub trait Briefing: Send + Sync + 'static {
    /// Each of them, in the order in which they are shown.
    const SOURCES: &'static [Source];
}

/// Nothing is added.
#[derive(Clone, Copy, Debug)]
pub struct NoBriefing;

impl Briefing for NoBriefing {
    const SOURCES: &'static [Source] = &[];
}

/// What concerns one of the others in a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// The rendered name.
    pub name: String,
    /// Their zone.
    pub zone: Zone,
    /// The kudos they received since the last session, as far as the reader may see them, newest first.
    pub kudos: Vec<ReceivedLine>,
    /// The reader's own open moments about them, oldest first.
    pub moments: Vec<Moment>,
    /// What other domains add.
    pub lines: Vec<String>,
}

/// What somebody needs for a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// The guild.
    pub guild: Guild,
    /// The series as the reader sees it.
    pub circle: Circle,
    /// The session.
    pub date: Occurrence,
    /// The reader's zone.
    pub zone: Zone,
    /// The others.
    pub others: Vec<Other>,
    /// What other domains add about the reader, as the others may read it, too.
    pub own: Vec<String>,
    /// The open items, oldest first.
    pub agenda: Vec<Item>,
    /// The open promises between the reader and the others, each once.
    pub promises: Vec<Promise>,
    /// The question.
    pub question: Option<&'static Question>,
}

/// Reads the brief of a session for the person who looks.
pub(in crate::cadence::service) async fn brief<B: Briefing>(
    db: &mut SqliteConnection,
    guild: Guild,
    circle: Circle,
    date: Occurrence,
    now: DateTime<Utc>,
) -> Result<Brief, sqlx::Error> {
    let me = circle.me.person;
    let last = occurrences::find_latest(&mut *db, circle.series.id, now).await?;
    let since = last
        .filter(|last| last.id != date.id)
        .map_or(now - LOOK_BACK, |last| last.starts_at);
    let agenda = agenda::open(&mut *db, circle.series.id).await?;
    let mut promised: Vec<Promise> = Vec::new();
    let mut known = HashSet::new();
    let mut others = Vec::new();
    let mut own: Vec<String> = Vec::new();
    for other in &circle.others {
        let found = promises::open_between(&mut *db, me, other.person).await?;
        promised.extend(found.into_iter().filter(|one| known.insert(one.id)));
        let pair = (me, other.person);
        let kudos = recognition::received_between(db, guild.id, pair, (since, now), KUDOS).await?;
        let subject = Subject {
            guild: guild.id,
            reader: me,
            about: other.person,
        };
        // What only one of the two may see is nothing to talk about.
        let turned = Subject {
            reader: other.person,
            about: me,
            ..subject
        };
        let mut lines = Vec::new();
        for source in B::SOURCES {
            lines.extend(source(&mut *db, subject, now).await?);
            for line in source(&mut *db, turned, now).await? {
                if !own.contains(&line) {
                    own.push(line);
                }
            }
        }
        others.push(Other {
            name: other.shown(),
            zone: other.zone_in(&guild),
            kudos,
            moments: moments::open(&mut *db, me, other.person).await?,
            lines,
        });
    }
    Ok(Brief {
        zone: circle.me.zone_in(&guild),
        question: date.question.as_deref().and_then(question::by_key),
        promises: promised,
        guild,
        circle,
        date,
        others,
        own,
        agenda,
    })
}
