//! A struct of the response headers of each endpoint.

use super::{field_ident, type_ident};
use crate::model::{Endpoint, Header};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::BTreeMap;

pub(super) fn emit(endpoints: &[Endpoint]) -> TokenStream {
    let all = endpoints.iter().map(|endpoint| {
        let name = type_ident(&endpoint.id, "Headers");
        let description = format!(
            "Response headers of `{}`: {}.",
            endpoint.id, endpoint.summary
        );
        let headers = distinct(endpoint);
        let fields = headers.iter().map(|header| {
            let field = field_ident(&header.name);
            let description = format!("`{}`: {}", header.name, header.description);
            quote! {
                #[doc = #description]
                pub #field: Option<String>
            }
        });
        let reads = headers.iter().map(|header| {
            let field = field_ident(&header.name);
            let name = &header.name;
            quote!(#field: crate::response_headers::text(headers, #name))
        });
        quote! {
            #[doc = #description]
            #[derive(Clone, Debug, Default, PartialEq, Eq)]
            pub struct #name {
                #(#fields,)*
            }

            impl ResponseHeaders for #name {
                fn read(headers: &HeaderMap) -> Self {
                    Self { #(#reads,)* }
                }
            }
        }
    });
    let mut names = BTreeMap::new();
    for header in endpoints.iter().flat_map(distinct) {
        names
            .entry(header.name.as_str())
            .or_insert(header.description.as_str());
    }
    let names = names.into_iter().map(|(name, description)| {
        let constant = format_ident!("{}", field_ident(name).to_string().to_uppercase());
        quote! {
            #[doc = #description]
            pub const #constant: &str = #name;
        }
    });
    quote! {
        //! The response headers of each endpoint.
        use crate::ResponseHeaders;
        use reqwest::header::HeaderMap;

        /// The names of all response headers.
        pub mod names {
            #(#names)*
        }
        #(#all)*
    }
}

/// The headers of all answers of an endpoint, each once.
pub(super) fn distinct(endpoint: &Endpoint) -> Vec<&Header> {
    let mut headers: Vec<&Header> = Vec::new();
    for header in endpoint
        .responses
        .iter()
        .flat_map(|response| &response.headers)
    {
        if !headers.iter().any(|known| known.name == header.name) {
            headers.push(header);
        }
    }
    headers
}
