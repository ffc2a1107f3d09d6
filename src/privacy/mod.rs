//! Personal data: what is kept about people and why, a copy of it for them, and its end.
//!
//! Each domain says in its `privacy.rs` what it keeps (a [`Claim`]): every column that names or
//! describes a person, and how it is exported, erased and forgotten. Everything else follows from
//! the claims: the file of `/privacy export`, what `/privacy erase` does, the words of
//! `/privacy policy` and of docs/PRIVACY.md, and the deletion of what has been kept long enough.
//!
//! - An erasure is one transaction, with the messages that take names off Discord in it. It empties
//!   the person's row and keeps it: counts stay, and nothing leads back to anybody.
//! - A person's data is that of one guild. Nothing here reaches into another.
//! - A test reads the schema and fails on a column about people that no claim covers.
//!
//! The claims themselves stand in `registry`: nothing here knows a domain.

mod acts;
mod claim;
mod document;
pub mod policy;
mod redact;

pub use acts::{erase, expire, export, forget};
pub use claim::{
    Claim, Column, End, Erase, Expire, Export, Forget, Holding, Keep, Section, Subject,
};
pub use document::{Document, FORMAT, Part, instant};
pub use redact::{NOBODY, mentions, named};
