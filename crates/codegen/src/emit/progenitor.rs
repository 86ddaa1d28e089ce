//! Runs progenitor: the client from the answers of success, the mocks from
//! all of them.

use crate::{Contract, ContractError, Project};
use openapiv3::{OpenAPI, ReferenceOr, StatusCode};
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use quote::quote;

/// The name of the schema that becomes the hand-written type of that name.
const TIMESTAMP: &str = "Timestamp";

/// The client and its types.
///
/// Errors are taken out first. Progenitor decodes a documented error and loses
/// its status and headers when the body is not as documented; what it does not
/// know it hands over whole, and `ErrorReply` decodes that.
pub(super) fn sdk(project: &Project, contract: &Contract) -> Result<TokenStream, ContractError> {
    let document = success_only(contract.openapi()?);
    Ok(generator(project, contract)?.generate_tokens(&document)?)
}

/// The mocks, which can answer with everything.
pub(super) fn mocks(project: &Project, contract: &Contract) -> Result<TokenStream, ContractError> {
    let document = contract.openapi()?;
    Ok(generator(project, contract)?.httpmock(&document, project.client_crate)?)
}

fn generator(project: &Project, contract: &Contract) -> Result<Generator, ContractError> {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        // A map with an order, so that the output has one too.
        .with_map_type("::std::collections::BTreeMap".to_owned())
        .with_inner_type(quote!(crate::Session))
        .with_derive("PartialEq");
    let open = contract.open_enums()?;
    let replaced = open
        .iter()
        .map(|open| open.name.as_str())
        .chain([TIMESTAMP]);
    for name in replaced {
        settings.with_replacement(
            name,
            format!("::{}::{name}", project.client_crate),
            std::iter::empty(),
        );
    }
    Ok(Generator::new(&settings))
}

fn success_only(mut document: OpenAPI) -> OpenAPI {
    for item in document.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        let operations = [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
            &mut item.patch,
            &mut item.head,
            &mut item.options,
        ];
        for operation in operations.into_iter().flatten() {
            let responses = &mut operation.responses;
            responses.default = None;
            responses
                .responses
                .retain(|status, _| matches!(status, StatusCode::Code(200..=299)));
        }
    }
    document
}
