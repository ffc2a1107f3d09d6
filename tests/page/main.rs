//! The sandbox page in a real browser, with the real bot behind it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "tests"
)]

mod browser;
mod desk;
mod kudos;
mod markdown;
#[path = "../e2e/office.rs"]
#[expect(dead_code, reason = "the conversations use more of it")]
mod office;
mod page;
mod sandbox;
