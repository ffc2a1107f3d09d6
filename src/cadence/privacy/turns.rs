//! What is kept of managers' digests, of peers in turns, and of hand-overs.

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::{column, section, shown};
use crate::cadence::store::personal;
use crate::cadence::store::releases::PLACE_DAYS;
use crate::ids::PersonId;
use crate::privacy::{End, Holding, Keep, Section, instant};

/// Digests, and whom not to pair.
pub(super) const TURNS: Holding = Holding {
    title: "Digest and pairing",
    what: "Whether a manager wants the weekly digest, and who is left out when peers are paired.",
    why: "you asked for it, or who set the pairing up did.",
    seen_by: "you; who is left out also the team's managers and admins.",
    keep: Keep::UntilErased,
    sections: &["manager_digest", "left_out_of_pairing"],
    erased: "all of it.",
    columns: &[
        column("manager_digests", "person_id", End::Gone),
        column("rotation_absent", "person_id", End::Gone),
        column("rotations", "created_by", End::Nobody),
        column("rotations", "stopped_by", End::Nobody),
    ],
};

/// What happens when a manager changes.
pub(super) const HANDOVERS: Holding = Holding {
    title: "Hand-overs",
    what: "Whose manager changed, and whether the two of you release your past reviews to the new one.",
    why: "they stay sealed unless both of you release them.",
    seen_by: "the three it concerns.",
    keep: Keep::UntilErased,
    sections: &["hand_overs"],
    erased: "all of them; what was released is sealed again.",
    columns: &[
        column("releases", "former_id", End::Gone),
        column("releases", "member_id", End::Gone),
        column("releases", "new_id", End::Gone),
    ],
};

/// A place that nobody has taken yet.
pub(super) const PLACES: Holding = Holding {
    title: "Empty places",
    what: "That you managed a team which has no manager now.",
    why: "promises made to you move on to whoever takes your place meanwhile.",
    seen_by: "nobody.",
    keep: Keep::Useful {
        days: PLACE_DAYS,
        after: "after you left the place",
    },
    sections: &["open_places"],
    erased: "all of them.",
    columns: &[column("open_places", "person_id", End::Gone)],
};

/// The sections of both, in their order.
pub(super) async fn export(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<Section>, sqlx::Error> {
    let wanted = personal::find_digest(db, person).await?;
    let left_out = personal::list_left_out(db, person).await?;
    let left_out = left_out.into_iter().map(|(team, by_own_word, since)| {
        json!({"team": team, "by_your_word": by_own_word, "since": instant(since)})
    });
    let released = personal::list_releases(db, person).await?;
    let released = released.into_iter().map(|row| release(person, row));
    let places = personal::list_open_places(db, person).await?;
    let places = places
        .into_iter()
        .map(|(team, since)| json!({"team": team, "since": instant(since)}));
    Ok(vec![
        section(
            "manager_digest",
            wanted.into_iter().map(|wanted| json!({"wanted": wanted})),
        ),
        section("left_out_of_pairing", left_out),
        section("hand_overs", released),
        section("open_places", places),
    ])
}

/// A release without what the other one answered.
fn release(person: PersonId, row: personal::OwnRelease) -> Value {
    let own = if row.former == person {
        row.former_answer
    } else if row.member == person {
        row.member_answer
    } else {
        None
    };
    json!({
        "former_manager": shown(row.former_name),
        "member": shown(row.member_name),
        "new_manager": shown(row.new_name),
        "you_said": own,
        "offered_at": instant(row.offered_at),
    })
}
