//! A portal with its own time, rules and requests: one for each session.

use super::journal::Journal;
use crate::clock::{Clock, Reading};
use crate::faults::{Faults, Plan, Subject};
use crate::portal::{Guids, Offer, Portal};
use crate::render::Renderer;
use crate::settings::Settings;
use crate::store::{Change, Record, Store};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use uuid::Uuid;

/// What stands between the parts of a key in the store; no part has it.
const SEPARATOR: char = '\u{1}';

/// A portal with its own time, rules and requests.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) journal: Journal,
    settings: Arc<Settings>,
    portal: Mutex<Portal>,
    faults: Mutex<Faults>,
    correlation: Mutex<Guids>,
    /// How often each running operation was polled since it last changed.
    polls: Mutex<BTreeMap<Uuid, u32>>,
    store: Option<Store>,
    name: String,
}

/// Everything of a world that can be carried to another.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Export {
    version: u32,
    clock: Reading,
    portal: Portal,
    faults: Faults,
}

const EXPORT_VERSION: u32 = 1;

impl World {
    /// A world as the settings say.
    pub(crate) fn new(name: &str, settings: &Arc<Settings>, store: Option<Store>) -> Self {
        let clock = Clock::start(settings.speed);
        let (seed, durations) = (settings.seed, settings.durations);
        let portal = match settings.empty {
            true => Portal::empty(seed, durations),
            false => Portal::with_offer(seed, durations, clock.now()),
        };
        let mut faults = Faults::default();
        for scenario in &settings.scenarios {
            faults.add(scenario, seed);
        }
        let world = Self::assemble(name, settings, store, clock, portal, faults);
        world.keep_all();
        world
    }

    /// A world as another was.
    pub(crate) fn import(
        name: &str,
        settings: &Arc<Settings>,
        store: Option<Store>,
        export: Export,
    ) -> Result<Self, String> {
        let version = export.version;
        if version != EXPORT_VERSION {
            return Err(format!(
                "the version is {version}, and only {EXPORT_VERSION} is known"
            ));
        }
        if !export.clock.speed.is_finite() || export.clock.speed <= 0.0 {
            return Err("the speed is not above zero".to_owned());
        }
        let clock = Clock::copy(export.clock);
        let world = Self::assemble(name, settings, store, clock, export.portal, export.faults);
        world.keep_all();
        Ok(world)
    }

    /// A world from the records of the store, in which it was before.
    pub(super) fn restore(
        name: &str,
        settings: &Arc<Settings>,
        store: &Store,
        records: &[Record],
    ) -> Option<Self> {
        let of = |part: &str| {
            let key = key(name, &[part]);
            let found = records.iter().find(|(known, _)| *known == key);
            found.map(|(_, value)| value.as_slice())
        };
        let reading: Reading = serde_json::from_slice(of("clock")?).ok()?;
        let mut portal: Portal = serde_json::from_slice(of("portal")?).ok()?;
        let faults: Faults = serde_json::from_slice(of("faults")?).ok()?;
        let prefix = key(name, &["offer", ""]);
        for (_, value) in records
            .iter()
            .filter(|(known, _)| known.starts_with(&prefix))
        {
            portal.restore(serde_json::from_slice(value).ok()?);
        }
        let clock = Clock::resume(reading);
        // A time of day that was set back takes nothing back.
        for operation in portal.all_offers().flat_map(|offer| &offer.operations) {
            clock.at_least(operation.started);
        }
        let store = Some(store.clone());
        Some(Self::assemble(name, settings, store, clock, portal, faults))
    }

    fn assemble(
        name: &str,
        settings: &Arc<Settings>,
        store: Option<Store>,
        clock: Clock,
        portal: Portal,
        faults: Faults,
    ) -> Self {
        Self {
            clock,
            journal: Journal::default(),
            settings: Arc::clone(settings),
            correlation: Mutex::new(Guids::new(portal.seed)),
            portal: Mutex::new(portal),
            faults: Mutex::new(faults),
            polls: Mutex::new(BTreeMap::new()),
            store,
            name: name.to_owned(),
        }
    }

    /// Everything, to be carried elsewhere.
    pub(crate) fn export(&self) -> Export {
        let (portal, _) = self.portal();
        Export {
            version: EXPORT_VERSION,
            clock: self.clock.reading(),
            portal: portal.clone(),
            faults: self.faults().clone(),
        }
    }

    /// The portal, and the time. The time is read under the lock, so that what
    /// one caller was told is never later than what the next one sees.
    pub(crate) fn portal(&self) -> (MutexGuard<'_, Portal>, SystemTime) {
        let portal = self.portal.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        (portal, now)
    }

