mod chat;
mod give;
mod history;
mod preference;
mod reactions;
mod team;
mod values;
