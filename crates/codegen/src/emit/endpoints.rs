//! The table of endpoints.

use crate::model::{Endpoint, Parameter, Place, Response};
use crate::{Contract, ContractError};
use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn emit(
    contract: &Contract,
    endpoints: &[Endpoint],
) -> Result<TokenStream, ContractError> {
    let version = contract.text("/info/version")?;
    let server = contract.text("/servers/0/url")?;
    let version_parameter = contract.text("/components/parameters/ApiVersion/name")?;
    let names: Vec<_> = endpoints
        .iter()
        .map(|endpoint| format_ident!("{}", endpoint.id.to_shouty_snake_case()))
        .collect();
    let tables = endpoints.iter().zip(&names).map(|(endpoint, name)| {
        let Endpoint {
            id,
            method,
            path,
            summary,
            ..
        } = endpoint;
        let description = format!("{summary}: `{method} {path}`.");
        let parameters = endpoint.parameters.iter().map(parameter);
        let responses = endpoint.responses.iter().map(response);
        let request_body = match &endpoint.request_body {
            None => quote!(None),
            Some(body) => {
                let (schema, required) = (&body.schema, body.required);
                quote!(Some(RequestBody { schema: #schema, required: #required }))
            }
        };
        let long_running = match &endpoint.final_state_via {
            None => quote!(None),
            Some(via) => quote!(Some(LongRunning { final_state_via: #via })),
        };
        quote! {
            #[doc = #description]
            pub static #name: Endpoint = Endpoint {
                id: #id,
                method: #method,
                path: #path,
                summary: #summary,
                parameters: &[#(#parameters),*],
                request_body: #request_body,
                responses: &[#(#responses),*],
                long_running: #long_running,
            };
        }
    });
    let count = names.len();
    Ok(quote! {
        //! The table of endpoints: what other crates use instead of writing a
        //! path, a status code or a header name themselves.
        use crate::endpoint::{Endpoint, LongRunning, Parameter, Place, RequestBody, Response};
        /// The version of the API that the contract describes.
        pub const API_VERSION: &str = #version;
        /// The query parameter that takes it.
        pub const API_VERSION_PARAMETER: &str = #version_parameter;
        /// Where the service is, unless somebody says otherwise.
        pub const DEFAULT_SERVER: &str = #server;
        /// Every endpoint, in the order of the contract.
        pub static ENDPOINTS: [&Endpoint; #count] = [#(&#names),*];
        #(#tables)*
    })
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter {
        name,
        required,
        schema,
        ..
    } = parameter;
    let place = match parameter.place {
        Place::Path => quote!(Place::Path),
        Place::Query => quote!(Place::Query),
        Place::Header => quote!(Place::Header),
    };
    quote!(Parameter { name: #name, place: #place, required: #required, schema: #schema })
}

fn response(response: &Response) -> TokenStream {
    let Response { status, body, .. } = response;
    let headers = response.headers.iter().map(|header| &header.name);
    let body = match body {
        None => quote!(None),
        Some(body) => quote!(Some(#body)),
    };
    quote!(Response { status: #status, headers: &[#(#headers),*], body: #body })
}
