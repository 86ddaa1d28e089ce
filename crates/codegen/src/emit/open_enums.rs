//! Strings with known values.

use crate::model::OpenEnum;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(super) fn emit(open_enums: &[OpenEnum]) -> TokenStream {
    let all = open_enums.iter().map(emit_one);
    quote! {
        //! Strings with known values, of which the wire may have others.
        use crate::open_enum::open_enum;
        #(#all)*
    }
}

fn emit_one(open: &OpenEnum) -> TokenStream {
    let name = format_ident!("{}", open.name);
    let kind = format_ident!("{}Kind", open.name);
    let description = &open.description;
    let kind_description = format!("The known values of [`{}`].", open.name);
    let variants = open.values.iter().map(|value| {
        let name = format_ident!("{}", value.name);
        let description = &value.description;
        quote!(#[doc = #description] #name)
    });
    let rows = open.values.iter().map(|value| {
        let name = format_ident!("{}", value.name);
        let spellings = &value.spellings;
        quote!((Self::#name, &[#(#spellings),*]))
    });
    quote! {
        #[doc = #description]
        ///
        /// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
        /// knows all spellings of a value and ignores case and spaces.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct #name(String);

        #[doc = #kind_description]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #kind {
            #(#variants,)*
            /// A spelling that the contract does not know.
            Unknown,
        }

        impl #kind {
            const SPELLINGS: &[(Self, &[&str])] = &[#(#rows),*];
        }

        open_enum!(#name, #kind);
    }
}
