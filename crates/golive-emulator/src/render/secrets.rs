//! Values that the service keeps to itself.

use golive_client::types::Offer;
use serde_json::{Map, Value};

/// What the names of fields with secrets have in them, in small letters and
/// without what is no letter. The documentation has no list; these are what lead
/// destinations and packages of offers have.
const SECRET: [&str; 6] = [
    "secret",
    "password",
    "apikey",
    "accesskey",
    "connectionstring",
    "securitytoken",
];

/// Leaves secrets out of an offer, wherever they are in it.
pub(super) fn leave_out(offer: &mut Offer) {
    leave_out_of(&mut offer.extra);
    let Some(definition) = &mut offer.definition else {
        return;
    };
    leave_out_of(&mut definition.extra);
    if let Some(properties) = &mut definition.offer {
        leave_out_of(properties);
    }
    for plan in definition.plans.iter_mut().flatten() {
        leave_out_of(&mut plan.extra);
    }
}

fn leave_out_of(object: &mut Map<String, Value>) {
    object.retain(|name, value| !is_secret(name) || value.is_object() || value.is_array());
    object.values_mut().for_each(leave_out_of_value);
}

fn leave_out_of_value(value: &mut Value) {
    match value {
        Value::Object(object) => leave_out_of(object),
        Value::Array(list) => list.iter_mut().for_each(leave_out_of_value),
        _ => {}
    }
}

fn is_secret(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphabetic);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    SECRET.iter().any(|secret| plain.contains(secret))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_left_out_wherever_they_are() {
        let offer = json!({
            "offerTypeId": "x",
            "apiKey": "hush",
            "definition": {
                "displayText": "kept",
                "client_secret": "hush",
                "offer": {
                    "leads.marketo.clientSecret": "hush",
                    "leads.marketo.clientId": "kept",
                    "leads": [{ "ConnectionString": "hush", "to": "kept" }],
                },
                "plans": [{ "planId": "kept", "deep": { "password": "hush", "user": "kept" } }],
            },
        });
        let mut offer: Offer = serde_json::from_value(offer).unwrap();
        leave_out(&mut offer);
        let written = serde_json::to_string(&offer).unwrap();
        assert!(!written.contains("hush"), "{written}");
        assert_eq!(written.matches("kept").count(), 5, "{written}");
    }
}
