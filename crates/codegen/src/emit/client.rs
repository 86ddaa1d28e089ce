//! The client: progenitor's, with optional bodies and without its constructor.

use crate::ContractError;
use crate::model::Endpoint;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::HashSet;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FnArg, ImplItem, Item, ItemImpl, parse_quote};

pub(super) fn emit(
    mut items: Vec<Item>,
    endpoints: &[Endpoint],
) -> Result<TokenStream, ContractError> {
    let optional = endpoints.iter().filter(|it| has_optional_body(it));
    let optional: HashSet<&str> = optional.map(|it| it.id.as_str()).collect();
    let mut constructors = 0;
    let mut optional_bodies = 0;
    for item in &mut items {
        if let Item::Impl(block) = item {
            constructors += remove_constructor(block);
            optional_bodies += make_bodies_optional(block, &optional);
        }
    }
    // A new release of progenitor may write other code: then stop here.
    let expected = optional.len();
    if constructors != 1 || optional_bodies != expected {
        return Err(ContractError::Code(format!(
            "progenitor's client has changed: {constructors} constructors instead of 1, \
             {optional_bodies} optional bodies instead of {expected}"
        )));
    }
    Ok(quote! {
        //! One method for each endpoint.
        #![allow(missing_docs, unused_imports, clippy::all)]
        use super::types;
        #(#items)*
    })
}

/// `Client::new` builds an HTTP client that follows redirects, and a POST that
/// was redirected then counts as accepted. `Client::connect` replaces it.
fn remove_constructor(block: &mut ItemImpl) -> usize {
    let before = block.items.len();
    if block.trait_.is_none() {
        block
            .items
            .retain(|item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "new"));
    }
    before - block.items.len()
}

fn has_optional_body(endpoint: &Endpoint) -> bool {
    endpoint
        .request_body
        .as_ref()
        .is_some_and(|body| !body.required)
}

/// Progenitor makes every body mandatory; where the contract says optional,
/// the method takes an `Option`.
fn make_bodies_optional(block: &mut ItemImpl, optional: &HashSet<&str>) -> usize {
    let mut changed = 0;
    for item in &mut block.items {
        let ImplItem::Fn(method) = item else { continue };
        if !optional.contains(method.sig.ident.to_string().as_str()) {
            continue;
        }
        for argument in &mut method.sig.inputs {
            if let FnArg::Typed(argument) = argument
                && argument.pat.to_token_stream().to_string() == "body"
            {
                let ty = &argument.ty;
                argument.ty = parse_quote!(Option<#ty>);
            }
        }
        let mut visitor = OptionalJson { changed: 0 };
        visitor.visit_impl_item_fn_mut(method);
        changed += visitor.changed;
    }
    changed
}

struct OptionalJson {
    changed: usize,
}

impl VisitMut for OptionalJson {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Expr::MethodCall(call) = expression
            && call.method == "json"
        {
            let request = &call.receiver;
            *expression = parse_quote!(crate::session::optional_json(#request, body));
            self.changed += 1;
        }
    }
}
