mod chat;
mod give;
mod preference;
mod reactions;
mod values;
