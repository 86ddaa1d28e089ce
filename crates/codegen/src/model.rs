//! The contract as the emitters need it: endpoints and open enumerations.

use crate::{Contract, ContractError};
use serde_json::Value;

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query string.
    Query,
    /// Into a request header.
    Header,
}

/// A parameter of an endpoint.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub place: Place,
    /// Whether it must be given.
    pub required: bool,
    /// The name of its schema or the name of its primitive type.
    pub schema: String,
}

/// A body that an endpoint takes.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Whether it must be given.
    pub required: bool,
    /// The name of its schema.
    pub schema: String,
}

/// A response header.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name on the wire.
    pub name: String,
    /// What it means.
    pub description: String,
}

/// A documented answer.
#[derive(Clone, Debug)]
pub struct Response {
    /// Its status code.
    pub status: u16,
    /// What it means.
    pub description: String,
    /// Its headers.
    pub headers: Vec<Header>,
    /// The schema of its body, for example `Offer` or `[Offer]`.
    pub body: Option<String>,
}

/// An endpoint, in OpenAPI's words an operation.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its id, in snake case.
    pub id: String,
    /// Its HTTP method, in capitals.
    pub method: String,
    /// Its path, with names in braces.
    pub path: String,
    /// What it does, in a few words.
    pub summary: String,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Its body.
    pub request_body: Option<RequestBody>,
    /// Its answers.
    pub responses: Vec<Response>,
    /// Where the final state is found, if the endpoint is long-running.
    pub final_state_via: Option<String>,
}

/// A known value of an open enumeration.
#[derive(Clone, Debug)]
pub struct Spelling {
    /// Its name in Rust.
    pub name: String,
    /// How it is spelled on the wire; the first is the usual one.
    pub spellings: Vec<String>,
    /// What it means.
    pub description: String,
}

/// A string with known values that may have others.
#[derive(Clone, Debug)]
pub struct OpenEnum {
    /// The name of the schema.
    pub name: String,
    /// What it is.
    pub description: String,
    /// The known values.
    pub values: Vec<Spelling>,
}

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

impl Contract {
    /// All endpoints, in the order of the document.
    ///
    /// # Errors
    ///
    /// An endpoint without an id, a reference to nothing, a status code that
    /// is not a number.
    pub fn endpoints(&self) -> Result<Vec<Endpoint>, ContractError> {
        let mut endpoints = Vec::new();
        for (path, item) in object(self.document(), "paths")? {
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    endpoints.push(self.endpoint(path, method, operation)?);
                }
            }
        }
        Ok(endpoints)
    }

    /// All schemas with `x-open-enum`.
    ///
    /// # Errors
    ///
    /// A value without a name or without spellings.
    pub fn open_enums(&self) -> Result<Vec<OpenEnum>, ContractError> {
        let mut found = Vec::new();
        for (name, schema) in self.schemas()? {
            let Some(values) = schema.get("x-open-enum") else {
                continue;
            };
            let place = format!("schemas/{name}/x-open-enum");
            let values = values
                .as_array()
                .ok_or_else(|| ContractError::shape(&place, "a list is expected"))?
                .iter()
                .map(|value| spelling(&place, value))
                .collect::<Result<_, _>>()?;
            found.push(OpenEnum {
                name: name.clone(),
                description: text(schema, "description", &place)?,
                values,
            });
        }
        Ok(found)
    }

    /// All schemas, in the order of the document.
    ///
    /// # Errors
    ///
    /// A document without schemas.
    pub fn schemas(&self) -> Result<&serde_json::Map<String, Value>, ContractError> {
        self.document()
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .ok_or_else(|| ContractError::shape("components/schemas", "missing"))
    }

    fn endpoint(&self, path: &str, method: &str, op: &Value) -> Result<Endpoint, ContractError> {
        let id = text(op, "operationId", path)?;
        if syn::parse_str::<syn::Ident>(&id).is_err() {
            let problem = format!("the operationId {id:?} cannot be the name of a method");
            return Err(ContractError::shape(path, problem));
        }
        let mut parameters = Vec::new();
        for parameter in list(op, "parameters") {
            parameters.push(parameter_of(self.follow(parameter)?, &id)?);
        }
        let request_body = match op.get("requestBody") {
            None => None,
            Some(body) => {
                let body = self.follow(body)?;
                Some(RequestBody {
                    required: flag(body, "required"),
                    schema: json_body(body).ok_or_else(|| {
                        ContractError::shape(&id, "the request body is not JSON with a schema")
                    })?,
                })
            }
        };
        let mut responses = Vec::new();
        for (status, response) in object(op, "responses")? {
            responses.push(self.response(&id, status, self.follow(response)?)?);
        }
        let long_running = flag(op, "x-ms-long-running-operation");
        let options = "x-ms-long-running-operation-options";
        let final_state_via = match op.get(options) {
            Some(options) if long_running => Some(text(options, "final-state-via", &id)?),
            None if !long_running => None,
            _ => {
                return Err(ContractError::shape(
                    &id,
                    format!("{options} is missing or stray"),
                ));
            }
        };
        Ok(Endpoint {
            summary: text(op, "summary", &id)?,
            method: method.to_uppercase(),
            path: path.to_owned(),
            id,
            parameters,
            request_body,
            responses,
            final_state_via,
        })
    }

    fn response(&self, id: &str, status: &str, value: &Value) -> Result<Response, ContractError> {
        let place = format!("{id}/{status}");
        let mut headers = Vec::new();
        if value.get("headers").is_some() {
            for (name, header) in object(value, "headers")? {
                headers.push(Header {
                    name: name.clone(),
                    description: text(self.follow(header)?, "description", &place)?,
                });
            }
        }
        Ok(Response {
            status: status.parse().map_err(|_| {
                ContractError::shape(&place, "a status code of three digits is expected")
            })?,
            description: text(value, "description", &place)?,
            headers,
            body: json_body(value),
        })
    }
}

