//! What people type, how it is written, and that a reader of Discord's markdown sees it unchanged.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use super::*;

#[test]
fn markup_is_escaped_where_it_acts() {
    for (typed, written) in [
        (
            "plain words, 3 < 4 & snake_case",
            "plain words, 3 < 4 & snake_case",
        ),
        ("**bold** and *it*", r"\*\*bold\*\* and \*it\*"),
        ("_it_ __u__", r"\_it\_ \_\_u\_\_"),
        ("~~no~~ ~5", r"\~\~no\~\~ ~5"),
        ("||secret|| a|b", r"\|\|secret\|\| a|b"),
        ("`code`", r"\`code\`"),
        (r"C:\dir \o/", r"C:\\dir \\o/"),
        ("# Head\n## Head\n#tag", "\\# Head\n\\## Head\n#tag"),
        ("-# small\n- item\n-5", "\\-# small\n\\- item\n-5"),
        ("> quote\n>>> all\na > b", "\\> quote\n\\>>> all\na > b"),
        ("1. one\n 22. two\n1.5", "1\\. one\n 22\\. two\n1.5"),
        ("<3 :trophy:", "<3 :trophy:"),
        (
            "[here](https://evil.example)",
            r"\[here\](<https://evil.example>)",
        ),
    ] {
        assert_eq!(text(typed), written);
    }
}

#[test]
fn mentions_do_not_survive_as_mentions() {
    for (typed, written) in [
        ("@everyone @Here", "@\u{200b}everyone @\u{200b}Here"),
        ("@every\u{200b}one", "@\u{200b}everyone"),
        ("<@123> <@!123> <@&5>", r"\<\@123> \<\@!123> \<\@&5>"),
        (
            "<#1> <t:0:R> </kudos give:1>",
            r"\<#1> \<t:0:R> \</kudos give:1>",
        ),
        ("<👍@e.org> <0@\n>", "\\<👍@e.org> \\<0@\n\\>"),
        ("<:a:1> <a:b:2> <id:guide>", r"\<:a:1> \<a:b:2> \<id:guide>"),
    ] {
        assert_eq!(text(typed), written);
    }
}

#[test]
fn an_address_is_wrapped_and_an_invite_broken() {
    for (typed, written) in [
        (
            "see https://example.com/a_b.",
            "see <https://example.com/a_b>.",
        ),
        ("(https://e.org/x_(y))", "(<https://e.org/x_(y)>)"),
        ("HTTP://e.org/**x**", r"<HTTP://e.org/%2A%2Ax>\*\*"),
        ("<https://e.org>", "\\<<https://e.org>>"),
        (
            "https://medium.com/@everyone",
            "<https://medium.com/%40everyone>",
        ),
        ("join discord.gg/abc", r"join discord.gg\/abc"),
        ("Discord.com/invite/abc", r"Discord.com\/invite/abc"),
        ("https://discord.gg/abc", r"https\://discord.gg\/abc"),
        (
            "https://discord.com/channels/1/2/3",
            "<https://discord.com/channels/1/2/3>",
        ),
        ("steam://run/1 https://", r"steam\://run/1 https\://"),
    ] {
        assert_eq!(text(typed), written);
    }
}

#[test]
fn inline_text_has_one_line() {
    assert_eq!(inline("a\n# b\r\n\r\n> c"), "a # b > c");
    assert_eq!(inline("# a"), r"\# a");
}

#[test]
fn a_name_is_short_and_never_empty() {
    assert_eq!(name("Ann *Bo*"), r"Ann \*Bo\*");
    assert_eq!(name(" \u{3164}\u{200b}"), "someone");
    assert_eq!(name("@everyone"), "@\u{200b}everyone");
    assert_eq!(name(&"n".repeat(41)), format!("{}…", "n".repeat(39)));
}

#[test]
fn praise_names_people_without_pinging_them() {
    let known = |id: u64| match id {
        1 => Some("Ann_".to_owned()),
        2 => Some("everyone".to_owned()),
        3 => Some("<#9> https://x.example".to_owned()),
        4 => Some("\u{3164}".to_owned()),
        _ => None,
    };
    for (typed, written) in [
        ("thanks <@1> and <@!99>", r"thanks @Ann\_ and @someone"),
        ("<@2>, <@4>", "@\u{200b}everyone, @someone"),
        ("<@3>", r"@\<#9> <https://x.example>"),
        (
            "<@&5> in <#7> <:yay:8> <a:yay:8> <t:0:R>",
            "@role in <#7> <:yay:8> <a:yay:8> <t:0:R>",
        ),
        ("<@1x> <t:9:q> <:a b:1>", r"\<\@1x> \<t:9:q> \<:a b:1>"),
    ] {
        assert_eq!(praise(typed, known), written);
    }
    assert_eq!(praise_line("a\n<@1>", known), r"a @Ann\_");
}

