//! Bad input, and a service that misbehaves: exit codes, and words that say what
//! to do.

use crate::program::{EmulatorProcess, Ended, program, run};
use golive_client::endpoints::GET_OPERATION;
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use std::process::Command;

const PUBLISHER: &str = "contoso";
const OFFER: &str = "contoso-virtualmachineoffer";
const OPERATION: &str = "56615b67-2185-49fe-80d2-c4ddf77bb2e8";

fn golive(arguments: &[&str]) -> Ended {
    run(
        program().env("GOLIVE_TOKEN", "test-secret").args(arguments),
        "",
    )
}

/// A go-live at an endpoint of its own.
fn go_live_at(endpoint: &str) -> Ended {
    golive(&["go-live", PUBLISHER, OFFER, "--endpoint", endpoint])
}

fn expect(ended: &Ended, code: i32, words: &[&str]) {
    assert_eq!(ended.code, code, "{ended:?}");
    for word in words {
        assert!(ended.stderr.contains(word), "{word}: {ended:?}");
    }
    let said = format!("{}{}", ended.stdout, ended.stderr);
    assert!(!said.contains("test-secret"), "{ended:?}");
    assert!(!said.contains("panicked"), "{ended:?}");
}

#[test]
fn wrong_usage_is_2() {
    expect(&golive(&[]), 2, &["Usage: golive"]);
    expect(
        &golive(&["golive"]),
        2,
        &["unrecognized subcommand", "go-live"],
    );
    expect(&golive(&["go-live", PUBLISHER]), 2, &["<OFFER>"]);
    expect(
        &golive(&["go-live", PUBLISHER, ".."]),
        2,
        &["is not the id of an offer"],
    );
    expect(
        &golive(&["go-live", "a/b", OFFER]),
        2,
        &["is not the id of a publisher"],
    );
    expect(
        &golive(&["go-live", PUBLISHER, OFFER, "--deadline", "5"]),
        2,
        &["90s, 5h or 3d"],
    );
    expect(
        &go_live_at("cloudpartner.azure.com"),
        2,
        &["has no scheme", "https://cloudpartner.azure.com"],
    );
    expect(
        &go_live_at("http://cloudpartner.azure.com"),
        2,
        &["must be https"],
    );
    expect(&golive(&["emulator", "--speed", "0"]), 2, &["speed"]);
    expect(&golive(&["emulator", "--listen", "here"]), 2, &["--listen"]);
    let both = [
        "go-live",
        PUBLISHER,
        OFFER,
        "--emulator",
        "--endpoint",
        "http://127.0.0.1:1",
    ];
    expect(&golive(&both), 2, &["cannot be used with"]);
}

#[test]
fn what_is_not_a_resume_token_is_2() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let file = file.to_str().unwrap();
    expect(
        &golive(&["wait", "--token-file", file]),
        2,
        &["cannot be read", file],
    );
    std::fs::write(file, "publisher: contoso\n").unwrap();
    expect(
        &golive(&["wait", "--token-file", file]),
        2,
        &["has no resume token in it", file],
    );
    std::fs::write(file, " \n").unwrap();
    expect(
        &golive(&["wait", "--token-file", file]),
        2,
        &["it is empty"],
    );
    expect(
        &golive(&["wait", "lro1.abc"]),
        2,
        &["not a resume token", "truncated or altered"],
    );
    expect(
        &golive(&["wait"]),
        2,
        &["standard input has no resume token"],
    );
    expect(
        &run(
            program().arg("wait").env("GOLIVE_TOKEN", "test-secret"),
            "\0\u{1}",
        ),
        2,
        &[],
    );
}

#[test]
fn a_token_file_that_cannot_be_written_is_found_before_anything_is_sent() {
    let server = MockServer::start();
    let anything = server.mock(|_, then| {
        then.status(500);
    });
    for file in ["/no/such/folder/token", "/"] {
        let url = server.base_url();
        let arguments = [
            "go-live",
            PUBLISHER,
            OFFER,
            "--endpoint",
            &url,
            "--token-file",
            file,
        ];
        expect(&golive(&arguments), 2, &["token file"]);
    }
    anything.assert_calls(0);
}

#[test]
fn no_token_and_no_permission_are_3() {
    let emulator = EmulatorProcess::start(1);
    let started = run(
        emulator
            .client()
            .args(["go-live", PUBLISHER, OFFER, "--no-wait"]),
        "",
    );
    let mut wait = program();
    wait.env("GOLIVE_ENDPOINT", &emulator.url)
        .args(["wait", started.stdout.trim()]);
    expect(
        &run(&mut wait, ""),
        3,
        &["GOLIVE_TOKEN", "what to do", "resume with: golive wait"],
    );

    let emulator = EmulatorProcess::start(1);
    let go_live = |command: &mut Command| run(command.args(["go-live", PUBLISHER, OFFER]), "");
    for token in [None, Some(""), Some("  ")] {
        let mut command = program();
        command.env("GOLIVE_ENDPOINT", &emulator.url);
        if let Some(token) = token {
            command.env("GOLIVE_TOKEN", token);
        }
        expect(&go_live(&mut command), 3, &["GOLIVE_TOKEN", "what to do"]);
    }
    for status in [401, 403] {
        let server = MockServer::start();
        server.go_live_offer(|_, then| {
            then.into_inner().status(status);
        });
        expect(
            &go_live_at(&server.base_url()),
            3,
            &[&status.to_string(), "what to do"],
        );
    }
}

