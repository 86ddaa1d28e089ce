//! Which portal to talk to, and as whom.

use crate::args::Service;
use crate::config::{Settings, Source, key};
use crate::context::Context;
use crate::resume::Resume;
use crate::token_file::bounded;
use anyhow::{Context as _, Result, bail};
use golive::identity::Identity;
use golive::lro::Schedule;
use golive::{Chain, EnvironmentToken, FileToken, Portal, PortalBuilder, StaticToken};
use golive_emulator::Emulator;
use std::io::IsTerminal;
use std::time::Duration;

/// How fast the clock of the emulator inside this program runs: a day takes two
/// seconds, and a go-live about five.
const SPEED: f64 = 43_200.0;

/// The longest time between polls that a service can ask for.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// Where the token is taken from first.
const VARIABLE: &str = "GOLIVE_TOKEN";

/// A portal, and what goes with it.
pub struct Connection {
    /// The portal.
    pub portal: Portal,
    /// The credentials, in the order in which they are tried.
    pub chain: Chain,
    emulator: Option<Emulator>,
}

impl Connection {
    /// To the service of the settings.
    pub fn to_service(context: &Context, service: &Service) -> Result<Self> {
        let settings = &context.settings;
        let chain = chain(context, service)?;
        let portal = builder(context)
            .endpoint(&settings.endpoint.value)
            .credential(chain.clone())
            .build()?;
        Ok(Self {
            portal,
            chain,
            emulator: None,
        })
    }

    /// To an emulator inside this program.
    pub async fn to_emulator(context: &Context) -> Result<Self> {
        let emulator = Emulator::builder().speed(SPEED).start().await;
        let emulator = emulator.context("the emulator cannot be started")?;
        let chain = Chain::new().or("emulator", StaticToken::new("emulator"));
        let portal = builder(context)
            .endpoint(emulator.url())
            .credential(chain.clone())
            .build()?;
        Ok(Self {
            portal,
            chain,
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
                None => sign_in_flags(&context.settings),
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
        let minutes = outlives.as_secs() / 60;
        let name = self.chain.used().unwrap_or("the credential");
        context.ui.warn(&format!(
            "the token of {name} cannot be renewed; it lives about {minutes} minutes, and a longer \
             wait ends with exit code 3 and can be resumed with a new one"
        ));
    }

    /// Ends what was started with it.
    pub async fn close(self) {
        if let Some(emulator) = self.emulator {
            emulator.shutdown().await;
        }
    }
}

/// The flags that sign in in the same way, as far as the environment does not.
fn sign_in_flags(settings: &Settings) -> Vec<(&'static str, String)> {
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
    if let Some(file) = &settings.access_token_file
        && is_local(&file.source)
    {
        let path = file.value.display().to_string();
        flags.push((key::ACCESS_TOKEN_FILE.name, path));
    }
    flags
}

fn builder(context: &Context) -> PortalBuilder {
    let settings = &context.settings;
    let (interval, rarest) = (
        settings.interval.value.duration,
        settings.max_interval.value.duration,
    );
    let mut schedule = Schedule::estimated(interval, rarest).obey_hints();
    if interval >= rarest {
        schedule = Schedule::fixed(interval);
    }
    if let Some(limit) = &settings.stall_after {
        schedule = schedule.stall_limit(limit.value.duration);
    }
    let schedule = schedule.min(Duration::from_secs(1).min(interval));
    // What somebody asks for is longer now and then than what a service may.
    Portal::builder().schedule(schedule.max(LONGEST.max(interval).max(rarest)))
}

/// Where tokens come from: what the command line says; else the variable and the
/// file that are set; else the ways to sign in that the environment offers.
fn chain(context: &Context, service: &Service) -> Result<Chain> {
    let settings = &context.settings;
    if service.access_token_stdin {
        return Ok(Chain::new().or("standard input", StaticToken::new(from_stdin()?)));
    }
    let file = settings.access_token_file.as_ref();
    if let Some(file) = file.filter(|_| service.access_token_file.is_some()) {
        return Ok(Chain::new().or("access token file", FileToken::new(&file.value)));
    }
    if std::env::var_os(VARIABLE).is_some_and(|token| !token.is_empty()) {
        return Ok(Chain::new().or(VARIABLE, EnvironmentToken::new(VARIABLE)));
    }
    if let Some(file) = file {
        return Ok(Chain::new().or("access token file", FileToken::new(&file.value)));
    }
    Identity::from_environment()
        .authority(&settings.authority.value)
        .scope(&settings.scope.value)
        .build()
        .context("there is no way to sign in")
}

fn from_stdin() -> Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        bail!("--access-token-stdin reads standard input, which is a terminal: use a pipe");
    }
    let token = bounded(stdin).context("no token can be read from standard input")?;
    let token = token.trim();
    if token.is_empty() {
        bail!("standard input has no token in it");
    }
    Ok(token.to_owned())
}
