//! `POST /readings`: readings from scripts, by a real client.

use bellwether::config::Secret;
use discord_sandbox::driver::Discord;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use super::about;
use crate::office::Office;

const TOKEN: &str = "a-token-of-twenty-characters";

impl Office {
    /// The office with the door for scripts open, and `se-team` adopted.
    async fn open_to_scripts() -> Self {
        // The guild's id is only known once the server is there, and the settings are made before.
        let mut office = Self::open().await;
        office.has_se_team().await;
        office.opens_the_door().await;
        office
    }

    async fn opens_the_door(&mut self) {
        self.stops_bot().await;
        let guild = self.acme.id().get();
        self.starts_bot_with(move |config| {
            config.readings.listen = Some(([127, 0, 0, 1], 0).into());
            config.readings.server = Some(guild);
            config.readings.token = Some(Secret::parse(TOKEN).unwrap());
        })
        .await;
    }

    /// A request to the door, with the token.
    fn asks(&self, method: Method, path: &str) -> RequestBuilder {
        let address = self.bot().door.expect("an open door");
        let client = Client::builder().no_proxy().build().unwrap();
        client
            .request(method, format!("http://{address}{path}"))
            .bearer_auth(TOKEN)
    }

    async fn posts(&self, kind: &str, body: impl Into<reqwest::Body>) -> (StatusCode, Value) {
        let asked = self.asks(Method::POST, "/readings");
        told(asked.header("content-type", kind).body(body)).await
    }
}

