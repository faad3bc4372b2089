//! Lists that the fake gives in pages.

use seam::{ErrorKind, Value};

use crate::fake::Fake;
use crate::proxy::{Fault, Proxy};

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_list_that_the_fake_pages_is_walked_to_its_end() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    let whole = seam.devices().list().await.unwrap();
    assert!(whole.len() > 2);
    assert_eq!(proxy.count("/devices/list"), 1);

    assert_eq!(seam.devices().list().limit(1).all().await.unwrap(), whole);
    assert_eq!(proxy.count("/devices/list"), 1 + whole.len());

    let mut pages = seam.devices().list().limit(2).pages();
    let mut walked = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert!(page.value.len() <= 2, "the size of a page is kept");
        assert!(page.request_id().is_some());
        walked.extend(page.into_value());
    }
    assert_eq!(walked, whole);

    let mut accounts = seam.connected_accounts().list().limit(1).stream();
    let mut ids = Vec::new();
    while let Some(account) = accounts.next().await {
        ids.push(account.unwrap().connected_account_id);
    }
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn each_page_is_asked_for_with_the_parameters_of_the_first() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let list = proxy.seam(&fake).devices().list().limit(1);
    let some = list.device_ids([fake.device_id(0), fake.device_id(1)]);
    assert_eq!(some.header("x-mine", "1").all().await.unwrap().len(), 2);
    let asked = proxy.asked("/devices/list");
    assert_eq!(asked.len(), 2);
    for request in &asked {
        assert_eq!(request.header("x-mine"), Some("1"));
        assert_eq!(request.json()["limit"], 1);
        assert_eq!(request.json()["device_ids"][1], fake.device_id(1));
    }
    assert_eq!(asked[0].json()["page_cursor"], Value::Null);
    assert!(asked[1].json()["page_cursor"].is_string());
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn a_page_that_is_lost_is_asked_for_again_and_no_item_twice() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    let mut pages = seam.devices().list().limit(1).pages();
    let first = pages.next().await.unwrap().unwrap();
    proxy.fault("/devices/list", Fault::Cut);
    proxy.fault("/devices/list", Fault::Half);
    let second = pages.next().await.unwrap().unwrap();
    assert_ne!(second.value[0], first.value[0]);
    assert_eq!(proxy.count("/devices/list"), 4);
}

#[tokio::test]
#[ignore = "needs the fake server: cargo xtask e2e"]
async fn pages_that_would_never_end_are_an_error() {
    let fake = Fake::start();
    let proxy = Proxy::before(&fake);
    let seam = proxy.seam(&fake);
    let first = seam.devices().list().limit(1).send().await.unwrap();
    for _ in 0..2 {
        proxy.fault("/devices/list", Fault::json(200, &first.text()));
    }
    let error = seam.devices().list().limit(1).all().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert!(error.message().contains("cursor"), "{error}");
}
