//! A portal with its own time, rules and requests: one for each session.

use super::journal::Journal;
use super::marks::{Marking, Marks};
use crate::clock::{self, Clock, Reading};
use crate::faults::{Faults, Listed, Plan, Subject};
use crate::portal::{Offer, Portal};
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
    /// What the next answer is marked with.
    marking: Mutex<Marking>,
    /// How often each running operation was polled since it last changed.
    polls: Mutex<BTreeMap<Uuid, u32>>,
    store: Option<Store>,
    name: String,
    /// Whether another world has taken its place.
    replaced: Mutex<bool>,
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
    /// A world as the settings say. It is not in the store before it is kept.
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
        Self::assemble(name, settings, store, clock, portal, faults)
    }

    /// A world as another was. It is not in the store before it is kept.
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
        let (speed, shows) = (export.clock.speed, export.clock.shows);
        if !clock::is_speed(speed) {
            return Err(clock::no_speed(speed));
        }
        if shows > Clock::start(speed).latest() {
            return Err("the clock shows a time after its end".to_owned());
        }
        export.portal.check()?;
        export.faults.check()?;
        let clock = Clock::copy(export.clock);
        let (portal, faults) = (export.portal, export.faults);
        Ok(Self::assemble(name, settings, store, clock, portal, faults))
    }

    /// A world from the records of the store, if it was there before.
    ///
    /// # Errors
    ///
    /// A record cannot be read: another version wrote it, say.
    pub(super) fn restore(
        name: &str,
        settings: &Arc<Settings>,
        store: &Store,
        records: &[Record],
    ) -> Result<Option<Self>, serde_json::Error> {
        let of = |part: &str| {
            let key = key(name, &[part]);
            let found = records.iter().find(|(known, _)| *known == key);
            found.map(|(_, value)| value.as_slice())
        };
        let (Some(clock), Some(portal), Some(faults)) = (of("clock"), of("portal"), of("faults"))
        else {
            return Ok(None);
        };
        let reading: Reading = serde_json::from_slice(clock)?;
        let mut portal: Portal = serde_json::from_slice(portal)?;
        let faults: Faults = serde_json::from_slice(faults)?;
        let prefix = key(name, &["offer", ""]);
        for (_, value) in records
            .iter()
            .filter(|(known, _)| known.starts_with(&prefix))
        {
            portal.restore(serde_json::from_slice(value)?);
        }
        let clock = Clock::resume(reading);
        // A time of day that was set back takes nothing back.
        for operation in portal.all_offers().flat_map(|offer| &offer.operations) {
            clock.at_least(operation.started);
        }
        let store = Some(store.clone());
        let world = Self::assemble(name, settings, store, clock, portal, faults);
        Ok(Some(world))
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
            marking: Mutex::new(Marking::new(portal.seed)),
            portal: Mutex::new(portal),
            faults: Mutex::new(faults),
            polls: Mutex::new(BTreeMap::new()),
            store,
            name: name.to_owned(),
            replaced: Mutex::new(false),
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

    /// The rules in force.
    pub(crate) fn rules(&self) -> Vec<Listed> {
        self.faults().list()
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

    /// What the next answer is marked with.
    pub(crate) fn marks(&self) -> Marks {
        let now = self.clock.now();
        let marking = self.marking.lock();
        let mut marking = marking.unwrap_or_else(PoisonError::into_inner);
        marking.next(now)
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

    /// Writes everything to the store, where nothing else of the session remains.
    pub(super) fn keep_all(&self) {
        if self.store.is_none() {
            return;
        }
        let (portal, _) = self.portal();
        let offers = portal.all_offers();
        let offers = offers.map(|it| self.record(&["offer", &it.publisher, &it.id], it));
        let rest = [
            self.record(&["portal"], &Portal::empty(portal.seed, portal.durations)),
            self.record(&["clock"], &self.clock.reading()),
            self.record(&["faults"], &*self.faults()),
        ];
        self.send(self.all_of_it(offers.chain(rest).flatten().collect()));
    }

    /// Takes everything out of the store.
    pub(super) fn forget_all(&self) {
        self.send(self.all_of_it(Vec::new()));
    }

    /// Puts records where all of the session are.
    fn all_of_it(&self, records: Vec<Record>) -> Change {
        Change::Replace {
            prefix: key(&self.name, &[""]),
            records,
        }
    }

    /// Another world takes the place of this one. Requests that are still under way
    /// here change nothing in the store from now on: it is the other's.
    pub(super) fn give_way(&self) {
        *self.is_replaced() = true;
    }

    fn is_replaced(&self) -> MutexGuard<'_, bool> {
        self.replaced.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, change: Change) {
        let Some(store) = &self.store else {
            return;
        };
        // Held while it is sent, so that nothing of this world comes after what
        // takes its place.
        let replaced = self.is_replaced();
        if !*replaced {
            store.send(change);
        }
    }

    fn keep(&self, part: &str, value: &impl Serialize) {
        self.keep_under(&[part], value);
    }

    fn keep_under(&self, parts: &[&str], value: &impl Serialize) {
        if self.store.is_some()
            && let Some((key, value)) = self.record(parts, value)
        {
            self.send(Change::Put(key, value));
        }
    }

    fn record(&self, parts: &[&str], value: &impl Serialize) -> Option<Record> {
        let value = serde_json::to_vec(value);
        debug_assert!(value.is_ok(), "there is nothing that JSON cannot say");
        Some((key(&self.name, parts), value.ok()?))
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
