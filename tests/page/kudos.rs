//! The main job, done in the browser in every way there is.

use crate::browser::key;
use crate::desk::Desk;

#[tokio::test]
async fn kudos_by_command_with_suggestions_and_undo() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    let max = office.has(&office.max);
    max.slash("value add")
        .text("name", "Customer first")
        .send()
        .await;
    browser.click("#words").await;
    browser.types("/kudos gi").await;
    browser
        .find("//div[@role='option'][@aria-selected='true'][contains(., '/kudos give')]")
        .await;
    browser.types(key::ENTER).await;
    browser
        .find("//div[@role='option'][contains(., 'Bo')]")
        .await;
    browser.types("bo").await;
    browser
        .find("//div[@role='option'][@aria-selected='true'][contains(., 'Bo')]")
        .await;
    browser.types(key::ENTER).await;
    browser.types("the demo that won the bank").await;
    browser.types(key::TAB).await;
    browser.types("val").await;
    browser
        .find("//div[@role='option'][@aria-selected='true'][contains(., 'value')]")
        .await;
    browser.types(key::ENTER).await;
    browser.types("cust").await;
    browser
        .find("//div[@role='option'][contains(., 'Customer first')]")
        .await;
    browser.types(key::ENTER).await;
    browser.types(key::ENTER).await;
    browser.sees("the demo that won the bank").await;
    browser.sees("Customer first").await;
    let said = office.bot_said(&office.dee, &office.general);
    assert_eq!(said[0].pinged_names(), ["Bo"]);
    browser
        .find("//li[contains(., 'Ann used /kudos give')]")
        .await;
    browser.click("//button[.='Undo']").await;
    browser.sees("Taken back: the kudos to Bo").await;
    browser.sees_no_more("the demo that won the bank").await;
    desk.close().await;
}

#[tokio::test]
async fn a_command_that_is_not_complete_is_not_sent() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let browser = &desk.browser;
    browser.click("#words").await;
    browser.types("/kudos give ").await;
    browser.find(".command-form").await;
    browser.types(key::ESCAPE).await;
    browser.click("//label[.='message']").await;
    browser.types("ok").await;
    browser.types(key::ENTER).await;
    browser
        .find("//p[@role='alert'][contains(., '“to” is needed: person.')]")
        .await;
    browser.types("nobody").await;
    browser
        .find("//div[contains(@class,'listbox-note')][.='Nothing is called that.']")
        .await;
    browser.types(key::ESCAPE).await;
    browser.types(key::ENTER).await;
    browser
        .find("//p[@role='alert'][contains(., '“to” takes a person: pick one from the list.')]")
        .await;
    desk.office.settles().await;
    assert!(
        desk.office
            .bot_said(&desk.office.dee, &desk.office.general)
            .is_empty()
    );
    desk.close().await;
}

#[tokio::test]
async fn kudos_in_chat_with_a_completed_name() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let browser = &desk.browser;
    browser.click("#words").await;
    browser.types("thanks @ch").await;
    browser
        .find("//div[@role='option'][@aria-selected='true'][contains(., 'Chen')]")
        .await;
    browser.types(key::ENTER).await;
    browser.types("for the pilot").await;
    browser.types(key::ENTER).await;
    browser
        .find("//li[contains(., 'for the pilot')]//button[@class='pill'][.='@Chen']")
        .await;
    browser
        .find("//button[contains(@class,'reaction')][@aria-label='✅, 1: Bellwether']")
        .await;
    desk.becomes(&desk.office.chen).await;
    browser
        .find("//li[contains(@class,'pings')]//button[contains(@class,'own')][.='@Chen']")
        .await;
    desk.close().await;
}

#[tokio::test]
async fn kudos_by_the_menu_of_a_message_with_a_form() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    office
        .has(&office.bo)
        .says(&office.general, "I fixed the sync")
        .await;
    browser.sees("I fixed the sync").await;
    browser.click("//li[contains(., 'I fixed the sync')]").await;
    browser
        .click("//li[contains(., 'I fixed the sync')]//button[@aria-label='More']")
        .await;
    browser
        .click("//button[@role='menuitem'][.='Give kudos']")
        .await;
    browser.find("//dialog[contains(., 'Kudos for Bo')]").await;
    browser.click("//dialog//button[.='Submit']").await;
    browser
        .find("//dialog//p[@role='alert'][contains(., 'Fill in')]")
        .await;
    browser
        .find("dialog textarea")
        .await
        .types("a green dashboard on a Friday")
        .await;
    browser.click("//dialog//button[.='Submit']").await;
    browser.is_gone("dialog").await;
    browser.sees("a green dashboard on a Friday").await;
    desk.close().await;
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let Some(desk) = Desk::open().await else {
        return;
    };
    let (office, browser) = (&desk.office, &desk.browser);
    office
        .has(&office.bo)
        .says(&office.general, "The runbook is ready")
        .await;
    browser.sees("The runbook is ready").await;
    // Typing begins in the message box, wherever the focus was.
    browser.types("hello from the keyboard").await;
    browser.types(key::ENTER).await;
    browser.sees("hello from the keyboard").await;
    browser.types(key::ESCAPE).await;
    browser.eval("document.getElementById('log').focus()").await;
    browser.types(key::UP).await;
    browser
        .until("document.activeElement.textContent.includes('hello from')")
        .await;
    browser.types(key::UP).await;
    browser
        .until("document.activeElement.textContent.includes('The runbook')")
        .await;
    browser.types(key::ENTER).await;
    browser
        .find("//div[@role='menu']//button[.='Give kudos']")
        .await;
    browser
        .until("document.activeElement.role === 'menuitem'")
        .await;
    browser.types("give").await;
    browser
        .until("document.activeElement.textContent === 'Give kudos'")
        .await;
    browser.types(key::ENTER).await;
    browser.until("document.activeElement.tagName === 'TEXTAREA' && document.activeElement.closest('dialog')").await;
    browser.types("it saved the night shift").await;
    browser.types(key::TAB).await;
    browser.types(key::ENTER).await;
    browser.is_gone("dialog").await;
    browser.sees("it saved the night shift").await;
    // Another person, by key too.
    browser
        .eval("document.getElementById('self').focus()")
        .await;
    browser.types(key::ENTER).await;
    browser
        .until("document.activeElement.role === 'menuitemradio'")
        .await;
    browser.types("d").await;
    browser
        .until("document.activeElement.textContent.includes('Dee')")
        .await;
    browser.types(key::ENTER).await;
    browser.find("#self[aria-label^='You are Dee.']").await;
    browser.presses_with(key::SHIFT, key::TAB).await;
    desk.close().await;
}
