//! What goes wrong between the bot and Discord, and on the bot's own machine.

mod gateway;
mod machine;
mod many;
mod permissions;
mod rest;
