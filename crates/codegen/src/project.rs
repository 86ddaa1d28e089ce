//! Which contract becomes which crates.

/// A contract and the crates that are generated from it.
#[derive(Clone, Copy, Debug)]
pub struct Project {
    /// The contract, relative to the root of the workspace.
    pub contract: &'static str,
    /// The folder of the generated files of the client, relative to the root.
    pub client: &'static str,
    /// The name of the client crate, as Rust code writes it.
    pub client_crate: &'static str,
    /// The folder of the generated files of the mocks, relative to the root.
    pub mock: &'static str,
}

/// Every contract of the workspace. A second API is a second line.
pub const PROJECTS: &[Project] = &[Project {
    contract: "openapi/cloud-partner-portal.yaml",
    client: "crates/golive-client/src/generated",
    client_crate: "golive_client",
    mock: "crates/golive-httpmock/src/generated",
}];
