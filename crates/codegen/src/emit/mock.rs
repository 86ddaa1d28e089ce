//! The mocks: progenitor's, with paths matched to the letter, and a setter for
//! each response header.

use super::{field_ident, headers, progenitor, type_ident};
use crate::model::Endpoint;
use crate::{Contract, ContractError, Project};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprMacro, Lit, LitStr, Token, parse_quote};

pub(super) fn emit(project: &Project, contract: &Contract) -> Result<TokenStream, ContractError> {
    let mut file: syn::File = syn::parse2(progenitor::mocks(project, contract)?)
        .map_err(|error| ContractError::Code(error.to_string()))?;
    let mut visitor = EscapePaths { changed: 0 };
    visitor.visit_file_mut(&mut file);
    if visitor.changed == 0 {
        let problem = "progenitor's mocks have changed: no path is matched by a format";
        return Err(ContractError::Code(problem.to_owned()));
    }
    let items = file.items;
    Ok(quote! {
        //! One mock for each endpoint.
        #![allow(missing_docs, clippy::all)]
        #(#items)*
    })
}

pub(super) fn emit_headers(project: &Project, endpoints: &[Endpoint]) -> TokenStream {
    let all = endpoints.iter().map(|endpoint| {
        let name = type_ident(&endpoint.id, "Then");
        let setters = headers::distinct(endpoint).into_iter().map(|header| {
            let setter = field_ident(&header.name);
            let name = &header.name;
            let description = format!("Answers with `{name}`: {}", header.description);
            quote! {
                #[doc = #description]
                pub fn #setter(self, value: impl Into<String>) -> Self {
                    Self::new(self.into_inner().header(#name, value.into()))
                }
            }
        });
        quote!(impl operations::#name { #(#setters)* })
    });
    let client = format_ident!("{}", project.client_crate);
    let description = format!("Setters for the response headers, as in [`{client}::headers`].");
    quote! {
        #![doc = #description]
        use super::mock::operations;
        #(#all)*
    }
}

/// Progenitor puts a value into a regular expression as it is, so that `a.c`
/// also matches `abc`, and lets other parameters span slashes.
struct EscapePaths {
    changed: usize,
}

impl VisitMut for EscapePaths {
    fn visit_expr_macro_mut(&mut self, node: &mut ExprMacro) {
        visit_mut::visit_expr_macro_mut(self, node);
        if !node.mac.path.is_ident("format") {
            return;
        }
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(mut arguments) = parser.parse2(node.mac.tokens.clone()) else {
            return;
        };
        for (index, argument) in arguments.iter_mut().enumerate() {
            if index > 0 {
                *argument = parse_quote!(regex::escape(&#argument));
            } else if let Expr::Lit(literal) = argument
                && let Lit::Str(pattern) = &mut literal.lit
            {
                let text = pattern.value().replace(".*", "[^/]*");
                *pattern = LitStr::new(&text, pattern.span());
            }
        }
        node.mac.tokens = quote!(#arguments);
        self.changed += 1;
    }
}
