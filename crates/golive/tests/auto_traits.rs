//! What can be moved to another thread, and what can be shared with one: callers
//! spawn, and keep portals in what their tasks share.

use golive::{
    Attempt, Cancellation, Error, GetOffer, GoLive, Offer, OfferDocument, Operation, OperationSet,
    OperationStatus, Portal, Publish, Release, ReleaseToken, ResumeToken, Update,
};
use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

fn moved<T: Send + Debug + 'static>() {}
fn shared<T: Send + Sync + Debug + Clone + 'static>() {}
fn token<
    T: Display + FromStr<Err = Error> + Eq + serde::Serialize + serde::de::DeserializeOwned,
>() {
}
fn word<T: Display + Eq + Hash + Clone>() {}

#[test]
fn what_callers_spawn_and_share() {
    moved::<Operation>();
    moved::<OperationSet<String>>();
    moved::<Cancellation>();
    moved::<Release>();
    shared::<Portal>();
    shared::<Offer>();
    shared::<GoLive>();
    shared::<Publish>();
    shared::<GetOffer>();
    shared::<OfferDocument>();
    shared::<OperationStatus>();
    shared::<Update>();
    shared::<Attempt>();
    shared::<Error>();
    token::<ResumeToken>();
    token::<ReleaseToken>();
    word::<golive::Status>();
    word::<golive::StepStatus>();
    word::<golive::OfferState>();
    word::<golive::Level>();
    word::<golive::Slot>();
    word::<golive::ReleasePhase>();
    let boxed: fn(Error) -> Box<dyn StdError + Send + Sync> = |error| error.into();
    let _ = boxed;
}
