//! A token from a file that somebody else renews.

use super::read::read_file;
use crate::{AccessToken, Credential, CredentialError};
use lro::BoxFuture;
use std::path::PathBuf;

/// A token from a file that is read again before each request, so that another
/// process can renew it during a wait of days. Write the new token to another
/// file and rename that, so that no half-written token is ever read.
///
/// ```
/// # async fn example() -> Result<(), golive::Error> {
/// let portal = golive::Portal::builder()
///     .credential(golive::FileToken::new("/run/secrets/portal-token"))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct FileToken {
    path: PathBuf,
}

impl FileToken {
    /// Reads the file at `path` before each request: UTF-8 text of at most
    /// 64 KiB that is the token and nothing else, apart from space around it.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

impl Credential for FileToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let origin = format!("the file {}", self.path.display());
            AccessToken::new(read_file(&self.path)?).checked(&origin)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn error(file: &FileToken) -> String {
        file.token().await.unwrap_err().in_full()
    }

    #[tokio::test]
    async fn it_is_read_again_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let file = FileToken::new(&path);
        assert!(error(&file).await.contains("token cannot be read"));

        std::fs::write(&path, "\u{feff}first\r\n").unwrap();
        assert_eq!(file.token().await.unwrap().secret(), "first");
        std::fs::write(&path, "second").unwrap();
        assert_eq!(file.token().await.unwrap().secret(), "second");
        assert_eq!(file.outlives(), None);
    }

    #[tokio::test]
    async fn what_is_wrong_with_it_is_said_and_nothing_of_it_printed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let file = FileToken::new(&path);
        for (content, problem) in [
            (b" \n".to_vec(), "has no bearer token in it"),
            (b"hidden one\nhidden two".to_vec(), "is not a bearer token"),
            (b"h\0i\0d\0d\0e\0n\0\xff".to_vec(), "is not UTF-8 text"),
            (vec![b'h'; 100_000], "is too large"),
        ] {
            std::fs::write(&path, content).unwrap();
            let error = error(&file).await;
            assert!(error.contains(problem), "{error}");
            assert!(!error.contains("hidden") && !error.contains("hhh"));
        }
    }
}