fn parameter_of(value: &Value, id: &str) -> Result<Parameter, ContractError> {
    let name = text(value, "name", id)?;
    let place = match text(value, "in", id)?.as_str() {
        "path" => Place::Path,
        "query" => Place::Query,
        "header" => Place::Header,
        other => {
            let problem = format!("parameters in a {other} are not supported");
            return Err(ContractError::shape(format!("{id}/{name}"), problem));
        }
    };
    Ok(Parameter {
        schema: value.get("schema").map(type_name).unwrap_or_default(),
        required: flag(value, "required"),
        name,
        place,
    })
}

fn spelling(place: &str, value: &Value) -> Result<Spelling, ContractError> {
    let spellings: Option<Vec<String>> = list(value, "spellings")
        .map(|spelling| Some(spelling.as_str()?.to_owned()))
        .collect();
    let Some(spellings) = spellings else {
        let problem = "a spelling is not a text; put it in quotes";
        return Err(ContractError::shape(place, problem));
    };
    if spellings.is_empty() {
        return Err(ContractError::shape(place, "a value has no spelling"));
    }
    let name = text(value, "name", place)?;
    if syn::parse_str::<syn::Ident>(&name).is_err() {
        let problem = format!("{name:?} cannot be the name of a variant");
        return Err(ContractError::shape(place, problem));
    }
    Ok(Spelling {
        name,
        description: text(value, "description", place)?,
        spellings,
    })
}

/// The name of a schema: of a reference, of a list (`[Offer]`), or primitive.
pub(crate) fn type_name(schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return reference.rsplit('/').next().unwrap_or(reference).to_owned();
    }
    let kind = schema.get("type").and_then(Value::as_str).unwrap_or("any");
    match (kind, schema.get("format").and_then(Value::as_str)) {
        ("array", _) => {
            let items = schema
                .get("items")
                .map_or_else(|| "any".to_owned(), type_name);
            format!("[{items}]")
        }
        ("object", _) => match schema.get("additionalProperties") {
            Some(values) if values.is_object() => format!("map of {}", type_name(values)),
            _ => "object".to_owned(),
        },
        (_, Some(format)) => format!("{kind}({format})"),
        (_, None) => kind.to_owned(),
    }
}

fn json_body(value: &Value) -> Option<String> {
    value
        .pointer("/content/application~1json/schema")
        .map(type_name)
}

fn object<'a>(
    value: &'a Value,
    key: &str,
) -> Result<&'a serde_json::Map<String, Value>, ContractError> {
    value
        .get(key)
        .and_then(Value::as_object)
        .ok_or_else(|| ContractError::shape(key, "an object is expected"))
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn text(value: &Value, key: &str, place: &str) -> Result<String, ContractError> {
    value
        .get(key)
        .and_then(Value::as_str)
        .map(|text| text.trim().to_owned())
        .ok_or_else(|| ContractError::shape(place, format!("{key} is missing or not a text")))
}
