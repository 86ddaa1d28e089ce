//! The generated files, one module for each.

pub(crate) mod caught;
mod client;
mod endpoints;
mod errors;
mod headers;
mod mock;
mod open_enums;
mod progenitor;
mod types;

use crate::output::File;
use crate::{Contract, ContractError, Project};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

pub(crate) fn files(project: &Project, contract: &Contract) -> Result<Vec<File>, ContractError> {
    let endpoints = contract.endpoints()?;
    let sdk = progenitor::sdk(project, contract)?;
    let (types, client) = types::split(sdk)?;
    let to_client = Destination::new(project, project.client);
    let to_mock = Destination::new(project, project.mock);
    Ok(vec![
        to_client.file("mod", client_module())?,
        to_client.file("client", client::emit(client, &endpoints)?)?,
        to_client.file("types", types::emit(types))?,
        to_client.file("open_enums", open_enums::emit(&contract.open_enums()?))?,
        to_client.file("headers", headers::emit(&endpoints))?,
        to_client.file("errors", errors::emit(&endpoints)?)?,
        to_client.file("endpoints", endpoints::emit(contract, &endpoints)?)?,
        to_mock.file("mod", mock_module())?,
        to_mock.file("mock", mock::emit(project, contract)?)?,
        to_mock.file("headers", mock::emit_headers(project, &endpoints))?,
    ])
}

fn client_module() -> TokenStream {
    quote! {
        //! What follows from the contract.
        mod client;
        pub mod endpoints;
        pub mod errors;
        pub mod headers;
        mod open_enums;
        pub mod types;
        pub use client::Client;
        pub use open_enums::*;
    }
}

fn mock_module() -> TokenStream {
    quote! {
        //! What follows from the contract.
        mod headers;
        mod mock;
        pub use mock::*;
    }
}

/// A folder of generated files.
struct Destination<'a> {
    contract: &'a str,
    folder: &'a str,
}

impl<'a> Destination<'a> {
    fn new(project: &Project, folder: &'a str) -> Self
    where
        'static: 'a,
    {
        Self {
            contract: project.contract,
            folder,
        }
    }

    fn file(&self, name: &str, code: TokenStream) -> Result<File, ContractError> {
        let code = syn::parse2(code)
            .map_err(|error| ContractError::Code(format!("{name}.rs: {error}")))?;
        let code = prettyplease::unparse(&code);
        let contract = self.contract;
        Ok(File {
            path: format!("{}/{name}.rs", self.folder),
            text: format!(
                "// Generated from {contract}. Do not edit: change the contract and run\n\
                 // `cargo xtask codegen`.\n\n{code}"
            ),
        })
    }
}

/// `go_live_offer` to `GoLiveOffer`.
fn type_ident(id: &str, suffix: &str) -> Ident {
    use heck::ToUpperCamelCase;
    format_ident!("{}{}", id.to_upper_camel_case(), suffix)
}

/// `X-Ms-Correlation-Request-Id` to `x_ms_correlation_request_id`.
fn field_ident(name: &str) -> Ident {
    use heck::ToSnakeCase;
    format_ident!("{}", name.to_lowercase().to_snake_case())
}

/// The name of a status code as a variant: `TooManyRequests`.
fn status_ident(status: u16) -> Result<Ident, ContractError> {
    let name = match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "PreconditionFailed",
        422 => "UnprocessableEntity",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        other => {
            let problem = "this status code has no name yet; give it one in codegen's emit module";
            return Err(ContractError::shape(other.to_string(), problem));
        }
    };
    Ok(format_ident!("{name}"))
}
