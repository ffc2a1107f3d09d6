//! The pictures as they were looked at: the same values give the same bytes. After a change,
//! `UPDATE_PICTURES=1 cargo test --test pictures` draws them anew; then look at each in a dark and a
//! light surrounding, and as narrow as a phone (390 pixels).

mod samples;

use std::fs;
use std::path::Path;

use bellwether::render::chart::card;

#[test]
fn pictures_are_as_they_were_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let mut changed = Vec::new();
    for (name, draw) in samples::ALL {
        let file = folder.join(format!("{name}.png"));
        let picture = draw().unwrap();
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            fs::write(&file, &picture.png).unwrap();
        } else if fs::read(&file).unwrap_or_default() != picture.png {
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "these have changed: {changed:?}; draw them anew with UPDATE_PICTURES=1 and look at them"
    );
}

#[test]
fn a_card_of_five_years_fits_a_message() {
    let picture = card(&samples::quarter(260)).unwrap();
    assert!(picture.png.len() < 2 * 1024 * 1024);
    assert!(picture.alt.chars().count() <= 1_024);
}
