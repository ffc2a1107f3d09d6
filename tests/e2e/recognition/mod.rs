mod chat;
mod give;
mod reactions;
