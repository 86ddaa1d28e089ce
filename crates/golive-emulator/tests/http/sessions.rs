//! How many sessions there can be.

use super::client::send;
use golive_emulator::Emulator;

#[tokio::test]
async fn a_reset_makes_room_for_another_session() {
    let emulator = Emulator::builder().empty().start().await.unwrap();
    let client = super::client::client();
    let ask = async |session: &str| {
        let url = format!("{}/@{session}/healthz", emulator.url());
        send(client.get(url)).await
    };
    // One is that of those who ask for none.
    for number in 1..1000 {
        assert_eq!(ask(&number.to_string()).await.status, 200, "{number}");
    }
    let refused = ask("one-more").await;
    assert_eq!(refused.status, 503);
    let (code, message) = refused.error();
    assert_eq!(code, "TooManySessions");
    assert!(message.contains("/_emulator/reset"), "{message}");
    let reset = format!("{}/@7/_emulator/reset", emulator.url());
    assert_eq!(send(client.post(reset)).await.status, 204);
    assert_eq!(ask("one-more").await.status, 200);
    assert_eq!(ask("7").await.status, 503);
}
