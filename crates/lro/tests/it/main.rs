//! Tests of the poller from outside, on a paused clock or on the loopback.

mod adapters;
mod corpus;
mod faults;
mod fuzzed;
mod properties;
mod protocols;
mod script;
mod set;
mod steps;
mod tokens;
mod using;
