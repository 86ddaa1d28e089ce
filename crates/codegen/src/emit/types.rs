//! The types module: split off the client, with schemas on request.

use crate::ContractError;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Item, parse_quote};

/// Splits progenitor's output into its types and the rest.
pub(super) fn split(sdk: TokenStream) -> Result<(Vec<Item>, Vec<Item>), ContractError> {
    let file: syn::File =
        syn::parse2(sdk).map_err(|error| ContractError::Code(error.to_string()))?;
    let mut types = None;
    let mut rest = Vec::new();
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                types = module.content.map(|(_, items)| items);
            }
            other => rest.push(other),
        }
    }
    let types = types.ok_or_else(|| ContractError::Code("there is no types module".to_owned()))?;
    Ok((types, rest))
}

/// The types, each with a JSON schema for those who turn the feature on.
pub(super) fn emit(mut types: Vec<Item>) -> TokenStream {
    let mut visitor = DeriveSchemas;
    for item in &mut types {
        visitor.visit_item_mut(item);
    }
    quote! {
        //! Types of parameters and bodies.
        #![allow(missing_docs, clippy::all)]
        #(#types)*
    }
}

struct DeriveSchemas;

impl VisitMut for DeriveSchemas {
    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        derive_schema(&mut item.attrs);
    }

    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        derive_schema(&mut item.attrs);
    }
}

fn derive_schema(attributes: &mut Vec<Attribute>) {
    let serializes = attributes.iter().any(|attribute| {
        attribute.path().is_ident("derive")
            && attribute
                .to_token_stream()
                .to_string()
                .contains("Serialize")
    });
    if serializes {
        attributes.push(parse_quote! {
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
        });
    }
}
