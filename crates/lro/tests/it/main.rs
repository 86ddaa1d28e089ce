//! Tests of the poller from outside, on a paused clock or on the loopback.

mod adapters;
mod faults;
mod properties;
mod protocols;
mod script;
mod simulation;
mod tokens;
mod using;
