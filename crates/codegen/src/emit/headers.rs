//! A struct of the response headers of each endpoint.

use super::{field_ident, type_ident};
use crate::model::{Endpoint, Header};
use proc_macro2::TokenStream;
use quote::quote;

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
    quote! {
        //! The response headers of each endpoint.
        use crate::ResponseHeaders;
        use reqwest::header::HeaderMap;
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
