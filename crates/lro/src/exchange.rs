//! One request and its reply: origin check, credential, timeout, redirects.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use url::Url;

use crate::error::Kind;
use crate::query::request_uri;
use crate::service::Shared;
use crate::{Error, Reply};

/// More hops than any sane service needs.
const REDIRECTS: usize = 5;

/// A request to make.
pub(crate) struct Call {
    url: Url,
    /// What makes it no simple GET. Boxed, because nearly every call is one,
    /// and the future of a request is to stay small enough for what the
    /// allocator keeps at hand.
    other: Option<Box<Other>>,
}

struct Other {
    method: Method,
    headers: HeaderMap,
    body: Bytes,
}

impl Call {
    pub(crate) fn get(url: Url) -> Self {
        Self { url, other: None }
    }

    pub(crate) fn new(method: Method, url: Url, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            url,
            other: Some(Box::new(Other {
                method,
                headers,
                body,
            })),
        }
    }

    fn is_get(&self) -> bool {
        { self.other.as_ref() }.is_none_or(|other| other.method == Method::GET)
    }
}

/// Makes the request within the poll timeout. Whatever status the server
/// answers is a reply; a redirect that stays on the allowed origins is
/// followed for a GET.
pub(crate) async fn exchange(shared: Arc<Shared>, mut call: Call) -> Result<Reply, Error> {
    let limit = shared.poll_timeout;
    let mut timer = shared.clock.sleep(limit);
    let mut work = pin!(hops(&shared, &mut call));
    let reply = poll_fn(|cx| {
        // The reply first: one that arrived in time counts even when this
        // task was woken late.
        if let Poll::Ready(reply) = work.as_mut().poll(cx) {
            return Poll::Ready(reply);
        }
        timer
            .as_mut()
            .poll(cx)
            .map(|()| Err(Error::new(Kind::PollTimeout(limit)).transient().sent()))
    })
    .await?;
    tracing::Span::current().record("status", reply.status().as_u16());
    Ok(reply)
}

// By reference: a call moved in would be in the future twice.
async fn hops(shared: &Shared, call: &mut Call) -> Result<Reply, Error> {
    for _ in 0..=REDIRECTS {
        let reply = authorized(shared, call).await?;
        let follow =
            call.is_get() && matches!(reply.status().as_u16(), 301 | 302 | 303 | 307 | 308);
        let Some(target) = reply.header(&header::LOCATION).filter(|_| follow) else {
            return Ok(reply);
        };
        let Ok(url) = call.url.join(target) else {
            return Ok(reply);
        };
        shared
            .check(&url)
            .map_err(|error| error.with_reply(reply))?;
        call.url = url;
    }
    Err(Error::new(Kind::Redirects).transient().sent())
}

/// Sends once, and once more with a fresh credential after a 401.
async fn authorized(shared: &Shared, call: &Call) -> Result<Reply, Error> {
    shared.check(&call.url)?;
    let Some(credential) = &shared.credential else {
        return send(shared, call, None).await;
    };
    let mut value = ask(credential.as_ref()).await?;
    let reply = send(shared, call, Some(&value)).await?;
    if reply.status() != StatusCode::UNAUTHORIZED {
        return Ok(reply);
    }
    credential.refused(&value);
    value = ask(credential.as_ref()).await?;
    send(shared, call, Some(&value)).await
}

async fn ask(credential: &dyn crate::Credential) -> Result<HeaderValue, Error> {
    let mut value = credential
        .authorization()
        .await
        .map_err(|error| Error::new(Kind::Credential).transient().with_source(error))?;
    value.set_sensitive(true);
    Ok(value)
}

async fn send(
    shared: &Shared,
    call: &Call,
    authorization: Option<&HeaderValue>,
) -> Result<Reply, Error> {
    let mut request = Request::new(Bytes::new());
    *request.uri_mut() = request_uri(&call.url, &shared.query)
        .map_err(|error| Error::new(Kind::MissingPollingUrl).with_source(Box::new(error)))?;
    let headers = request.headers_mut();
    headers.clone_from(&shared.headers);
    if let Some(other) = &call.other {
        for (name, value) in &other.headers {
            headers.insert(name, value.clone());
        }
    }
    if let Some(value) = authorization {
        headers.insert(header::AUTHORIZATION, value.clone());
    }
    if let Some(other) = &call.other {
        request.method_mut().clone_from(&other.method);
        request.body_mut().clone_from(&other.body);
    }
    let response = shared
        .transport
        .send(request, shared.body_limit)
        .await
        .map_err(Error::transport)?;
    if response.body().len() > shared.body_limit {
        return Err(Error::transport(crate::TransportError::body_too_large(
            shared.body_limit,
        )));
    }
    Ok(Reply::from(response))
}
