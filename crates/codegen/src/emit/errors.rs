//! The documented errors of each endpoint, with the types of their bodies.

use super::{status_ident, type_ident};
use crate::ContractError;
use crate::model::{Endpoint, Response};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn emit(endpoints: &[Endpoint]) -> Result<TokenStream, ContractError> {
    let all = endpoints
        .iter()
        .map(emit_one)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(quote! {
        //! The documented errors of each endpoint.
        use super::types;
        use crate::DocumentedError;
        #(#all)*
    })
}

fn emit_one(endpoint: &Endpoint) -> Result<TokenStream, ContractError> {
    let name = type_ident(&endpoint.id, "Error");
    let description = format!(
        "Documented errors of `{}`: {}.",
        endpoint.id, endpoint.summary
    );
    let mut variants = Vec::new();
    let mut decodes = Vec::new();
    let mut codes = Vec::new();
    for response in endpoint
        .responses
        .iter()
        .filter(|response| response.status >= 300)
    {
        let Response {
            status,
            description,
            body,
            ..
        } = response;
        let variant = status_ident(*status)?;
        let description = format!("{status}: {description}");
        codes.push(*status);
        match body {
            Some(body) => {
                let body = format_ident!("{body}");
                variants.push(quote!(#[doc = #description] #variant(types::#body)));
                decodes.push(quote! {
                    #status => Some(serde_json::from_slice(body).map(Self::#variant))
                });
            }
            None => {
                variants.push(quote!(#[doc = #description] #variant));
                decodes.push(quote!(#status => Some(Ok(Self::#variant))));
            }
        }
    }
    Ok(quote! {
        #[doc = #description]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }

        impl DocumentedError for #name {
            const STATUS_CODES: &'static [u16] = &[#(#codes),*];

            fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
                match status {
                    #(#decodes,)*
                    _ => None,
                }
            }
        }
    })
}
