//! `golive auth`

use crate::args::{Auth, AuthCheck, AuthCommand};
use crate::claims;
use crate::connect::Connection;
use crate::context::Context;
use crate::credential::TOKEN_FILE;
use crate::event::Failure;
use crate::exit::Exit;
use crate::moment;
use crate::record::{SignIn, Unused};
use crate::suggest;
use crate::ui::style::{PLAIN, STRONG, of_state};
use crate::ui::{Line, Text};
use anyhow::Result;
use golive::{AccessToken, Credential};
use jiff::{SignedDuration, Timestamp, Unit};
use std::time::Duration;

/// Looks at how one is signed in.
pub async fn run(args: &Auth, context: &Context) -> Result<Exit> {
    let AuthCommand::Check(args) = &args.command;
    check(args, context).await
}

async fn check(args: &AuthCheck, context: &Context) -> Result<Exit> {
    let connection = Connection::to_service(context, &args.service)?;
    let mut found = SignIn {
        signed_in: false,
        endpoint: connection.portal.endpoint().to_owned(),
        scope: context.settings.scope.value.clone(),
        credential: None,
        not_used: Vec::new(),
        claims: None,
        expires: None,
        renews: None,
        publisher: None,
        let_in: None,
        error: None,
    };
    // The library bounds the time that this takes; then the chain has the token.
    let refused = connection.portal.authenticate().await.err();
    let chain = &connection.credentials.chain;
    let refusals = connection.credentials.refusals.all();
    found.not_used = refusals
        .into_iter()
        .map(|(credential, reason)| Unused {
            credential: credential.to_owned(),
            reason,
        })
        .collect();
    if let Some(error) = refused {
        found.error = Some(Failure::from(&error));
        context.ui.result(text(&found), &found);
        return Ok(context.ui.failed(&error));
    }
    let token = chain.token().await?;
    found.credential = chain.used().map(str::to_owned);
    found.renews = Some(chain.outlives().is_none());
    found.claims = claims::read(token.secret());
    let expires = expiry(&token, found.claims.as_ref().and_then(|it| it.expires));
    found.expires = expires.map(|it| it.to_string());
    let now = Timestamp::now();
    found.signed_in = expires.is_none_or(|expires| now < expires);
    if !found.signed_in {
        context.ui.result(text(&found), &found);
        context.ui.error("the token has expired");
        context.ui.advise("sign in again, or get a new token");
        return Ok(Exit::NotAllowed);
    }
    warn_of_audience(context, &found);
    let asked = match &args.publisher {
        Some(publisher) => {
            found.publisher = Some(publisher.clone());
            connection.portal.offers(publisher, None).await.err()
        }
        None => None,
    };
    found.let_in = args.publisher.as_ref().map(|_| asked.is_none());
    found.error = asked.as_ref().map(Failure::from);
    context.ui.result(text(&found), &found);
    Ok(match (asked, &args.publisher) {
        (Some(error), Some(publisher)) => {
            suggest::failed(context, &connection.portal, publisher, None, &error).await
        }
        _ => Exit::Succeeded,
    })
}

/// What the identity provider said, else what the token claims.
fn expiry(token: &AccessToken, claimed: Option<i64>) -> Option<Timestamp> {
    let told = token
        .expires_at()
        .and_then(|it| Timestamp::try_from(it).ok());
    let expires = told.or_else(|| Timestamp::from_second(claimed?).ok())?;
    Some(expires.round(Unit::Second).unwrap_or(expires))
}

/// A token for another audience is refused with a 401 that does not say so.
fn warn_of_audience(context: &Context, found: &SignIn) {
    let Some(claims) = &found.claims else { return };
    let wanted = found
        .scope
        .trim_end_matches("/.default")
        .trim_end_matches('/');
    // An audience may also be the id of an application, which says nothing here.
    let others = claims.audiences.iter();
    let others = others.filter(|it| it.contains("://") && it.trim_end_matches('/') != wanted);
    for other in others {
        context.ui.warn(&format!(
            "the token is for the audience {other}, and the service wants one for {wanted}"
        ));
    }
}

fn text(found: &SignIn) -> Text {
    let signed_in = if found.signed_in { "yes" } else { "no" };
    let named = |name: &str| Line::new(STRONG, &format!("{name:<12}"));
    let mut text = Text::from(named("signed in").with(of_state(signed_in), signed_in));
    let mut line = |name: &str, value: String| text.push(named(name).with(PLAIN, &value));
    line("endpoint", found.endpoint.clone());
    if let Some(credential) = &found.credential {
        line("credential", credential.clone());
    }
    if found.renews == Some(true) && found.credential.as_deref() != Some(TOKEN_FILE) {
        line("scope", format!("{} (asked for)", found.scope));
    }
    for unused in &found.not_used {
        line(
            "not used",
            format!("{}: {}", unused.credential, unused.reason),
        );
    }
    if found.credential.is_some() {
        match &found.claims {
            None => line("claims", "none that can be read".to_owned()),
            Some(claims) => {
                for (name, value) in [
                    ("tenant", &claims.tenant),
                    ("client", &claims.client),
                    ("user", &claims.user),
                    ("object", &claims.object),
                ] {
                    if let Some(value) = value {
                        line(name, format!("{value} (as the token claims)"));
                    }
                }
                for (name, values) in [
                    ("audience", &claims.audiences),
                    ("scopes", &claims.scopes),
                    ("roles", &claims.roles),
                ] {
                    if !values.is_empty() {
                        line(name, format!("{} (as the token claims)", values.join(", ")));
                    }
                }
            }
        }
    }
    if let Some(expires) = &found.expires {
        line("expires", format!("{expires}{}", distance(expires)));
    }
    if let Some(renews) = found.renews {
        let renews = match renews {
            true if found.credential.as_deref() == Some(TOKEN_FILE) => {
                "as often as somebody writes a new token to the file"
            }
            true => "yes, during a wait of any length",
            false => "no: a wait that is longer than its life ends with exit code 3",
        };
        line("renews", renews.to_owned());
    }
    if let (Some(publisher), Some(let_in)) = (&found.publisher, found.let_in) {
        let answer = match let_in {
            true => "lets it in",
            false => "does not let it in",
        };
        line("service", format!("{answer}, to the publisher {publisher}"));
    }
    text
}

/// ` (in 59 min)`
fn distance(expires: &str) -> String {
    let Ok(expires) = expires.parse::<Timestamp>() else {
        return String::new();
    };
    let left: SignedDuration = expires.duration_since(Timestamp::now());
    let spoken = moment::spoken(Duration::from_secs(left.unsigned_abs().as_secs()));
    match left.is_negative() {
        true => format!(" ({spoken} ago)"),
        false => format!(" (in {spoken})"),
    }
}
