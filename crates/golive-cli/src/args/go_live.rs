//! `golive go-live`

use super::Submitting;
use clap::Args;
use serde_json::Value;

/// `golive go-live`
#[derive(Debug, Args)]
pub struct GoLive {
    /// Print the resume token as soon as the service has accepted, and do not wait
    #[arg(long)]
    pub no_wait: bool,
    #[command(flatten)]
    pub expected: Expected,
    // Last, because it ends under another heading.
    #[command(flatten)]
    pub submitting: Submitting,
}

/// What the preview must have in it.
#[derive(Debug, Default, Args)]
pub struct Expected {
    /// Refuse to go live unless this plan of the preview has this version of an image, for example standard=1.0.1; may be repeated
    #[arg(long, value_name = "PLAN=VERSION", value_parser = plan_and_version)]
    pub expect_image: Vec<(String, String)>,
    /// Refuse to go live unless the preview has this value at this JSON pointer, for example /definition/displayText=Box; may be repeated
    #[arg(long, value_name = "POINTER=JSON", value_parser = pointer_and_value)]
    pub expect_value: Vec<(String, Value)>,
}

/// `PLAN=VERSION`
pub fn plan_and_version(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((plan, version)) if !plan.is_empty() && !version.is_empty() => {
            Ok((plan.to_owned(), version.to_owned()))
        }
        _ => Err("write a plan, an equals sign and a version, for example standard=1.0.1".into()),
    }
}

/// `POINTER=JSON`. A pointer has no equals sign in practice; a value may. What is no JSON is a
/// string, so that nobody has to quote quotes.
pub fn pointer_and_value(text: &str) -> Result<(String, Value), String> {
    let (pointer, value) = text
        .split_once('=')
        .ok_or("write a JSON pointer, an equals sign and a value")?;
    if !pointer.starts_with('/') {
        return Err(
            "a JSON pointer begins with a slash, for example /definition/displayText".into(),
        );
    }
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    Ok((pointer.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn expectations_have_two_sides() {
        assert_eq!(
            plan_and_version("standard=1.0.1"),
            Ok(("standard".into(), "1.0.1".into()))
        );
        for text in ["", "standard", "=1.0.1", "standard="] {
            assert!(plan_and_version(text).is_err(), "{text}");
        }
        for (text, value) in [
            ("/version=3", json!(3)),
            ("/version=\"3\"", json!("3")),
            ("/definition/displayText=My offer", json!("My offer")),
            ("/a=b=c", json!("b=c")),
            ("/a=", json!("")),
        ] {
            assert_eq!(pointer_and_value(text).unwrap().1, value, "{text}");
        }
        for text in ["", "/version", "version=3"] {
            assert!(pointer_and_value(text).is_err(), "{text}");
        }
    }
}
