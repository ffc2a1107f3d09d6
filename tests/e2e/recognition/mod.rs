mod chat;
mod give;
mod history;
mod in_the_air;
mod preference;
mod reactions;
mod team;
mod values;