async fn told(asked: RequestBuilder) -> (StatusCode, Value) {
    let response = asked.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    (response.status(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_script_posts_readings_as_csv_and_as_json() {
    let office = Office::open_to_scripts().await;
    let csv = "metric;period;value;note\nresponse-hours;2025-W40;7,5;by *script*\npoc-overrun;2025-10;20%;\n";
    let first = office.posts("text/csv; charset=utf-8", csv).await;
    let all = json!({"new": 2, "corrected": 0, "unchanged": 0, "of_persons": 0});
    assert_eq!(first, (StatusCode::OK, all));
    let json = json!([
        {"metric": "response-hours", "period": "2025-W40", "value": 8.25},
        {"metric": "poc-overrun", "period": "2025-10", "value": "20%"},
        {"metric": "PoC overrun", "period": "2025-11", "value": "7/9", "note": "late"},
    ]);
    let second = office.posts("application/json", json.to_string()).await;
    let all = json!({"new": 1, "corrected": 1, "unchanged": 1, "of_persons": 0});
    assert_eq!(second, (StatusCode::OK, all));
    let again = office.posts("application/json", json.to_string()).await;
    let all = json!({"new": 0, "corrected": 0, "unchanged": 3, "of_persons": 0});
    assert_eq!(again, (StatusCode::OK, all));
    let history = about(&office, &office.bo, "metric history", "response-hours");
    let shown = history.send().await.shown();
    assert!(shown.contains("**8.3 h** · a script, <t:"), "{shown}");
    assert!(shown.contains("~~7.5 h~~"), "{shown}");
    let audit = office.has(&office.max).slash("audit").send().await.shown();
    assert!(
        audit.contains("**A script** recorded 2 readings"),
        "{audit}"
    );
}

#[tokio::test]
async fn what_is_wrong_comes_back_by_line_column_and_value_and_nothing_is_recorded() {
    let office = Office::open_to_scripts().await;
    let csv = "metric,period,value\npoc-overrun,2025-10,20%\npoc-overrun,2025-11,a lot\nnothing,soon,1\nkudos-coverage,2025-10,80%\n";
    let (status, body) = office.posts("text/csv", csv).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!(format!("{body:#}"), @r#"
    {
      "error": "Nothing was recorded. Mend these and send it again.",
      "errors": [
        {
          "column": "value",
          "line": 3,
          "message": "I read no number in “a lot”. Type one such as “82%”, “1.2k”, “1250.50” or “7/9”.",
          "value": "a lot"
        },
        {
          "column": "metric",
          "line": 4,
          "message": "I know no such metric. Write its key, as the list of metrics shows it.",
          "value": "nothing"
        },
        {
          "column": "period",
          "line": 4,
          "message": "I read no period in “soon”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.",
          "value": "soon"
        },
        {
          "column": "metric",
          "line": 5,
          "message": "I measure “kudos-coverage” myself. Take its lines out.",
          "value": "kudos-coverage"
        }
      ]
    }
    "#);
    assert_eq!(office.readings().await, 0);
}

#[tokio::test]
async fn what_is_no_request_of_ours_is_refused_with_what_to_send() {
    let office = Office::open_to_scripts().await;
    let mut said = Vec::new();
    let mut note = async |asked: RequestBuilder| {
        let (status, body) = told(asked).await;
        said.push(format!(
            "{} {}",
            status.as_u16(),
            body["error"].as_str().unwrap()
        ));
    };
    let post = || office.asks(Method::POST, "/readings");
    let csv = |body: Vec<u8>| post().header("content-type", "text/csv").body(body);
    note(office.asks(Method::GET, "/readings")).await;
    note(office.asks(Method::POST, "/")).await;
    note(post().body("metric,period,value\n")).await;
    note(post().header("content-type", "text/plain").body("x")).await;
    note(csv(Vec::new())).await;
    note(csv(b"metric,period,value\na,2025-10,\xe9\n".to_vec())).await;
    note(csv(b"a,2025-10,1\n".to_vec())).await;
    note(csv(vec![b'a'; 8 * 1024 * 1024 + 1])).await;
    let many = format!("metric,period,value\n{}", "a,2025-10,1\n".repeat(10_001));
    note(csv(many.into_bytes())).await;
    note(
        post()
            .header("content-type", "application/json")
            .body("{\"readings\": 1}"),
    )
    .await;
    insta::assert_snapshot!(said.join("\n"), @"
    405 Send it with POST.
    404 There is nothing here. There is: /readings.
    415 Say what it is: Content-Type: text/csv, or application/json.
    415 Say what it is: Content-Type: text/csv, or application/json.
    400 The file is empty. Its first line names the columns: metric,period,value,note.
    400 The file is not UTF-8 text (line 2 shows it). In a spreadsheet, save the sheet as “CSV UTF-8”.
    400 The first line names the columns, such as metric,period,value,note; I found no metric, period, value in “a,2025-10,1”. Add that line.
    413 That is more than 8388608 bytes. Split it.
    413 The file has 10001 readings, and I take 10000 at once. Split it.
    400 Line 1, column 14 is not valid JSON: invalid type: integer `1`, expected a sequence.
    ");
    let response = office.asks(Method::PUT, "/readings").send().await.unwrap();
    assert_eq!(response.headers()["allow"], "POST");
}

#[tokio::test]
async fn without_the_token_nothing_is_taken() {
    let office = Office::open_to_scripts().await;
    let address = office.bot().door.unwrap();
    let client = Client::builder().no_proxy().build().unwrap();
    let csv = "metric,period,value\npoc-overrun,2025-10,20%\n";
    for header in [
        None,
        Some("Bearer".to_owned()),
        Some("Bearer ".to_owned()),
        Some(format!("Basic {TOKEN}")),
        Some(format!("Bearer {TOKEN}x")),
        Some(format!("Bearer {}", &TOKEN[1..])),
        Some(TOKEN.to_owned()),
        Some("Bearer a-token-of-twenty-charactersa-token".to_owned()),
    ] {
        let mut asked = client.post(format!("http://{address}/readings"));
        asked = asked.header("content-type", "text/csv").body(csv);
        if let Some(header) = &header {
            asked = asked.header("authorization", header);
        }
        let response = asked.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{header:?}");
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
    }
    assert_eq!(office.readings().await, 0);
    let lower = client
        .post(format!("http://{address}/readings"))
        .header("authorization", format!("bearer {TOKEN}"))
        .header("content-type", "text/csv")
        .body(csv);
    assert_eq!(lower.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_script_is_told_nothing_of_a_person_s_figures() {
    let office = Office::open_to_scripts().await;
    office.has_north_of_ann().await;
    office.has_personal_metric(&office.bo).await;
    let say = async |value: u32| {
        let body = json!([{"metric": "demos", "period": "2025-10", "value": value}]);
        office.posts("application/json", body.to_string()).await
    };
    let first = say(3).await;
    let all = json!({"new": 0, "corrected": 0, "unchanged": 0, "of_persons": 1});
    assert_eq!(first, (StatusCode::OK, all));
    assert_eq!(say(4).await, first);
    assert_eq!(say(4).await, first);
    assert_eq!(office.readings().await, 2);
}

#[tokio::test]
async fn several_scripts_post_at_once() {
    let office = Office::open_to_scripts().await;
    let posts = (1..=12).map(|month| {
        let csv = format!(
            "metric,period,value\npoc-overrun,2024-{month:02},20%\npoc-overrun,2025-01,{month}%\n"
        );
        office.posts("text/csv", csv)
    });
    for (status, body) in futures::future::join_all(posts).await {
        assert_eq!(status, StatusCode::OK, "{body}");
    }
    assert_eq!(office.readings().await, 24);
    let in_force: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM readings WHERE superseded_by IS NULL AND period = '2025-01'",
    )
    .fetch_one(office.bot().app.db.read())
    .await
    .unwrap();
    assert_eq!(in_force, 1);
}

#[tokio::test]
async fn the_door_closes_with_the_bot_and_is_shut_unless_it_is_opened() {
    let mut office = Office::open_to_scripts().await;
    let address = office.bot().door.unwrap();
    office.stops_bot().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    office.starts_bot().await;
    assert_eq!(office.bot().door, None);
}

#[tokio::test]
async fn a_door_to_a_server_that_the_bot_is_not_in_says_so() {
    let elsewhere = Discord::start().await.guild("Elsewhere").id().get();
    let mut office = Office::open().await;
    office.stops_bot().await;
    office
        .starts_bot_with(move |config| {
            config.readings.listen = Some(([127, 0, 0, 1], 0).into());
            config.readings.server = Some(elsewhere + 1);
            config.readings.token = Some(Secret::parse(TOKEN).unwrap());
        })
        .await;
    let said = office
        .posts("text/csv", "metric,period,value\na,2025-10,1\n")
        .await;
    assert_eq!(said.0, StatusCode::CONFLICT);
    insta::assert_snapshot!(said.1["error"].as_str().unwrap(), @"I am not in the server that [readings] server names. Invite me there, or name another.");
}
