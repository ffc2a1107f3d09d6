//! What the page shows, to whom, and that it only shows.

use std::io::Write;

use bellwether::time::clock::Clock;
use chrono::TimeDelta;

use crate::desk::Desk;

#[tokio::test]
async fn an_ephemeral_answer_is_not_there_for_somebody_else() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    office.announces_in_wins().await;
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    give.text("message", "the demo").send().await;
    browser.sees("Thanked Bo in #wins").await;
    browser.sees("Only you can see this").await;
    desk.becomes(&office.bo).await;
    browser.sees_no_more("Thanked Bo in #wins").await;
    browser
        .find(
            "//button[contains(@class,'unread')][contains(., 'wins')]//span[@class='badge'][.='1']",
        )
        .await;
    desk.goes_to("wins").await;
    browser.sees("the demo").await;
    browser
        .is_gone(&format!("[data-place='{}'].unread", office.wins.id()))
        .await;
    desk.becomes(&office.ann).await;
    desk.goes_to("general").await;
    browser.sees("Thanked Bo in #wins").await;
    browser.click("//button[.='Dismiss message']").await;
    browser.sees_no_more("Thanked Bo in #wins").await;
    desk.close().await;
}

#[tokio::test]
async fn a_channel_that_one_may_not_see_is_not_listed() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let browser = &desk.browser;
    browser
        .find("//button[contains(@class,'place')][contains(., 'deal-room')]")
        .await;
    desk.becomes(&desk.office.dee).await;
    browser.until("![...document.querySelectorAll('.place')].some((place) => place.textContent.includes('deal-room'))").await;
    desk.close().await;
}

#[tokio::test]
async fn a_script_in_a_message_stays_text() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    let script = "<script>window.ran = true</script><img src=x onerror=\"window.ran = true\">";
    office.has(&office.bo).says(&office.general, script).await;
    office
        .has(&office.bo)
        .says(
            &office.general,
            "[a link](javascript:alert) **bold** ||hidden||",
        )
        .await;
    browser.sees(script).await;
    browser.sees("[a link](javascript:alert) bold").await;
    browser.find("//strong[.='bold']").await;
    assert_eq!(
        browser
            .eval("document.querySelectorAll('.log script, .log img, .log a').length")
            .await,
        0
    );
    assert_eq!(browser.eval("window.ran === undefined").await, true);
    // Even a mistake in the page could not: the browser itself refuses to parse texts as HTML.
    let refused = "(() => { try { document.body.innerHTML = '<b>x</b>'; return false; } catch { return true; } })()";
    assert_eq!(browser.eval(refused).await, true);
    // That refusal stands in the browser's log, where nothing else may stand.
    assert_eq!(browser.complaints().await.len(), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_file_is_sent_and_offered() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    let mut file = tempfile::Builder::new()
        .prefix("plan-")
        .suffix(".csv")
        .tempfile()
        .unwrap();
    file.write_all(b"metric,value\nwins,3\n").unwrap();
    let path = file.path().to_str().unwrap().to_owned();
    let name = file
        .path()
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    browser
        .eval("document.querySelector('.composer input[type=file]').hidden = false")
        .await;
    browser
        .find(".composer input[type=file]")
        .await
        .types(&path)
        .await;
    browser
        .find(&format!(
            "//ul[@aria-label='Files to send']/li[contains(., '{name}')]"
        ))
        .await;
    desk.says("the plan").await;
    browser
        .find(&format!(
            "//a[@class='file'][@download='{name}'][contains(., '20 B')]"
        ))
        .await;
    let seen = office
        .has(&office.bo)
        .waits_for(&office.general, |m| m.text() == "the plan")
        .await;
    assert_eq!(seen.files()[0].2, b"metric,value\nwins,3\n");
    desk.close().await;
}

