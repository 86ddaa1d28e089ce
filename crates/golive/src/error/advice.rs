//! What to do about an error.

use super::Error;

impl Error {
    /// What the person who has to mend it should do, or the likely cause, if there
    /// is something to say. The words on 401 and 403 follow the service's
    /// documentation of its prerequisites and its troubleshooting page.
    pub fn advice(&self) -> Option<&'static str> {
        Some(if self.is_submission_unknown() {
            "do not simply repeat it: look at the offer's operations first; where they cannot be \
             listed, at its status, and at what is in Preview and in Production"
        } else if self.is_unauthorized() {
            "the token is missing, expired, or for another audience; sign in and put a token into GOLIVE_TOKEN, for example with \
             `az account get-access-token --resource https://cloudpartner.azure.com \
             --query accessToken --output tsv`"
        } else if self.is_forbidden() {
            "check that the publisher is the right one, that the principal is a user of its account \
             (owner or contributor), and that it was added with the object id of the managed \
             application, not of the app registration"
        } else if self.is_not_found() {
            "check the ids of the publisher and of the offer; ids are not display names"
        } else if self.is_conflict() {
            "wait until the running operation has ended, or cancel it"
        } else if self.is_failed() {
            "mend what the service names, publish to preview again, and go live again"
        } else if self.is_redirected() {
            "switch redirects off in the HTTP client of the transport: it followed one by itself, \
             and a token must not"
        } else if self.is_foreign_origin() {
            "check that the endpoint is that of the service which accepted the operation"
        } else if self.is_missing_polling_url() {
            "the service has accepted, so do not repeat it; look at the status of the offer"
        } else if self.is_expired() {
            "look at the status of the offer in the portal"
        } else if self.status() == Some(429) {
            "try again later"
        } else {
            return None;
        })
    }
}
