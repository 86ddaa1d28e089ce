//! "Did you mean …?"

use crate::context::Context;
use crate::exit::Exit;
use golive::{Error, OfferDocument, Portal};
use std::time::Duration;

/// Nobody waits longer for a suggestion.
const PATIENCE: Duration = Duration::from_secs(10);

/// Prints an error of a request and, if a publisher or an offer does not exist, which
/// one was probably meant. Gives the exit code.
pub async fn failed(
    context: &Context,
    portal: &Portal,
    publisher: &str,
    offer: Option<&str>,
    error: &Error,
) -> Exit {
    let exit = context.ui.failed(error);
    after(context, portal, publisher, offer, error).await;
    exit
}

/// After an error that says that a publisher or an offer does not exist: which
/// one was probably meant. That it cannot be found out is no error.
pub async fn after(
    context: &Context,
    portal: &Portal,
    publisher: &str,
    offer: Option<&str>,
    error: &Error,
) {
    if !error.is_not_found() {
        return;
    }
    let hint = tokio::time::timeout(PATIENCE, hint(portal, publisher, offer)).await;
    if let Ok(Some(hint)) = hint {
        context.ui.hint(&hint);
    }
}

async fn hint(portal: &Portal, publisher: &str, offer: Option<&str>) -> Option<String> {
    match (portal.offers(publisher, None).await, offer) {
        (Ok(offers), Some(offer)) => offer_hint(publisher, offer, &offers),
        (Ok(_), None) => None,
        (Err(error), _) if error.is_not_found() || error.is_forbidden() => {
            let publishers = portal.publishers().await.ok()?;
            let names = publishers.iter();
            let names: Vec<(&str, Option<&str>)> = names
                .map(|it| (it.id.as_str(), it.name.as_deref()))
                .collect();
            if names.iter().any(|(id, _)| *id == publisher) {
                return None;
            }
            Some(match meant(publisher, &names) {
                Some(id) => format!("did you mean the publisher {id}?"),
                None => format!(
                    "you are not among the users of a publisher {publisher}; golive publishers \
                     list shows those that you may act for"
                ),
            })
        }
        (Err(_), _) => None,
    }
}

fn offer_hint(publisher: &str, offer: &str, offers: &[OfferDocument]) -> Option<String> {
    let names: Vec<(&str, Option<&str>)> = offers
        .iter()
        .filter_map(|it| Some((it.id()?, display_text(it))))
        .collect();
    // Then it is something of the offer that was not found.
    if names.iter().any(|(id, _)| *id == offer) {
        return None;
    }
    Some(match (meant(offer, &names), names.len()) {
        (Some(id), _) => format!("did you mean the offer {id}?"),
        (None, 0) => format!("the publisher {publisher} has no offers"),
        (None, _) => format!(
            "no offer of the publisher {publisher} is called like that; list them with: golive \
             offers list {publisher}"
        ),
    })
}

/// The name of an offer for people.
pub fn display_text(offer: &OfferDocument) -> Option<&str> {
    offer.value().pointer("/definition/displayText")?.as_str()
}

/// The id that was probably meant: somebody may have written the name for people.
fn meant<'a>(wrong: &str, names: &[(&'a str, Option<&'a str>)]) -> Option<&'a str> {
    let by_name = names.iter().find(|(_, name)| {
        name.is_some_and(|name| name.trim().to_lowercase() == wrong.trim().to_lowercase())
    });
    let by_name = by_name.map(|(id, _)| *id);
    by_name.or_else(|| nearest(wrong, names.iter().map(|(id, _)| *id)))
}

/// The name that was probably meant, if one is near enough.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near_is_suggested() {
        let names = ["contoso-vm", "contoso-container", "fabrikam"];
        assert_eq!(nearest("contoso-wm", names), Some("contoso-vm"));
        assert_eq!(nearest("fabricam", names), Some("fabrikam"));
        assert_eq!(nearest("northwind", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("contoso", []), None);
    }

    #[test]
    fn a_name_for_people_leads_to_the_id() {
        let names = [("a-1", Some("Contoso VM")), ("contoso-vn", None)];
        assert_eq!(meant("contoso vm", &names), Some("a-1"));
        assert_eq!(meant("contoso-vm", &names), Some("contoso-vn"));
        assert_eq!(meant("x", &names), None);
    }

    #[test]
    fn an_offer_that_exists_is_not_suggested() {
        let offers: Vec<OfferDocument> = [r#"{"id":"one"}"#, r#"{"id":"two"}"#, "{}"]
            .iter()
            .map(|json| json.parse().unwrap())
            .collect();
        let hint = |offer| offer_hint("contoso", offer, &offers);
        assert_eq!(hint("one"), None);
        assert_eq!(hint("onne").unwrap(), "did you mean the offer one?");
        assert!(hint("zzz").unwrap().contains("golive offers list contoso"));
        let none = offer_hint("contoso", "one", &[]).unwrap();
        assert_eq!(none, "the publisher contoso has no offers");
    }
}
