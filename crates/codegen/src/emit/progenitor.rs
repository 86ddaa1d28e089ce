//! Runs progenitor: the client from the answers of success, the mocks from
//! all of them.

use super::caught::caught;
use crate::{Contract, ContractError, Project};
use openapiv3::{AnySchema, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, StatusCode};
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
    generated(project, contract, &document, Generator::generate_tokens)
}

/// The mocks, which can answer with everything.
pub(super) fn mocks(project: &Project, contract: &Contract) -> Result<TokenStream, ContractError> {
    let document = contract.openapi()?;
    generated(project, contract, &document, |generator, document| {
        generator.httpmock(document, project.client_crate)
    })
}

/// What progenitor makes of the document. Where it panics, schemas and paths are
/// tried one by one, to say which it was.
fn generated(
    project: &Project,
    contract: &Contract,
    document: &OpenAPI,
    generate: impl Fn(&mut Generator, &OpenAPI) -> Result<TokenStream, progenitor::Error>,
) -> Result<TokenStream, ContractError> {
    let made = |document: &OpenAPI| {
        let mut generator = generator(project, contract)?;
        let made = caught(|| generate(&mut generator, document));
        made.map_err(|problem| ContractError::GivenUp {
            place: "the document".to_owned(),
            problem,
        })
    };
    let whole = match made(document) {
        Ok(made) => return Ok(made?),
        Err(whole) => whole,
    };
    let mut none = document.clone();
    let paths = std::mem::take(&mut none.paths.paths);
    let schemas = none.components.clone().unwrap_or_default().schemas;
    let of_schemas = schemas.keys().map(|name| {
        let mut one = none.clone();
        for (other, schema) in one.components.iter_mut().flat_map(|it| &mut it.schemas) {
            if other != name {
                // Anything, so that what refers to it finds it.
                *schema = ReferenceOr::Item(Schema {
                    schema_data: SchemaData::default(),
                    schema_kind: SchemaKind::Any(AnySchema::default()),
                });
            }
        }
        (format!("components/schemas/{name}"), one)
    });
    let of_paths = paths.into_iter().map(|(path, item)| {
        let mut one = none.clone();
        one.paths.paths.insert(path.clone(), item);
        (path, one)
    });
    for (place, one) in of_schemas.chain(of_paths) {
        if let Err(ContractError::GivenUp { problem, .. }) = made(&one) {
            return Err(ContractError::GivenUp { place, problem });
        }
    }
    Err(whole)
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
