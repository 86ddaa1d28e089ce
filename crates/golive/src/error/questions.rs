//! What an error can be asked.

use super::{Error, Kind};
use crate::goal::Monitor;
use crate::{OperationStatus, ReleaseToken, ResumeToken, Step};
use lro::TransportError;

impl Error {
    /// What the caller gave cannot be used: an endpoint without a scheme, an
    /// identifier that would change the path, a damaged resume token.
    pub fn is_invalid_input(&self) -> bool {
        match self.poll() {
            Some(error) => error.is_invalid_token(),
            None => matches!(self.0.kind, Kind::Invalid(_)),
        }
    }

    /// A URL that the service or a resume token names is on another origin than
    /// the endpoint, or a release token is of another portal. Nothing was sent there.
    pub fn is_foreign_origin(&self) -> bool {
        matches!(self.0.kind, Kind::ForeignPortal { .. })
            || self.poll().is_some_and(lro::Error::is_foreign_origin)
    }

    /// There is no token to sign in with, or the service refused it (401).
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.0.kind, Kind::Credential)
            || self.status() == Some(401)
            || self
                .poll()
                .is_some_and(|error| error.is_unauthorized() || error.is_credential())
    }

    /// The principal may not do this (403).
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(403)
    }

    /// The publisher, the offer or the operation does not exist (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Another operation of the offer is running (409). If the service lists it, it
    /// is the [running operation](Self::running_operation).
    pub fn is_conflict(&self) -> bool {
        matches!(self.0.kind, Kind::Conflict { .. }) || self.status() == Some(409)
    }

    /// The offer has changed since its ETag was read (412).
    pub fn is_precondition_failed(&self) -> bool {
        self.status() == Some(412)
    }

    /// The Preview slot has something else than was expected, or than was approved.
    /// Nothing was submitted.
    pub fn is_unexpected_preview(&self) -> bool {
        matches!(self.0.kind, Kind::UnexpectedPreview { .. })
    }

    /// The Preview slot has something else than what somebody was shown
    /// ([`GoLive::expect_edition`](crate::GoLive::expect_edition),
    /// [`Release::approve`](crate::Release::approve)). Nothing was submitted, and an
    /// answer to what was shown is not one to what is there now.
    pub fn is_preview_replaced(&self) -> bool {
        matches!(self.0.kind, Kind::UnexpectedPreview { replaced: true, .. })
    }

    /// The preview was not approved. Nothing was submitted after it.
    pub fn is_not_approved(&self) -> bool {
        matches!(self.0.kind, Kind::NotApproved)
    }

    /// The operation ended in failure. [`failing_step`](Self::failing_step) and
    /// [`reasons`](Self::reasons) say more.
    pub fn is_failed(&self) -> bool {
        self.poll().is_some_and(lro::Error::is_failed)
    }

    /// The operation was canceled.
    pub fn is_canceled(&self) -> bool {
        self.poll().is_some_and(lro::Error::is_canceled)
    }

    /// The caller stopped it before the service had accepted anything, or could not keep
    /// what is needed to go on; no request is under way.
    pub fn is_stopped(&self) -> bool {
        matches!(self.0.kind, Kind::Stopped | Kind::NotKept)
    }

    /// The deadline passed. The operation goes on at the service; without a [resume
    /// token](Self::resume_token), nothing was submitted, maybe because another operation
    /// was [running](Self::running_operation).
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Deadline) || self.poll().is_some_and(lro::Error::is_timeout)
    }

    /// The service no longer knows the operation. How it ended is unknown.
    pub fn is_expired(&self) -> bool {
        self.poll().is_some_and(lro::Error::is_expired)
    }

    /// Polling failed in ways that may pass, and did so for longer than is
    /// tolerated. The operation goes on at the service.
    pub fn gave_up(&self) -> bool {
        self.poll().is_some_and(lro::Error::gave_up)
    }

    /// Whether a poll failed in a way that is tolerated.
    pub(crate) fn is_transient(&self) -> bool {
        self.poll().is_some_and(lro::Error::is_transient)
    }

    /// Whether the HTTP client followed a redirect by itself.
    pub(crate) fn is_redirected(&self) -> bool {
        let of = |error: &(dyn std::error::Error + 'static)| {
            let error = error.downcast_ref::<TransportError>();
            error.is_some_and(TransportError::is_redirected)
        };
        std::error::Error::source(self).is_some_and(of)
    }

    /// It is not known whether the service accepted a submission: the request
    /// may have arrived, and no usable answer came back. It must not simply be
    /// repeated. An operation that the service lists as running is the [running
    /// operation](Self::running_operation); it may be anybody's.
    ///
    /// Look at [`Offer::operations`](crate::Offer::operations) or, where they cannot be
    /// listed, at [`Offer::status`](crate::Offer::status) and
    /// [`Offer::get_slot`](crate::Offer::get_slot). If it runs, go on with it
    /// ([`OnConflict::Attach`](crate::OnConflict::Attach)); if nothing runs and nothing
    /// has changed, submit it again. A release goes on either way with
    /// [`Release::assume_submitted`](crate::Release::assume_submitted).
    pub fn is_submission_unknown(&self) -> bool {
        matches!(self.0.kind, Kind::SubmissionUnknown)
    }

    /// The service accepted a submission and named no polling URL, and the list
    /// of operations has no running one.
    pub fn is_missing_polling_url(&self) -> bool {
        matches!(self.0.kind, Kind::NothingToPoll)
    }

    /// Whether the service may have received the request. If not, it is safe to
    /// repeat it.
    pub fn may_have_been_sent(&self) -> bool {
        match &self.0.kind {
            Kind::Invalid(_)
            | Kind::Credential
            | Kind::NotSent
            | Kind::Conflict { .. }
            | Kind::UnexpectedPreview { .. }
            | Kind::NotApproved
            | Kind::ForeignPortal { .. }
            | Kind::NotKept
            | Kind::Stopped
            | Kind::Deadline => false,
            Kind::Poll => self.poll().is_some_and(lro::Error::may_have_been_sent),
            _ => true,
        }
    }

    /// The status code of the service's answer, if it was not success.
    pub fn status(&self) -> Option<u16> {
        let own = self.0.reply.as_ref().map(|reply| reply.status().as_u16());
        own.or_else(|| self.poll()?.status())
            .filter(|status| !(200..300).contains(status))
    }

    /// The service's code for the error, for example `InvalidAPIVersion`.
    pub fn code(&self) -> Option<&str> {
        self.0
            .service
            .code
            .as_deref()
            .or_else(|| self.poll()?.code())
    }

    /// The service's message, as plain text.
    pub fn message(&self) -> Option<&str> {
        self.0
            .service
            .message
            .as_deref()
            .or_else(|| self.poll()?.message())
    }

    /// Names the request in the service's logs; support asks for it.
    pub fn correlation_id(&self) -> Option<&str> {
        let reply = self.0.reply.as_ref().or_else(|| self.poll()?.reply())?;
        crate::service_error::correlation_id(reply.headers())
    }

    /// The raw body of the service's answer.
    pub fn body(&self) -> Option<&[u8]> {
        let reply = self.0.reply.as_ref().or_else(|| self.poll()?.reply())?;
        Some(reply.body())
    }

    /// What is needed to go on with the operation.
    pub fn resume_token(&self) -> Option<&ResumeToken> {
        self.0.token.as_ref()
    }

    /// An operation of the offer that is running, and that may be anybody's: named
    /// by a [conflict](Self::is_conflict), and where it is
    /// [unknown](Self::is_submission_unknown) whether a submission was accepted.
    pub fn running_operation(&self) -> Option<&ResumeToken> {
        self.0.running.as_ref()
    }

    /// What is needed to go on with the release that this is an error of.
    pub fn release_token(&self) -> Option<&ReleaseToken> {
        self.0.release.as_deref()
    }

    /// The last status document that was seen.
    pub fn last_status(&self) -> Option<&OperationStatus> {
        let status = self.poll()?.last_status::<Monitor>()?;
        Some(&status.document)
    }

    /// The step at which the operation failed.
    pub fn failing_step(&self) -> Option<&Step> {
        self.last_status()?.failing_step()
    }

    /// Why the operation failed, in the service's words.
    pub fn reasons(&self) -> Vec<&str> {
        self.last_status()
            .map(OperationStatus::reasons)
            .unwrap_or_default()
    }
}
