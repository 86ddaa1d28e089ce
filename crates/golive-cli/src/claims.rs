//! What a bearer token says about itself. Nothing is verified: that is for the
//! service, which has the keys.

use crate::record::Claims;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// Far above any real token.
const LONGEST: usize = 256 * 1024;

/// The claims of a JSON Web Token; none if the token is something else.
pub fn read(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || token.len() > LONGEST {
        return None;
    }
    let payload = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    let fields: Map<String, Value> = serde_json::from_slice(&payload).ok()?;
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| fields.get(*name)?.as_str());
        found.map(str::to_owned)
    };
    let words = |name: &str| -> Vec<String> {
        match fields.get(name) {
            Some(Value::String(text)) => text.split_whitespace().map(str::to_owned).collect(),
            Some(Value::Array(list)) => {
                let words = list.iter().filter_map(Value::as_str);
                words.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    };
    let expires = fields.get("exp");
    Some(Claims {
        tenant: text(&["tid"]),
        client: text(&["appid", "azp"]),
        user: text(&["upn", "preferred_username", "unique_name", "email"]),
        object: text(&["oid"]),
        audiences: words("aud"),
        scopes: words("scp"),
        roles: words("roles"),
        // A number with a fraction is allowed.
        expires: expires.and_then(|it| it.as_i64().or_else(|| Some(it.as_f64()? as i64))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn token(payload: &Value) -> String {
        let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let header = encode(r#"{"alg":"none"}"#);
        format!("{header}.{}.c2ln", encode(&payload.to_string()))
    }

    #[test]
    fn claims_of_an_application_and_of_a_person() {
        let application = token(&json!({
            "aud": "https://cloudpartner.azure.com", "tid": "t", "appid": "a", "oid": "o",
            "exp": 1_800_000_000, "roles": ["one", "two"],
        }));
        let claims = read(&application).unwrap();
        assert_eq!(claims.tenant.as_deref(), Some("t"));
        assert_eq!(claims.client.as_deref(), Some("a"));
        assert_eq!(claims.object.as_deref(), Some("o"));
        assert_eq!(claims.audiences, ["https://cloudpartner.azure.com"]);
        assert_eq!(claims.roles, ["one", "two"]);
        assert_eq!(claims.expires, Some(1_800_000_000));
        assert_eq!(claims.user, None);

        let person = token(&json!({
            "aud": ["x", "y"], "azp": "a", "preferred_username": "jo@contoso.com",
            "scp": "user_impersonation other", "exp": 1.8e9,
        }));
        let claims = read(&person).unwrap();
        assert_eq!(claims.client.as_deref(), Some("a"));
        assert_eq!(claims.user.as_deref(), Some("jo@contoso.com"));
        assert_eq!(claims.audiences, ["x", "y"]);
        assert_eq!(claims.scopes, ["user_impersonation", "other"]);
        assert_eq!(claims.expires, Some(1_800_000_000));
    }

    #[test]
    fn what_is_no_web_token_claims_nothing() {
        for token in ["", "secret", "a.b", "a.b.c", "a.e30.c.d", "..", "a.W10.c"] {
            assert_eq!(read(token), None, "{token}");
        }
        assert_eq!(read("a.e30.c"), Some(Claims::default()));
        assert_eq!(
            read(&token(&json!({"aud": 5, "exp": "x", "tid": []}))),
            Some(Claims::default())
        );
        assert_eq!(read(&format!("a.{}.c", "A".repeat(LONGEST))), None);
    }

    proptest! {
        #[test]
        fn no_token_is_a_panic(token in any::<String>(), fields in any::<Vec<(String, f64)>>()) {
            read(&token);
            let payload: Map<String, Value> =
                fields.into_iter().map(|(name, value)| (name, json!(value))).collect();
            read(&super::tests::token(&payload.into()));
        }
    }
}