#[test]
fn what_the_service_refuses_is_4() {
    let emulator = EmulatorProcess::start(1);
    let unknown = run(
        emulator
            .client()
            .args(["go-live", PUBLISHER, "no-such-offer"]),
        "",
    );
    expect(
        &unknown,
        4,
        &["404", "no-such-offer", "check the ids", "correlation id"],
    );
    for status in [400, 404, 409, 422, 429] {
        let server = MockServer::start();
        server.go_live_offer(|_, then| {
            then.into_inner()
                .status(status)
                .body("<html><h1>the message</h1></html>");
        });
        expect(
            &go_live_at(&server.base_url()),
            4,
            &[&status.to_string(), "the message"],
        );
    }
}

#[test]
fn a_service_that_is_not_there_is_4() {
    // Nobody else gets the port, and nobody listens at it.
    let taken = tokio::net::TcpSocket::new_v4().unwrap();
    taken.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let address = taken.local_addr().unwrap();
    expect(
        &go_live_at(&format!("http://{address}")),
        4,
        &["cannot be reached; nothing was sent"],
    );
}

#[test]
fn an_answer_that_leaves_it_open_is_5_and_names_the_running_operation() {
    // The operations are looked at for a while; all at once.
    let check = |status: u16| {
        let server = MockServer::start();
        let post = server.go_live_offer(|_, then| {
            then.into_inner()
                .status(status)
                .header("location", "https://evil.example/");
        });
        server.list_operations(|_, then| {
            let list = serde_json::json!([{"id": OPERATION, "submissionState": "running"}]);
            then.ok(&serde_json::from_value(list).unwrap());
        });
        let ended = go_live_at(&server.base_url());
        expect(
            &ended,
            5,
            &[
                "unknown whether",
                "do not simply repeat",
                // It may be anybody's operation.
                "follow it with: golive wait",
            ],
        );
        post.assert_calls(1);
    };
    std::thread::scope(|scope| {
        for status in [302, 500, 502, 503, 504] {
            scope.spawn(move || check(status));
        }
    });
}

#[test]
fn an_acceptance_without_a_polling_url_is_looked_up() {
    let server = MockServer::start();
    server.go_live_offer(|_, then| {
        then.accepted();
    });
    // It was not there before.
    let asked = std::sync::atomic::AtomicUsize::new(0);
    server.list_operations(|_, then| {
        then.into_inner()
            .respond_with(move |_: &httpmock::HttpMockRequest| {
                let list = match asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                    0 => serde_json::json!([]),
                    _ => serde_json::json!([{"id": OPERATION, "submissionState": "running"}]),
                };
                let reply = httpmock::HttpMockResponse::builder().status(200);
                reply.body(list.to_string()).build()
            });
    });
    let url = server.base_url();
    let ended = golive(&[
        "go-live",
        PUBLISHER,
        OFFER,
        "--endpoint",
        &url,
        "--no-wait",
        "--output",
        "json",
    ]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(ended.json()["operation"]["id"], OPERATION);
}

#[test]
fn a_polling_url_on_another_host_is_4_and_gets_nothing() {
    let elsewhere = MockServer::start();
    let anything = elsewhere.mock(|_, then| {
        then.status(200);
    });
    let path = GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap();
    let server = MockServer::start();
    server.go_live_offer(|_, then| {
        then.accepted().operation_location(elsewhere.url(&path));
    });
    let ended = go_live_at(&server.base_url());
    expect(
        &ended,
        4,
        &[
            "not an allowed origin",
            "nothing was sent there",
            "resume with",
        ],
    );

    // A token is for one service only.
    let token = {
        let server = MockServer::start();
        server.go_live_offer(|_, then| {
            then.accepted().location(path.as_str());
        });
        let url = server.base_url();
        golive(&["go-live", PUBLISHER, OFFER, "--endpoint", &url, "--no-wait"]).stdout
    };
    let ended = golive(&["wait", token.trim(), "--endpoint", &elsewhere.base_url()]);
    expect(
        &ended,
        2,
        &["not an allowed origin", "check that the endpoint"],
    );
    anything.assert_calls(0);
}

#[test]
fn a_step_that_is_blocked_is_told_while_the_operation_runs() {
    let server = MockServer::start();
    let path = GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap();
    server.go_live_offer(|_, then| {
        then.accepted().location(path.as_str());
    });
    server.get_operation(|_, then| {
        let message =
            serde_json::json!({"messageHtml": "The <b>VHD</b> is gone", "level": "error"});
        let step = serde_json::json!({
            "id": "displaycertify", "stepName": "Certification",
            "status": "blocked", "messages": [message],
        });
        let document = serde_json::json!({"status": "running", "steps": [step]});
        then.ok(&serde_json::from_value(document).unwrap());
    });
    let url = server.base_url();
    let ended = golive(&["go-live", PUBLISHER, OFFER, "--endpoint", &url, "--no-wait"]);
    let wait = [
        "wait",
        ended.stdout.trim(),
        "--endpoint",
        &url,
        "--deadline",
        "1s",
    ];
    expect(
        &golive(&wait),
        75,
        &["Certification is blocked: The VHD is gone"],
    );
}
