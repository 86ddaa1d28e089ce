//! The HTTP client that is used when nobody gives another one.

use crate::child::ask;
use crate::fake::Fake;

/// Would be asked if it were left to the environment.
fn proxy() -> Fake {
    Fake::start(|_| "this is the proxy".to_owned())
}

#[test]
fn a_proxy_does_not_see_what_is_asked_of_this_machine() {
    let proxy = proxy();
    let service = Fake::start(|_| {
        r#"{"access_token":"machine-token","expires_on":"4102444800","resource":"","token_type":"Bearer"}"#
            .to_owned()
    });
    let told = ask(
        "managed identity",
        &[
            ("TEST_TRANSPORT", "default"),
            ("http_proxy", &proxy.url()),
            ("IDENTITY_ENDPOINT", &format!("{}/msi", service.url())),
            ("IDENTITY_HEADER", "header-secret"),
        ],
    );
    assert_eq!(told.token(), "machine-token");
    assert_eq!(service.seen().len(), 1);
    assert_eq!(proxy.seen().len(), 0);
}