/// A reader with the rules of Discord's client: what is shown, or which rule formatted something.
fn read(written: &str) -> Result<String, &'static str> {
    static RULES: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
        [
            ("mention", r"^<(@[!&]?|#)\d+>"),
            ("emoji", r"^<a?:\w+:\d+>"),
            ("timestamp", r"^<t:-?\d+(:\w)?>"),
            ("command", r"^</[^>\n]+:\d+>"),
            ("guild navigation", r"^<id:\w+>"),
            ("mail or phone", r"^<([^ >]+@[^ >]+|\+\d+)>"),
            ("bare address", r"(?i)^(https?|steam|discord)://\S"),
            ("link", r"^\[(\\.|[^\]\\])*\]\("),
            ("bold", r"(?s)^\*\*(\\.|[^\\])+?\*\*"),
            ("italic", r"(?s)^\*[^\s*](\\.|[^\\])*?\*"),
            ("underline", r"(?s)^__(\\.|[^\\])+?__"),
            ("italic", r"(?s)^_(\\.|[^\\_])+?_(?-u:\b{end-half})"),
            ("strike", r"(?s)^~~(\\.|[^\\])+?~~"),
            ("spoiler", r"(?s)^\|\|(\\.|[^\\])+?\|\|"),
            ("code", r"(?s)^`.+?`"),
        ]
        .into_iter()
        .map(|(rule, pattern)| (rule, Regex::new(pattern).unwrap()))
        .collect()
    });
    static AT_LINE_START: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^ *(#{1,3}(\s|$)|-#(\s|$)|([*-]|\d+\.)(\s|$)|>(>>)?( |$))").unwrap()
    });
    static ON_THE_SERVER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)@everyone|@here|<@[!&]?\d+>|discord\.gg/\w").unwrap());
    static WRAPPED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)^<(https?://[^ >\n]+)>").unwrap());
    if ON_THE_SERVER.is_match(written) {
        return Err("the server");
    }
    let mut shown = String::new();
    let mut rest = written;
    let mut line_start = true;
    while let Some(c) = rest.chars().next() {
        if line_start && AT_LINE_START.is_match(rest) {
            return Err("a block");
        }
        if let Some(address) = WRAPPED.captures(rest) {
            let address = address.get(1).unwrap().as_str();
            let mut decoded = address.to_owned();
            for c in ['*', '`', '|', '\\', '[', ']', '_', '~', '@'] {
                decoded = decoded.replace(&format!("%{:02X}", u32::from(c)), &c.to_string());
            }
            shown.push_str(&decoded);
            rest = &rest[address.len() + 2..];
            line_start = false;
            continue;
        }
        if let Some((rule, _)) = RULES.iter().find(|(_, pattern)| pattern.is_match(rest)) {
            return Err(rule);
        }
        rest = &rest[c.len_utf8()..];
        let escaped = rest
            .chars()
            .next()
            .filter(|next| c == '\\' && !next.is_ascii_alphanumeric() && !next.is_whitespace());
        let seen = escaped.unwrap_or(c);
        if let Some(escaped) = escaped {
            rest = &rest[escaped.len_utf8()..];
        }
        line_start = seen == '\n';
        if seen != '\u{200b}' {
            shown.push(seen);
        }
    }
    Ok(shown)
}

#[test]
fn the_reader_knows_markup_when_it_sees_it() {
    for formatted in [
        "**b**",
        "*i*",
        "a _i_ b",
        "__u__",
        "~~s~~",
        "||x||",
        "`c`",
        "# h",
        "a\n- i",
        "1. x",
        "> q",
        "-# s",
        "[a](b)",
        "<@1>",
        "<t:0>",
        "https://x",
        "@everyone",
        "<:a:1>",
    ] {
        assert!(read(formatted).is_err(), "{formatted}");
    }
    assert_eq!(read(r"a\*b <https://x/%2A>").unwrap(), "a*b https://x/*");
}

/// Text made mostly of what could go wrong.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[*_~`|\\\\<>@#:\\-\\[\\]()/.!+ 0-9a-zé👍\n]{1,6}",
        1 => prop::sample::select(vec![
            "@everyone", "@here", "<@123>", "<@&1>", "<#1>", "<:e:1>", "<t:0:R>", "</a b:1>", "<id:x>",
            "https://e.org/", "http://", "steam://", "discord.gg/abc", "**", "__", "~~", "||", "```", "\n# ",
            "\n> ", "\n- ", "\n-# ", "\n1. ", "[a](", "\\", "\u{200d}", "\u{200b}", "\u{301}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn escaped_text_shows_the_original_characters(typed in hostile()) {
        prop_assert_eq!(read(&text(&typed)), Ok(clean::block(&typed)));
        prop_assert_eq!(read(&inline(&typed)), Ok(clean::line(&typed)));
    }

    #[test]
    fn escaped_text_cannot_end_the_markup_around_it(typed in hostile()) {
        let line = inline(&typed);
        prop_assume!(!line.is_empty());
        for mark in ["**", "~~", "||", "__"] {
            let around = format!("{mark}{line}{mark}");
            let end = Regex::new(&format!(r"(?s)^{0}(\\.|[^\\])+?{0}", regex::escape(mark))).unwrap();
            let found = end.find(&around).map(|found| found.end());
            prop_assert_eq!(found, Some(around.len()), "{}", around);
        }
    }

    #[test]
    fn praise_never_pings(typed in hostile(), known in prop::option::of(hostile())) {
        let written = praise(&typed, |_| known.clone());
        let pings = Regex::new(r"(?i)<@[!&]?\d+>|@everyone|@here").unwrap();
        prop_assert!(!pings.is_match(&written), "{}", written);
    }

    #[test]
    fn a_cut_shows_nothing_new(typed in hostile(), max in 0_usize..60) {
        let shown = read(&crate::render::cut(&text(&typed), max));
        prop_assert!(shown.is_ok(), "{:?}", shown);
    }
}
