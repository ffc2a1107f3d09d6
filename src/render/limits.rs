//! Discord's limits on what a bot sends.
//!
//! Lengths are in Unicode code points, the unit in which Discord counts; see [`length`]. Sources:
//! <https://docs.discord.com/developers/resources/message>,
//! <https://docs.discord.com/developers/components/reference> and
//! <https://docs.discord.com/developers/interactions/application-commands>.

/// A message's content.
pub const CONTENT: usize = 2_000;
/// Embeds of a message.
pub const EMBEDS: usize = 10;
/// All texts of a message's embeds together.
pub const EMBED_TOTAL: usize = 6_000;
/// An embed's title.
pub const EMBED_TITLE: usize = 256;
/// An embed's description.
pub const EMBED_DESCRIPTION: usize = 4_096;
/// Fields of an embed.
pub const EMBED_FIELDS: usize = 25;
/// The name of an embed's field.
pub const FIELD_NAME: usize = 256;
/// The value of an embed's field.
pub const FIELD_VALUE: usize = 1_024;
/// An embed's footer.
pub const EMBED_FOOTER: usize = 2_048;
/// Rows of components below a message.
pub const ROWS: usize = 5;
/// Buttons in a row.
pub const ROW_BUTTONS: usize = 5;
/// A button's label.
pub const BUTTON_LABEL: usize = 80;
/// A link button's address.
pub const BUTTON_URL: usize = 512;
/// The custom id of a component or modal.
pub const CUSTOM_ID: usize = 100;
/// Options of a select, and how many may be chosen.
pub const OPTIONS: usize = 25;
/// Label, value and description of a select's option.
pub const OPTION_TEXT: usize = 100;
/// A select's placeholder.
pub const SELECT_PLACEHOLDER: usize = 150;
/// A modal's title.
pub const MODAL_TITLE: usize = 45;
/// Inputs of a modal.
pub const MODAL_INPUTS: usize = 5;
/// The label of a modal's input.
pub const INPUT_LABEL: usize = 45;
/// The placeholder of a modal's input.
pub const INPUT_PLACEHOLDER: usize = 100;
/// What may be typed into a modal's input.
pub const INPUT_VALUE: usize = 4_000;
/// People that one message may notify.
pub const PINGS: usize = 100;
/// Files of a message.
pub const FILES: usize = 10;
/// A file's size in bytes.
pub const FILE_BYTES: usize = 10 * 1024 * 1024;
/// A file's alternative text.
pub const FILE_ALT: usize = 1_024;
/// Choices that autocomplete may offer.
pub const CHOICES: usize = 25;
/// The name of a choice.
pub const CHOICE_NAME: usize = 100;

/// The length of a text in Unicode code points.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().count()
}