#[tokio::test]
async fn time_is_pushed_and_what_was_todays_is_yesterdays() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    give.text("message", "the demo").send().await;
    browser.sees("the demo").await;
    let before = office.clock.now();
    browser.click("#clock").await;
    browser
        .click("//button[@role='menuitem'][.='+1 day']")
        .await;
    browser
        .find(".header.ahead #clock[aria-label*='pushed ahead']")
        .await;
    assert!(office.clock.now() - before >= TimeDelta::days(1));
    browser.click("//button[.='Undo']").await;
    browser.sees("an admin").await;
    browser.sees("the demo").await;
    browser.click("#clock").await;
    browser
        .click("//button[@role='menuitem'][.='To next Monday 09:00']")
        .await;
    browser
        .until("document.querySelector('#clock').textContent.startsWith('Mon')")
        .await;
    desk.close().await;
}

#[tokio::test]
async fn replies_reactions_edits_and_deletions_are_shown() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    let said = office
        .has(&office.bo)
        .says(&office.general, "Shipping *today*")
        .await;
    browser.sees("Shipping today").await;
    browser.click("//li[contains(., 'Shipping today')]").await;
    browser
        .click("//li[contains(., 'Shipping today')]//button[@aria-label='Reply']")
        .await;
    desk.says("Well done").await;
    browser
        .find("//li[contains(., 'Well done')]//button[@aria-label='In reply to Bo']")
        .await;
    office.has(&office.chen).reacts(&said, "🎉").await;
    browser.click("//button[@aria-label='🎉, 1: Chen']").await;
    browser
        .find("//button[@aria-label='🎉, 2: Chen, Ann'][@aria-pressed='true']")
        .await;
    browser
        .click("//button[@aria-label='🎉, 2: Chen, Ann']")
        .await;
    browser
        .find("//button[@aria-label='🎉, 1: Chen'][@aria-pressed='false']")
        .await;
    office
        .has(&office.bo)
        .edits(&said, "Shipping tomorrow")
        .await;
    browser
        .find("//li[contains(., 'Shipping tomorrow')]//span[.='(edited)']")
        .await;
    office.has(&office.bo).deletes(&said).await;
    browser.sees("The message it answers is gone").await;
    desk.close().await;
}

#[tokio::test]
async fn a_link_to_a_message_leads_to_it_within_the_page() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    office.announces_in_wins().await;
    let bo = office.has(&office.bo);
    bo.says(&office.general, "thanks @Ann for the hint").await;
    for number in 0..60 {
        bo.says(&office.general, &format!("line {number}")).await;
    }
    desk.is_at(&office.ann, &office.general).await;
    browser.sees("line 59").await;
    browser.sees_no_more("thanks @Ann for the hint").await;
    desk.goes_to("wins").await;
    browser
        .click("//a[contains(., 'Jump to the message')]")
        .await;
    browser
        .until("document.activeElement.textContent.includes('thanks @Ann for the hint')")
        .await;
    browser
        .find("//button[@aria-current='page'][.//span[.='general']]")
        .await;
    desk.close().await;
}

#[tokio::test]
async fn ten_thousand_messages_are_no_burden() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let browser = &desk.browser;
    let archive = desk.fills_archive(10_000).await;
    desk.is_at(&desk.office.ann, &archive).await;
    browser.sees("number 9999").await;
    let rows = browser
        .eval("document.querySelectorAll('.message').length")
        .await;
    assert!(
        rows.as_u64().unwrap() <= 100,
        "only the latest are loaded: {rows}"
    );
    for _ in 0..10 {
        let count = "document.querySelectorAll('.message').length";
        let before = browser.eval(count).await;
        browser
            .eval("document.getElementById('log').scrollTop = 0")
            .await;
        browser.until(&format!("{count} > {before}")).await;
    }
    browser.sees("number 9450").await;
    // A new message is drawn within a blink, with all that is loaded.
    let took = "(() => { const start = performance.now(); \
        document.getElementById('log').scrollTop = 1e9; \
        document.body.getBoundingClientRect(); return performance.now() - start; })()";
    let took = browser.eval(took).await.as_f64().unwrap();
    assert!(took < 200.0, "scrolling to the end took {took} ms");
    desk.says("one more").await;
    browser.sees("one more").await;
    desk.close().await;
}
