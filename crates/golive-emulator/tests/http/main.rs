//! The emulator over real HTTP.

mod bodies;
mod client;
mod contract;
mod imports;
mod kept;
mod lifecycle;
mod refusals;
mod robustness;
mod rules;
mod running;
mod schemas;
mod sessions;
mod steering;
mod tokens;
