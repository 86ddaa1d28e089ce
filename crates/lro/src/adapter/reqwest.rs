//! Transport over a `reqwest::Client`.

use std::future::ready;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use http::{Request, Response, Uri};
use url::{ParseError, Url};

use crate::{BoxFuture, Transport, TransportError};

/// Sends requests through a [`reqwest::Client`].
///
/// Build the client with `redirect(reqwest::redirect::Policy::none())`. A
/// client that follows redirects by itself is noticed by the reply's URL, and
/// such a reply is refused; but by then the request has gone to the other
/// place, so do not rely on it.
///
/// Timeouts of the client apply as well as the poller's own.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    last: Arc<Mutex<Option<Last>>>,
}

/// The last request's place: one operation has the same each time, and several
/// mostly the same host, which takes longest to read.
#[derive(Debug)]
struct Last {
    uri: Uri,
    url: Arc<Url>,
}

impl ReqwestTransport {
    /// A transport over `client`, which must not follow redirects.
    pub fn new(client: reqwest::Client) -> Self {
        Self {
            client,
            last: Arc::default(),
        }
    }

    fn url(&self, uri: &Uri) -> Result<Arc<Url>, ParseError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let url = match &*last {
            Some(last) if last.uri == *uri => return Ok(Arc::clone(&last.url)),
            Some(last)
                if last.uri.scheme() == uri.scheme() && last.uri.authority() == uri.authority() =>
            {
                let mut url = (*last.url).clone();
                url.set_path(uri.path());
                url.set_query(uri.query());
                url
            }
            _ => Url::parse(&uri.to_string())?,
        };
        let url = Arc::new(url);
        *last = Some(Last {
            uri: uri.clone(),
            url: Arc::clone(&url),
        });
        Ok(url)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let (parts, body) = request.into_parts();
        let url = match self.url(&parts.uri) {
            Ok(url) => url,
            Err(error) => return Box::pin(ready(Err(TransportError::connect(error)))),
        };
        let mut request = reqwest::Request::new(parts.method, (*url).clone());
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(body.into());
        // Begun out here, so that the future need not hold the request.
        let response = self.client.execute(request);
        Box::pin(async move {
            let mut response = response.await.map_err(sort)?;
            if *response.url() != *url {
                return Err(TransportError::redirected());
            }
            let announced = response.content_length().unwrap_or(0);
            if announced > body_limit as u64 {
                return Err(TransportError::body_too_large(body_limit));
            }
            let body = read(&mut response, body_limit).await?;
            let mut reply = Response::new(body);
            *reply.status_mut() = response.status();
            *reply.headers_mut() = std::mem::take(response.headers_mut());
            Ok(reply)
        })
    }
}

/// The whole body. One that comes in one piece, as a status does, is not
/// copied.
async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let within = |length: usize| match length <= limit {
        true => Ok(()),
        false => Err(TransportError::body_too_large(limit)),
    };
    let Some(first) = response.chunk().await.map_err(sort)? else {
        return Ok(Bytes::new());
    };
    within(first.len())?;
    let Some(mut next) = response.chunk().await.map_err(sort)? else {
        return Ok(first);
    };
    let mut whole = BytesMut::from(first);
    loop {
        within(whole.len().saturating_add(next.len()))?;
        whole.extend_from_slice(&next);
        match response.chunk().await.map_err(sort)? {
            Some(chunk) => next = chunk,
            None => return Ok(whole.freeze()),
        }
    }
}

fn sort(error: reqwest::Error) -> TransportError {
    // The URL may carry a signature in its query: it stays out of messages.
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        TransportError::connect(error)
    } else {
        TransportError::io(error)
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::ReqwestTransport;

    #[test]
    fn a_url_is_the_same_whatever_came_before() {
        let transport = ReqwestTransport::new(reqwest::Client::new());
        for text in [
            "https://svc.example/",
            "https://svc.example/op/1?api-version=2017-10-31",
            "https://svc.example/op/1",
            "https://svc.example//double/?",
            "https://svc.example:8443/op?sig=a%2Bb&x=%20y&&=",
            "https://svc.example:8443/%7Euser/a%2fb;c=d/@:e?'(q)",
            "http://127.0.0.1:9/op",
            "http://[::1]:9/op?x#",
            "https://svc.example/op/2?a=/../b&c=?",
        ] {
            let mut url = Url::parse(text).expect("a URL");
            url.set_fragment(None);
            let uri = url.as_str().parse().expect("a URI");
            // Twice: the second time the origin is known.
            for _ in 0..2 {
                assert_eq!(transport.url(&uri).as_deref(), Ok(&url), "{text}");
            }
        }
    }
}
