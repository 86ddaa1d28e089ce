//! The portal as an HTTP service.

mod admin;
mod authorize;
mod bodies;
mod call;
mod enter;
mod faulty;
mod idle;
mod journal;
mod listener;
mod marks;
mod offers;
mod operations;
mod pages;
mod reply;
mod retry_after;
mod routes;
mod sessions;
mod submissions;
mod token;
mod unread;
mod version;
mod wire;
mod world;

pub(crate) use admin::explained;
use enter::Entrance;
pub use faulty::ConnectionReset;
pub use journal::RecordedRequest;
pub(crate) use listener::{Listener, STOP_WITHIN};
use reply::Denial;
pub(crate) use version::VersionPolicy;
pub(crate) use world::{Export, World};

use crate::identity::{Fingerprints, Issuer};
use crate::settings::Settings;
use crate::store::{Change, Record, Store};
use axum::Router;
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// The bounds of the hint that a caller gets about when to poll again, in the
/// portal's time.
const POLL_AFTER_AT_LEAST: Duration = Duration::from_secs(60);
const POLL_AFTER_AT_MOST: Duration = Duration::from_secs(60 * 60);

/// How many sessions there can be.
const SESSIONS: usize = 1000;

/// The key of the record with the secret that tokens are signed with.
const SECRET: &str = "secret";

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Service {
    settings: Arc<Settings>,
    store: Option<Store>,
    issuer: Issuer,
    fingerprints: Fingerprints,
    worlds: RwLock<BTreeMap<String, Arc<World>>>,
}

impl Service {
    /// # Errors
    ///
    /// What is in the store cannot be read.
    pub(crate) fn new(
        settings: Settings,
        stored: Option<(Store, Vec<Record>)>,
    ) -> Result<Arc<Self>, Box<dyn Error + Send + Sync>> {
        let settings = Arc::new(settings);
        let (store, records) = match stored {
            Some((store, records)) => (Some(store), records),
            None => (None, Vec::new()),
        };
        let mut worlds = BTreeMap::new();
        if let Some(store) = &store {
            for name in records.iter().filter_map(|(key, _)| world::session_of(key)) {
                if !worlds.contains_key(name)
                    && let Some(world) = World::restore(name, &settings, store, &records)?
                {
                    worlds.insert(name.to_owned(), Arc::new(world));
                }
            }
        }
        if !worlds.contains_key("") {
            let world = World::new("", &settings, store.clone());
            world.keep_all();
            worlds.insert(String::new(), Arc::new(world));
        }
        Ok(Arc::new(Self {
            issuer: issuer(store.as_ref(), &records),
            fingerprints: Fingerprints::default(),
            settings,
            store,
            worlds: RwLock::new(worlds),
        }))
    }

    /// The world of a session, unless there are too many. The first request of a
    /// session makes its world.
    fn world(&self, session: &str) -> Result<Arc<World>, Denial> {
        let worlds = self.worlds.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(world) = worlds.get(session) {
            return Ok(Arc::clone(world));
        }
        drop(worlds);
        let mut worlds = self.worlds.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(world) = worlds.get(session) {
            return Ok(Arc::clone(world));
        }
        if worlds.len() >= SESSIONS {
            return Err(Denial::TooManySessions);
        }
        let world = Arc::new(World::new(session, &self.settings, self.store.clone()));
        world.keep_all();
        worlds.insert(session.to_owned(), Arc::clone(&world));
        Ok(world)
    }

    /// The world of those who ask for no session.
    pub(crate) fn default_world(&self) -> Arc<World> {
        self.world("").unwrap_or_else(|_| {
            // It is made first and never removed.
            Arc::new(World::new("", &self.settings, None))
        })
    }

    /// Puts a session back to its beginning. A named one begins with its next
    /// request, and takes no room before.
    pub(crate) fn reset(&self, session: &str) {
        if session.is_empty() {
            let world = World::new(session, &self.settings, self.store.clone());
            self.replace(session, world);
            return;
        }
        let mut worlds = self.worlds.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = worlds.remove(session) {
            old.forget_all();
            old.give_way();
        }
    }

    /// Puts a session where another was.
    pub(crate) fn import(&self, session: &str, export: Export) -> Result<(), String> {
        let world = World::import(session, &self.settings, self.store.clone(), export)?;
        self.replace(session, world);
        Ok(())
    }

    fn replace(&self, session: &str, world: World) {
        let mut worlds = self.worlds.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = worlds.get(session) {
            old.give_way();
        }
        world.keep_all();
        worlds.insert(session.to_owned(), Arc::new(world));
    }
}

/// Tokens that were issued before a restart still hold after it.
fn issuer(store: Option<&Store>, records: &[Record]) -> Issuer {
    if let Some((_, secret)) = records.iter().find(|(key, _)| key == SECRET) {
        return Issuer::new(secret);
    }
    // A system without random numbers issues tokens that it does not accept.
    let secret = Issuer::secret().unwrap_or_default();
    if let Some(store) = store {
        store.send(Change::Put(SECRET.to_owned(), secret.clone()));
    }
    Issuer::new(&secret)
}

/// The way in to the whole service.
pub(crate) fn entrance(service: &Arc<Service>) -> Entrance {
    let pages = pages::router()
        .merge(token::router())
        .merge(admin::router())
        .fallback(async || Denial::NoSuchPath)
        .method_not_allowed_fallback(async || Denial::NoSuchMethod)
        .with_state(Arc::clone(service));
    Entrance::new(Arc::clone(service), pages)
}

/// The whole service, without a socket.
pub(crate) fn router(service: &Arc<Service>) -> Router {
    let entrance = entrance(service);
    Router::new().fallback(async move |request| entrance.answer(request, None).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_session_that_is_reset_takes_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Store::open(folder.path()).unwrap();
        let service = Service::new(Settings::default(), Some(open())).unwrap();
        let old = service.world("mine").unwrap();
        assert!(old.is_kept().await);
        service.reset("mine");
        // Somebody may still be at it.
        old.change_clock(|clock| clock.freeze(true));
        assert!(old.is_kept().await);
        assert!(!service.worlds.read().unwrap().contains_key("mine"));
        drop((service, old));
        let (_, records) = open();
        let mut sessions = records.iter().filter_map(|(key, _)| world::session_of(key));
        assert!(sessions.all(str::is_empty));
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Store::open(folder.path()).unwrap();
        let service = Service::new(Settings::default(), Some(open())).unwrap();
        assert!(service.default_world().is_kept().await);
        drop(service);
        let (store, records) = open();
        let (key, _) = records
            .iter()
            .find(|(key, _)| key.contains("offer"))
            .unwrap();
        store.send(Change::Put(key.clone(), b"{\"of\":\"tomorrow\"}".to_vec()));
        assert!(store.is_written().await);
        drop(store);
        let error = Service::new(Settings::default(), Some(open())).unwrap_err();
        assert!(error.to_string().contains("tomorrow") || error.to_string().contains("missing"));
        let (_, records) = open();
        let kept = records.iter().find(|(known, _)| known == key).unwrap();
        assert_eq!(kept.1, b"{\"of\":\"tomorrow\"}");
    }
}
