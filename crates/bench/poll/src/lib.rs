//! One poll in memory, and the limit: what `cargo xtask bench` measures beside the
//! peers, and what `cargo xtask instructions` holds to its budget in CI.

pub mod instructions;
pub mod memory;
pub mod poll;
pub mod portal;
pub mod subject;
