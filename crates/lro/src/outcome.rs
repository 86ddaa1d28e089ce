//! The result of an operation that succeeded: where it is, and reading it.

use std::sync::Arc;

use http::{Method, StatusCode};
use url::Url;

use crate::error::Kind;
use crate::operation::{Operation, Turn};
use crate::{Error, FinalReply, FinalState, Reply, StatusMonitor, Via};

impl<M: StatusMonitor> Operation<M> {
    pub(crate) fn succeed(&mut self, status: &Arc<M>, reply: &Reply) -> Turn<M> {
        match self.result_url(status) {
            Ok(None) => self.output(status, FinalReply::Status(reply)),
            Ok(Some(url)) => {
                self.fetch = Some(Box::new(url));
                self.poll_soon();
                Turn::Fetch
            }
            Err(error) => Turn::Fatal(self.dress(error.with_reply(reply.clone()))),
        }
    }

    /// Where the result is, unless it is in the status reply.
    fn result_url(&self, status: &M) -> Result<Option<Url>, Error> {
        let token = &self.token;
        let original = || token.original.as_deref().cloned();
        let location = || token.location.as_deref().cloned();
        let resource = || {
            let target = status.resource_location()?;
            token.url.join(target).ok()
        };
        // In these the last reply is the resource.
        let at_hand = matches!(token.via, Via::Location | Via::Original | Via::Reply);
        let wanted = token.final_state.unwrap_or_else(|| status.final_state());
        let url = match wanted {
            FinalState::Status => return Ok(None),
            FinalState::Location if token.via == Via::Location => return Ok(None),
            FinalState::OriginalUrl if token.via == Via::Original => return Ok(None),
            FinalState::Auto => {
                let by_method = || match token.method {
                    _ if at_hand => None,
                    Some(Method::PUT | Method::PATCH) => original(),
                    Some(Method::POST) => location(),
                    _ => None,
                };
                let Some(url) = resource().or_else(by_method) else {
                    return Ok(None);
                };
                Some(url)
            }
            FinalState::Location => location(),
            FinalState::OriginalUrl => original(),
            FinalState::Resource => resource(),
        };
        let mut url = url.ok_or_else(|| Error::new(Kind::MissingResultUrl))?;
        url.set_fragment(None);
        self.shared.check(&url)?;
        Ok(Some(url))
    }

    pub(crate) fn fetched(&mut self, reply: &Reply) -> Turn<M> {
        let Some(status) = self.last.clone() else {
            self.fetch = None;
            return self.status(reply);
        };
        if reply.status() == StatusCode::ACCEPTED {
            let hint = self.hint(reply);
            let error = Error::new(Kind::Status(reply.status())).with_reply(reply.clone());
            return self.stumble(error.transient(), hint);
        }
        self.trouble = None;
        self.output(&status, FinalReply::Fetched(reply))
    }

    fn output(&mut self, status: &M, last: FinalReply<'_>) -> Turn<M> {
        let outcome = status.output(last).map_err(|source| {
            let (FinalReply::Status(reply) | FinalReply::Fetched(reply)) = last;
            Error::new(Kind::Result)
                .with_reply(reply.clone())
                .with_source(source)
        });
        self.finish(outcome)
    }
}
