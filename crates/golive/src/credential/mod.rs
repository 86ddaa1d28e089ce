//! Where bearer tokens come from.

mod cached;
mod chain;
mod environment;
mod error;
mod file;
mod flight;
mod read;
mod static_token;
mod token;

pub use cached::Cached;
pub use chain::Chain;
pub use environment::EnvironmentToken;
pub use error::CredentialError;
pub use file::FileToken;
pub use static_token::StaticToken;
pub use token::AccessToken;

#[cfg(feature = "identity")]
pub(crate) use read::read_file;

use lro::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// How long an access token of Microsoft Entra ID lives, about.
pub(crate) const TOKEN_LIFE: Duration = Duration::from_secs(60 * 60);

/// A source of bearer tokens.
///
/// It is asked before every request, also during a wait of days, so it should
/// keep a token until shortly before it expires: put it into a [`Cached`]. The
/// scope to ask Microsoft Entra ID for is [`SCOPE`](crate::SCOPE).
///
/// ```
/// use golive::{AccessToken, Credential, CredentialError};
/// use golive::lro::BoxFuture;
///
/// /// Asks a vault that the rest of the program already knows.
/// struct FromVault;
///
/// # async fn read_from_vault() -> std::io::Result<String> { Ok("token".into()) }
/// impl Credential for FromVault {
///     fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
///         Box::pin(async {
///             let token = read_from_vault()
///                 .await
///                 .map_err(|error| CredentialError::new("the vault is shut").with_source(error))?;
///             Ok(AccessToken::new(token))
///         })
///     }
/// }
/// ```
pub trait Credential: Send + Sync + 'static {
    /// A token for the next request.
    ///
    /// # Errors
    ///
    /// There is no token. The error says what is missing, and holds no secret.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>>;

    /// Told that the service refused a token (401). The credential is then
    /// asked once more, and should get a new one.
    fn refused(&self, token: &AccessToken) {
        let _ = token;
    }

    /// How long a wait this credential can outlive, counted from now.
    ///
    /// `None`, the default, means that it renews its tokens and lasts as long
    /// as the process does. A credential that cannot renew, such as a
    /// [`StaticToken`], answers with the life of one token, so that a wait of
    /// days can warn when it begins rather than fail when the hour is over.
    /// The answer is an estimate, and nothing is sent to find it.
    fn outlives(&self) -> Option<Duration> {
        None
    }
}

/// Shares a credential, for example to ask a [`Chain`] later which of its
/// credentials it used.
impl<C: Credential + ?Sized> Credential for Arc<C> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        (**self).token()
    }

    fn refused(&self, token: &AccessToken) {
        (**self).refused(token);
    }

    fn outlives(&self) -> Option<Duration> {
        (**self).outlives()
    }
}
