//! The forms of kudos in chat, as settings and help name them. What they mean is the grammar's.

/// A form of kudos in chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatForm {
    /// Its name in the settings.
    pub name: &'static str,
    /// What one writes.
    pub example: &'static str,
}

/// All forms, in the order in which they are shown. Names stand in the database.
pub const FORMS: [ChatForm; 6] = [
    ChatForm {
        name: "plus-plus",
        example: "@bo ++ for the demo",
    },
    ChatForm {
        name: "thanks",
        example: "thanks @bo for the demo",
    },
    ChatForm {
        name: "kudos",
        example: "kudos to @bo for the demo",
    },
    ChatForm {
        name: "plus-one",
        example: "+1 @bo for the demo",
    },
    ChatForm {
        name: "reply",
        example: "a reply such as “thanks” or “++”",
    },
    ChatForm {
        name: "emoji",
        example: "@bo and the kudos emoji",
    },
];
