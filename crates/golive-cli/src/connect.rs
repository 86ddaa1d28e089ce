//! Which portal to talk to, and as whom.

use crate::args::{CredentialName, Service};
use crate::config::{Settings, Source, key};
use crate::context::Context;
use crate::credential::{Credentials, VARIABLE};
use crate::moment;
use crate::resume::Resume;
use anyhow::{Context as _, Result};
use golive::lro::Schedule;
use golive::{Portal, StaticToken};
use golive_emulator::Emulator;
use std::time::Duration;

/// How fast the clock of the emulator inside this program runs: a day takes two
/// seconds, and a go-live about five.
const SPEED: f64 = 43_200.0;

/// The longest time between polls that a service can ask for.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// A portal, and what goes with it.
pub struct Connection {
    /// The portal.
    pub portal: Portal,
    /// Where its tokens come from.
    pub credentials: Credentials,
    emulator: Option<Emulator>,
}

impl Connection {
    /// To the service of the settings.
    pub fn to_service(context: &Context, service: &Service) -> Result<Self> {
        Self::to_service_by(context, service, schedule(context))
    }

    /// The same, for a wait of minutes, in which steps of days say nothing about
    /// when to look.
    pub fn to_service_for_minutes(context: &Context, service: &Service) -> Result<Self> {
        let interval = closest(&context.settings);
        let schedule = Schedule::fixed(interval)
            .obey_hints()
            .min(shortest(interval))
            .max(interval);
        Self::to_service_by(context, service, schedule)
    }

    fn to_service_by(context: &Context, service: &Service, schedule: Schedule) -> Result<Self> {
        let settings = &context.settings;
        let environment = |name: &str| std::env::var(name).ok();
        let credentials = Credentials::of(settings, service, &environment)?;
        let portal = Portal::builder()
            .schedule(schedule)
            .endpoint(&settings.endpoint.value)
            .credential(credentials.chain.clone())
            .build()?;
        Ok(Self {
            portal,
            credentials,
            emulator: None,
        })
    }

    /// To an emulator inside this program.
    pub async fn to_emulator(context: &Context) -> Result<Self> {
        let emulator = Emulator::builder().speed(SPEED).start().await;
        let emulator = emulator.context("the emulator cannot be started")?;
        let credentials = Credentials::only("emulator", StaticToken::new("emulator"));
        let portal = Portal::builder()
            .schedule(schedule(context))
            .endpoint(emulator.url())
            .credential(credentials.chain.clone())
            .build()?;
        Ok(Self {
            portal,
            credentials,
            emulator: Some(emulator),
        })
    }

    /// How to go on with what runs at the portal.
    pub fn resume(&self, context: &Context) -> Resume {
        let endpoint = self.portal.endpoint();
        let named = endpoint != golive::DEFAULT_ENDPOINT;
        Resume {
            endpoint: named.then(|| endpoint.to_owned()),
            token_file: None,
            flags: match &self.emulator {
                Some(_) => Vec::new(),
                None => sign_in_flags(&context.settings, is_token_set()),
            },
            ends_with_us: self.emulator.is_some(),
        }
    }

    /// Says when a wait may be longer than the credential lasts.
    pub fn warn_of_short_credential(&self, context: &Context) {
        let Some(outlives) = self.portal.credential_outlives() else {
            return;
        };
        if self.emulator.is_some() {
            return;
        }
        let lives = moment::spoken(outlives);
        let name = self.credentials.chain.used().unwrap_or("the credential");
        context.ui.warn(&format!(
            "the token of {name} cannot be renewed; it lives about {lives}, and a longer wait \
             ends with exit code 3 and can be resumed with a new one"
        ));
    }

    /// Ends what was started with it.
    pub async fn close(self) {
        if let Some(emulator) = self.emulator {
            emulator.shutdown().await;
        }
    }
}

/// Whether the bearer token itself is in the environment.
fn is_token_set() -> bool {
    std::env::var(VARIABLE).is_ok_and(|token| !token.is_empty())
}

/// The flags that sign in in the same way, as far as the environment does not.
fn sign_in_flags(settings: &Settings, is_token_set: bool) -> Vec<(&'static str, String)> {
    let is_local = |source: &Source| matches!(source, Source::Flag(_) | Source::File(_));
    let mut flags = Vec::new();
    for (key, setting) in [
        (&key::AUTHORITY, &settings.authority),
        (&key::SCOPE, &settings.scope),
    ] {
        if is_local(&setting.source) {
            flags.push((key.name, setting.value.clone()));
        }
    }
    let (credential, file) = (&settings.credential, settings.access_token_file.as_ref());
    let file = file.filter(|it| is_local(&it.source));
    let by_flag = file.is_some_and(|it| matches!(it.source, Source::Flag(_)));
    // As a flag the file decides, and else the credential does.
    let by_file = match credential.value {
        _ if by_flag => true,
        CredentialName::TokenFile => file.is_some(),
        CredentialName::Auto => !is_token_set && file.is_some(),
        _ => false,
    };
    if let Some(file) = file.filter(|_| by_file) {
        let path = file.value.display().to_string();
        flags.push((key::ACCESS_TOKEN_FILE.name, path));
    } else if is_local(&credential.source) {
        flags.push((key::CREDENTIAL.name, credential.value.to_string()));
    }
    flags
}

fn schedule(context: &Context) -> Schedule {
    let settings = &context.settings;
    let (interval, rarest) = (closest(settings), settings.max_interval.value.duration);
    let mut schedule = Schedule::estimated(interval, rarest).obey_hints();
    if interval >= rarest {
        schedule = Schedule::fixed(interval);
    }
    if let Some(limit) = &settings.stall_after {
        schedule = schedule.stall_limit(limit.value.duration);
    }
    // What somebody asks for is longer now and then than what a service may.
    schedule
        .min(shortest(interval))
        .max(LONGEST.max(interval).max(rarest))
}

/// The time between polls where it counts. That of nobody is not longer than the longest
/// that somebody wants.
fn closest(settings: &Settings) -> Duration {
    let (interval, rarest) = (&settings.interval, &settings.max_interval);
    match interval.source {
        Source::Default => interval.value.duration.min(rarest.value.duration),
        _ => interval.value.duration,
    }
}

fn shortest(interval: Duration) -> Duration {
    Duration::from_secs(1).min(interval)
}
