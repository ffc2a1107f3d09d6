//! The page reads markdown as Discord's client does.

use serde_json::{Value, json};

use crate::desk::Desk;

/// A node as one reads it: `bold(x)`, texts as they are.
fn written(node: &Value) -> String {
    let kind = node["t"].as_str().unwrap_or("?");
    let many = |nodes: &Value| {
        nodes
            .as_array()
            .unwrap()
            .iter()
            .map(written)
            .collect::<String>()
    };
    match kind {
        "text" => node["text"].as_str().unwrap().to_owned(),
        "break" => "⏎".to_owned(),
        "code" | "block" | "everyone" => format!("{kind}({})", node["text"].as_str().unwrap()),
        "user" | "role" | "channel" => format!("{kind}({})", node["id"].as_str().unwrap()),
        "command" | "emoji" => format!("{kind}({})", node["name"].as_str().unwrap()),
        "time" => format!(
            "time({},{})",
            node["seconds"],
            node["style"].as_str().unwrap()
        ),
        "link" => format!(
            "link({},{})",
            node["url"].as_str().unwrap(),
            many(&node["nodes"])
        ),
        "list" => {
            let items = node["items"].as_array().unwrap().iter().map(many);
            let start = if node["ordered"] == true {
                node["start"].to_string()
            } else {
                "•".to_owned()
            };
            format!("list[{start}]({})", items.collect::<Vec<_>>().join("|"))
        }
        _ => format!("{kind}({})", many(&node["nodes"])),
    }
}

const CASES: &[(&str, &str)] = &[
    (
        "**a *b* c** __u__ ~~s~~",
        "bold(a italic(b) c) underline(u) strike(s)",
    ),
    (
        "***both*** _i_ snake_case_name",
        "bold(italic(both)) italic(i) snake_case_name",
    ),
    ("a ** b, 2 * 3 * 4", "a ** b, 2 * 3 * 4"),
    ("\\*not\\* \\<@1>", "*not* <@1>"),
    ("`**code**` ``a`b``", "code(**code**) code(a`b)"),
    (
        "before ```rust\nlet x = 1;\n``` after",
        "before block(let x = 1;) after",
    ),
    ("||spoiler **bold**||", "spoiler(spoiler bold(bold))"),
    ("> one\n> two\nthree", "quote(one⏎two)three"),
    (">>> all\nof it", "quote(all⏎of it)"),
    (
        "# Big\n## Less\n### Least\n#no",
        "heading(Big)heading(Less)heading(Least)#no",
    ),
    ("-# small", "subtext(small)"),
    ("- a\n- b\n  - c", "list[•](a|blist[•](c))"),
    ("3. x\n4. y", "list[3](x|y)"),
    (
        "[text](https://a.example/b(c)) <https://d.example>",
        "link(https://a.example/b(c),text) link(https://d.example,https://d.example)",
    ),
    (
        "see https://e.example/x, ok",
        "see link(https://e.example/x,https://e.example/x), ok",
    ),
    (
        "[no](javascript:alert(1)) [no](data:x)",
        "[no](javascript:alert(1)) [no](data:x)",
    ),
    (
        "<@1> <@!2> <@&3> <#4> </kudos give:5> <:wave:123>",
        "user(1) user(2) role(3) channel(4) command(kudos give) emoji(wave)",
    ),
    ("<t:0> <t:60:R> <t:x>", "time(0,f) time(60,R) <t:x>"),
    (
        "@everyone and @here, not a@everyones",
        "everyone(@everyone) and everyone(@here), not a@everyones",
    ),
    ("<b>html</b> &amp;", "<b>html</b> &amp;"),
    ("**unclosed", "**unclosed"),
];

#[tokio::test]
async fn markdown_is_read_as_discord_reads_it() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let texts: Vec<&str> = CASES.iter().map(|(text, _)| *text).collect();
    let all = format!("({}).map((text) => module.parse(text))", json!(texts));
    let expression = format!("await import('/page/markdown.js').then((module) => {all})");
    let read = desk.browser.resolves(&expression).await;
    for ((text, expected), nodes) in CASES.iter().zip(read.as_array().unwrap()) {
        let nodes: String = nodes.as_array().unwrap().iter().map(written).collect();
        assert_eq!(nodes, *expected, "{text:?}");
    }
    // Long and hostile texts are read in no time.
    let hostile = "(() => { const start = performance.now(); \
        for (const part of ['*_', '**', '`', '[', '> ', '||', '- ', '<', '~~_*']) module.parse(part.repeat(2000)); \
        return performance.now() - start; })()";
    let took = desk
        .browser
        .resolves(&format!(
            "await import('/page/markdown.js').then((module) => {hostile})"
        ))
        .await;
    assert!(took.as_f64().unwrap() < 1_000.0, "{took}");
    desk.close().await;
}