    pub(crate) fn renderer(&self, offer: &Offer) -> Renderer {
        Renderer {
            manner: self.settings.manner(&offer.publisher, &offer.id),
        }
    }

    /// What writes things that are no offer's.
    pub(crate) fn plain_renderer(&self) -> Renderer {
        Renderer {
            manner: self.settings.manner,
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether anything can go wrong.
    pub(crate) fn has_faults(&self) -> bool {
        !self.faults().is_empty()
    }

    /// What goes wrong with a request.
    pub(crate) fn plan(&self, subject: Subject<'_>) -> Plan {
        let mut faults = self.faults();
        let plan = faults.plan(subject);
        // How often a rule was applied outlives a restart too.
        self.keep_faults(&faults);
        plan
    }

    /// Changes the rules.
    pub(crate) fn change_faults<T>(&self, change: impl FnOnce(&mut Faults) -> T) -> T {
        let mut faults = self.faults();
        let result = change(&mut faults);
        self.keep_faults(&faults);
        result
    }

    /// Changes the clock.
    pub(crate) fn change_clock(&self, change: impl FnOnce(&Clock)) {
        // Under the lock, so that readings arrive in the store in order.
        let (_portal, _) = self.portal();
        change(&self.clock);
        self.keep("clock", &self.clock.reading());
    }

    /// Counts a poll of a running operation. True if it was the last one before
    /// the operation is to change.
    pub(crate) fn is_last_poll(&self, operation: Uuid) -> bool {
        let Some(wanted) = self.settings.polls_per_step else {
            return false;
        };
        let mut polls = self.polls.lock().unwrap_or_else(PoisonError::into_inner);
        let count = polls.entry(operation).or_insert(0);
        *count += 1;
        let last = *count >= wanted;
        if last {
            polls.remove(&operation);
        }
        last
    }

    /// Moves the clock on to the next change of an operation.
    pub(crate) fn next_state(&self, operation: Uuid) {
        let (portal, now) = self.portal();
        let change = portal
            .all_offers()
            .flat_map(|offer| &offer.operations)
            .find(|it| it.id == operation)
            .and_then(|it| it.next_change(now));
        drop(portal);
        if let Some(change) = change {
            self.change_clock(|clock| clock.advance(change));
        }
    }

    pub(crate) fn correlation_id(&self) -> Uuid {
        let guids = self.correlation.lock();
        let mut guids = guids.unwrap_or_else(PoisonError::into_inner);
        guids.next().unwrap_or_default()
    }

    /// Writes an offer to the store. The lock of the portal keeps the records of
    /// an offer in order.
    pub(crate) fn keep_offer(&self, portal: &MutexGuard<'_, Portal>, publisher: &str, offer: &str) {
        if self.store.is_none() {
            return;
        }
        if let Ok(offer) = portal.offer(publisher, offer) {
            self.keep_under(&["offer", publisher, &offer.id], offer);
        }
    }

    fn keep_faults(&self, faults: &Faults) {
        self.keep("faults", faults);
    }

    fn keep_all(&self) {
        let Some(store) = &self.store else {
            return;
        };
        let (portal, _) = self.portal();
        store.send(Change::Clear(key(&self.name, &[""])));
        for offer in portal.all_offers() {
            self.keep_under(&["offer", &offer.publisher, &offer.id], offer);
        }
        self.keep("portal", &Portal::empty(portal.seed, portal.durations));
        self.keep("clock", &self.clock.reading());
        // The last one, because a world is restored only if it is there.
        self.keep_faults(&self.faults());
    }

    fn keep(&self, part: &str, value: &impl Serialize) {
        self.keep_under(&[part], value);
    }

    fn keep_under(&self, parts: &[&str], value: &impl Serialize) {
        if let Some(store) = &self.store
            && let Ok(value) = serde_json::to_vec(value)
        {
            store.send(Change::Put(key(&self.name, parts), value));
        }
    }

    /// Returns when everything that an answer may rest on is in the store; false
    /// if it cannot be.
    pub(crate) async fn is_kept(&self) -> bool {
        match &self.store {
            Some(store) => store.is_written().await,
            None => true,
        }
    }
}

/// The key of a record of a session.
fn key(session: &str, parts: &[&str]) -> String {
    let mut key = format!("session{SEPARATOR}{session}");
    for part in parts {
        key.push(SEPARATOR);
        key.push_str(part);
    }
    key
}

/// The session that a record is of.
pub(super) fn session_of(key: &str) -> Option<&str> {
    let mut parts = key.split(SEPARATOR);
    (parts.next()? == "session").then_some(())?;
    parts.next()
}
