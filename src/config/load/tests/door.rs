//! The settings of the door for scripts, which go together or not at all.

use super::{SECRET, lines};

#[test]
fn a_door_is_opened_for_a_server_and_with_a_token_or_not_at_all() {
    let open = "[readings]\nlisten = \"127.0.0.1:8140\"\n";
    let server = format!("{open}server = \"123456789012345678\"\n");
    let token = |value| [("BELLWETHER_READINGS_TOKEN", value)];
    let refused = [
        lines(
            "[readings]\nlisten = \"0.0.0.0:8140\"\nserver = \"1\"\n",
            &[],
        ),
        lines(open, &token(SECRET)),
        lines(&server, &[]),
        lines(&server, &token("too short")),
        lines(&format!("{server}token = \"{SECRET}\"\n"), &token(SECRET)),
    ]
    .map(|lines| lines.join("\n"));
    insta::assert_snapshot!(refused.join("\n\n"), @r#"
    bot.toml, line 2, column 10: [readings] listen is "0.0.0.0:8140"; allowed: an address of this machine alone with a port, such as "127.0.0.1:8140", or "" for none
    bot.toml, line 3, column 10: [readings] server is "1"; allowed: a server's id in quotes, 17 to 20 digits, or "" for none

    bot.toml, line 2, column 10: [readings] listen is set and server is not; allowed: the id of the server whose metrics are posted

    bot.toml, line 2, column 10: [readings] listen needs a token that scripts show; put one into the environment variable BELLWETHER_READINGS_TOKEN, such as openssl rand -hex 32 makes

    BELLWETHER_READINGS_TOKEN: a token for scripts has 20 to 200 letters, digits and marks, and no spaces; make one with: openssl rand -hex 32

    bot.toml, line 4, column 1: the token does not belong in a file; put it into the environment variable BELLWETHER_READINGS_TOKEN
    "#);
    assert_eq!(lines("", &token(SECRET)), [""; 0]);
}
