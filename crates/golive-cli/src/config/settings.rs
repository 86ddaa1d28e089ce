//! The settings of a run, each with where it comes from.

use super::{Layers, Source, key};
use crate::args::{Color, CredentialName, Global, Output, Service, Span, Submitting, Waiting};
use anyhow::{Context, Result, bail};
use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A value, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
}

/// Mail addresses, written as one list with commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses(pub Vec<String>);

impl FromStr for Addresses {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let addresses = text.split(',').map(str::trim);
        let addresses = addresses.filter(|address| !address.is_empty());
        Ok(Self(addresses.map(str::to_owned).collect()))
    }
}

impl fmt::Display for Addresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(","))
    }
}

/// The flags of a command that are settings too.
#[derive(Clone, Copy, Default)]
pub struct Flags<'a> {
    /// Which service, if the command talks to one.
    pub service: Option<&'a Service>,
    /// How to wait, if the command waits.
    pub waiting: Option<&'a Waiting>,
    /// Whom to notify, if the command does.
    pub notify: Option<&'a [String]>,
}

impl<'a> Flags<'a> {
    /// With those of a command that starts something.
    pub fn submitting(self, args: &'a Submitting) -> Self {
        Self {
            service: Some(&args.service),
            waiting: Some(&args.waiting),
            ..self
        }
    }
}

/// The settings of a run. All are read at the start, so that a wrong one is found
/// before anything is sent.
#[derive(Debug)]
pub struct Settings {
    pub endpoint: Setting<String>,
    pub authority: Setting<String>,
    pub scope: Setting<String>,
    pub credential: Setting<CredentialName>,
    pub access_token_file: Option<Setting<PathBuf>>,
    pub output: Setting<Output>,
    pub color: Setting<Color>,
    pub deadline: Option<Setting<Span>>,
    pub interval: Setting<Span>,
    pub max_interval: Setting<Span>,
    pub stall_after: Option<Setting<Span>>,
    pub heartbeat: Setting<Span>,
    pub notify: Option<Setting<Addresses>>,
}

impl Settings {
    /// Reads all settings.
    pub fn read(layers: &Layers<'_>, global: &Global, flags: Flags<'_>) -> Result<Self> {
        let (service, waiting) = (flags.service, flags.waiting);
        let notify = flags.notify.filter(|list| !list.is_empty());
        let notify = notify.map(|list| Addresses(list.to_vec()));
        let settings = Self {
            endpoint: required(
                layers.pick(&key::ENDPOINT, service.and_then(|it| it.endpoint.as_ref()))?,
            )?,
            authority: required(layers.pick(
                &key::AUTHORITY,
                service.and_then(|it| it.authority.as_ref()),
            )?)?,
            scope: required(layers.pick(&key::SCOPE, service.and_then(|it| it.scope.as_ref()))?)?,
            credential: required(layers.pick(
                &key::CREDENTIAL,
                service.and_then(|it| it.credential.as_ref()),
            )?)?,
            access_token_file: layers.pick(
                &key::ACCESS_TOKEN_FILE,
                service.and_then(|it| it.access_token_file.as_ref()),
            )?,
            output: required(layers.pick(&key::OUTPUT, global.output.as_ref())?)?,
            color: required(layers.pick(&key::COLOR, global.color.as_ref())?)?,
            deadline: layers.pick(&key::DEADLINE, waiting.and_then(|it| it.deadline.as_ref()))?,
            interval: required(
                layers.pick(&key::INTERVAL, waiting.and_then(|it| it.interval.as_ref()))?,
            )?,
            max_interval: required(layers.pick(
                &key::MAX_INTERVAL,
                waiting.and_then(|it| it.max_interval.as_ref()),
            )?)?,
            stall_after: layers.pick(
                &key::STALL_AFTER,
                waiting.and_then(|it| it.stall_after.as_ref()),
            )?,
            heartbeat: required(layers.pick(
                &key::HEARTBEAT,
                waiting.and_then(|it| it.heartbeat.as_ref()),
            )?)?,
            notify: layers.pick(&key::NOTIFY, notify.as_ref())?,
        };
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<()> {
        for (name, setting) in [
            (key::INTERVAL.name, &self.interval),
            (key::MAX_INTERVAL.name, &self.max_interval),
            (key::HEARTBEAT.name, &self.heartbeat),
        ] {
            if setting.value.duration.as_millis() == 0 {
                let source = &setting.source;
                bail!("{name} of {source} cannot be used: it must be longer than nothing");
            }
        }
        // Whoever sets only one of the two means it.
        let both_set =
            self.interval.source != Source::Default && self.max_interval.source != Source::Default;
        if both_set && self.interval.value.duration > self.max_interval.value.duration {
            bail!(
                "the interval of {} ({}) is longer than the max-interval of {} ({})",
                self.interval.source,
                self.interval.value,
                self.max_interval.source,
                self.max_interval.value
            );
        }
        Ok(())
    }

    /// Each setting with its value, if it has one, and its source, to be shown.
    pub fn rows(&self) -> Vec<(&'static str, Option<String>, String)> {
        fn row<T>(
            key: &key::Key,
            setting: Option<&Setting<T>>,
            text: impl Fn(&T) -> String,
        ) -> (&'static str, Option<String>, String) {
            let source = setting.map_or(&Source::Default, |setting| &setting.source);
            let value = setting.map(|setting| text(&setting.value));
            (key.name, value, source.to_string())
        }
        let file = self.access_token_file.as_ref();
        vec![
            row(&key::ENDPOINT, Some(&self.endpoint), String::clone),
            row(&key::AUTHORITY, Some(&self.authority), String::clone),
            row(&key::SCOPE, Some(&self.scope), String::clone),
            row(
                &key::CREDENTIAL,
                Some(&self.credential),
                CredentialName::to_string,
            ),
            row(&key::ACCESS_TOKEN_FILE, file, |it| it.display().to_string()),
            row(&key::OUTPUT, Some(&self.output), Output::to_string),
            row(&key::COLOR, Some(&self.color), Color::to_string),
            row(&key::DEADLINE, self.deadline.as_ref(), Span::to_string),
            row(&key::INTERVAL, Some(&self.interval), Span::to_string),
            row(
                &key::MAX_INTERVAL,
                Some(&self.max_interval),
                Span::to_string,
            ),
            row(
                &key::STALL_AFTER,
                self.stall_after.as_ref(),
                Span::to_string,
            ),
            row(&key::HEARTBEAT, Some(&self.heartbeat), Span::to_string),
            row(&key::NOTIFY, self.notify.as_ref(), Addresses::to_string),
        ]
    }
}

/// Keys with a default always have a value.
fn required<T>(setting: Option<Setting<T>>) -> Result<Setting<T>> {
    setting.context("a setting has no default")
}
