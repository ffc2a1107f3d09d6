//! Answers and refusals, with Discord's codes.
//! <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>

use serde_json::{Value, json};

use crate::limits::{self, Violation};

/// A good answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// `None` for 204.
    pub(crate) body: Option<Value>,
}

impl Reply {
    pub(crate) fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body: Some(body),
        }
    }

    pub(crate) fn created(body: Value) -> Self {
        Self {
            status: 201,
            body: Some(body),
        }
    }

    pub(crate) fn nothing() -> Self {
        Self {
            status: 204,
            body: None,
        }
    }
}

/// An answer that says no.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) body: Value,
    /// Whether the stand-in has no such route, which a test wants to know.
    pub(crate) unknown_route: bool,
}

/// What a route comes to.
pub(crate) type Answer = Result<Reply, Refusal>;

impl Refusal {
    fn new(status: u16, code: u64, message: &str) -> Self {
        let body = json!({ "message": message, "code": code });
        Self {
            status,
            body,
            unknown_route: false,
        }
    }

    /// 50035 for fields that break a rule.
    pub(crate) fn invalid(violations: &[Violation]) -> Self {
        Self {
            status: 400,
            body: limits::invalid_form_body(violations),
            unknown_route: false,
        }
    }

    /// 50035 for one field.
    pub(crate) fn field(path: &str, code: &'static str, message: &str) -> Self {
        let violation = Violation {
            path: path.to_owned(),
            code,
            message: message.to_owned(),
        };
        Self::invalid(&[violation])
    }

    pub(crate) fn no_such_route() -> Self {
        Self {
            unknown_route: true,
            ..Self::new(404, 0, "404: Not Found")
        }
    }
}

macro_rules! refusals {
    ($($name:ident = $status:literal, $code:literal, $message:literal;)*) => {
        impl Refusal {
            $(pub(crate) fn $name() -> Self { Self::new($status, $code, $message) })*
        }
    };
}

refusals! {
    unauthorized = 401, 0, "401: Unauthorized";
    method_not_allowed = 405, 0, "405: Method Not Allowed";
    unknown_channel = 404, 10003, "Unknown Channel";
    unknown_guild = 404, 10004, "Unknown Guild";
    unknown_member = 404, 10007, "Unknown Member";
    unknown_message = 404, 10008, "Unknown Message";
    unknown_user = 404, 10013, "Unknown User";
    unknown_emoji = 400, 10014, "Unknown Emoji";
    unknown_webhook = 404, 10015, "Unknown Webhook";
    unknown_interaction = 404, 10062, "Unknown interaction";
    unknown_command = 404, 10063, "Unknown application command";
    not_yours = 403, 20012, "You are not authorized to perform this action on this application";
    already_acknowledged = 400, 40060, "Interaction has already been acknowledged.";
    missing_access = 403, 50001, "Missing Access";
    wrong_in_direct = 403, 50003, "Cannot execute action on a DM channel";
    not_the_author = 403, 50005, "Cannot edit a message authored by another user";
    empty_message = 400, 50006, "Cannot send an empty message";
    cannot_message_user = 403, 50007, "Cannot send messages to this user";
    missing_permissions = 403, 50013, "Missing Permissions";
    wrong_number_to_delete = 400, 50016,
        "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete";
    too_many_reactions = 400, 30010, "Maximum number of reactions reached (20)";
    invalid_webhook_token = 401, 50027, "Invalid Webhook Token";
    too_large = 413, 40005, "Request entity too large";
    too_old_to_delete = 400, 50034, "You can only bulk delete messages that are under 14 days old.";
    bad_json = 400, 50109, "The request body contains invalid JSON.";
    no_mutual_guilds = 403, 50278,
        "Cannot send messages to this user due to having no mutual guilds";
    reply_needs_history = 400, 160002,
        "Cannot reply without permission to read message history";
}
