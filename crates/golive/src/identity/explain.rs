//! The Azure SDK's errors in words that help.

use super::attempt::Last;
use std::error::Error;

/// What the codes of Microsoft Entra ID mean here, and what to do about them.
const HINTS: [(&str, &str); 11] = [
    (
        "AADSTS7000215",
        "the client secret is wrong; its value is needed, not its identifier",
    ),
    ("AADSTS7000222", "the client secret has expired"),
    (
        "AADSTS700016",
        "the application is not in this tenant: check the tenant and the client",
    ),
    (
        "AADSTS700024",
        "the ID token has expired: get a new one for each sign-in",
    ),
    (
        "AADSTS700027",
        "the certificate is not the one that the application has",
    ),
    (
        "AADSTS700211",
        "the application trusts no such issuer: check its federated credential",
    ),
    (
        "AADSTS700212",
        "the application trusts another audience: check its federated credential",
    ),
    (
        "AADSTS700213",
        "the application trusts another subject: check its federated credential",
    ),
    (
        "AADSTS70021",
        "the application trusts no such subject: check its federated credential",
    ),
    (
        "AADSTS90002",
        "there is no such tenant in this cloud: check the tenant and the authority",
    ),
    (
        "AADSTS500011",
        "the tenant knows no such scope: check the scope and the authority",
    ),
];

/// The error in words. They may hold secrets.
pub(super) fn explain(error: &azure_core::Error, last: Option<Last>) -> String {
    let mut innermost = error;
    let mut unreadable = false;
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        innermost = error.downcast_ref().unwrap_or(innermost);
        // Its text may quote what was read.
        unreadable |= error.is::<serde_json::Error>();
        cause = error.source();
    }
    let text = match last {
        Some(Last::Answered {
            host,
            status,
            words: Some(words),
        }) if unreadable && !status.is_success() => format!("{host} answered {status}: {words}"),
        Some(Last::Answered { host, status, .. }) if unreadable => {
            return format!("{host} answered {status} with something that is not understood");
        }
        _ if unreadable => return "the answer is not understood".to_owned(),
        Some(Last::Answered { host, status, .. }) if !status.is_success() => {
            format!("{host} answered {status}: {innermost}")
        }
        _ => innermost.to_string(),
    };
    match HINTS.iter().find(|(code, _)| has_code(&text, code)) {
        Some((_, hint)) => format!("{hint} ({text})"),
        None => text,
    }
}

/// Whether the code is in the text, and not the beginning of a longer one.
fn has_code(text: &str, code: &str) -> bool {
    text.match_indices(code).any(|(start, _)| {
        let rest = text[start + code.len()..].chars().next();
        rest.is_none_or(|next| !next.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_not_taken_for_another_one() {
        assert!(has_code("AADSTS70021: No matching", "AADSTS70021"));
        assert!(!has_code("AADSTS700213: No matching", "AADSTS70021"));
        assert!(has_code("AADSTS70021", "AADSTS70021"));
    }
}
