//! What the CI system that runs the program wants to be told, in its own words.
//!
//! Both systems read commands from standard error as well as from standard
//! output, so that standard output has only the result.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

/// A CI system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ci {
    /// None that is known.
    None,
    /// GitHub Actions.
    GitHub {
        /// Where outputs of the step are appended.
        output: Option<PathBuf>,
        /// Where its summary is appended.
        summary: Option<PathBuf>,
    },
    /// Azure Pipelines.
    AzurePipelines {
        /// A folder of the job's own.
        temp: PathBuf,
    },
}

/// How serious an annotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Somebody should look.
    Warning,
    /// The step fails.
    Error,
}

impl Ci {
    /// The system that runs this process.
    pub fn detect(environment: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        let is_true = |name: &str| set(name).is_some_and(|it| it.eq_ignore_ascii_case("true"));
        if is_true("GITHUB_ACTIONS") {
            Self::GitHub {
                output: set("GITHUB_OUTPUT").map(PathBuf::from),
                summary: set("GITHUB_STEP_SUMMARY").map(PathBuf::from),
            }
        } else if is_true("TF_BUILD") {
            let temp = set("AGENT_TEMPDIRECTORY").map(PathBuf::from);
            Self::AzurePipelines {
                temp: temp.unwrap_or_else(std::env::temp_dir),
            }
        } else {
            Self::None
        }
    }

    /// The line that annotates the step; none if no system wants it.
    pub fn annotation(&self, level: Level, text: &str) -> Option<String> {
        let word = match level {
            Level::Warning => "warning",
            Level::Error => "error",
        };
        match self {
            Self::None => None,
            Self::GitHub { .. } => Some(format!("::{word} title=golive::{}", for_github(text))),
            Self::AzurePipelines { .. } => Some(format!(
                "##vso[task.logissue type={word}]{}",
                for_azure(text)
            )),
        }
    }

    /// The line that shows how far an operation is; none if no system wants it.
    pub fn progress(&self, percentage: u8, text: &str) -> Option<String> {
        match self {
            Self::AzurePipelines { .. } => Some(format!(
                "##vso[task.setprogress value={percentage};]{}",
                for_azure(text)
            )),
            _ => None,
        }
    }

    /// Sets an output of the step, which later steps and jobs read. Gives the
    /// line to print, if that is how it is done.
    ///
    /// # Errors
    ///
    /// The system's file cannot be written.
    pub fn output(&self, name: &str, value: &str) -> std::io::Result<Option<String>> {
        // Nothing that the program puts out has several lines.
        let value = value.replace(['\r', '\n'], " ");
        match self {
            Self::GitHub {
                output: Some(file), ..
            } => append(file, &format!("{name}={value}\n")).map(|()| None),
            Self::AzurePipelines { .. } => Ok(Some(format!(
                "##vso[task.setvariable variable=golive.{name};isOutput=true]{}",
                for_azure(&value)
            ))),
            _ => Ok(None),
        }
    }

    /// Adds Markdown to the summary of the step. Gives the line to print, if
    /// that is how it is done.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn summary(&self, markdown: &str) -> std::io::Result<Option<String>> {
        match self {
            Self::GitHub {
                summary: Some(file),
                ..
            } => append(file, &format!("{markdown}\n")).map(|()| None),
            Self::AzurePipelines { temp } => {
                let mut file = tempfile::Builder::new()
                    .prefix("golive-summary-")
                    .suffix(".md")
                    .tempfile_in(temp)?;
                file.write_all(markdown.as_bytes())?;
                // The agent reads it after the program has ended.
                let (_, path) = file.keep()?;
                Ok(Some(format!("##vso[task.uploadsummary]{}", path.display())))
            }
            _ => Ok(None),
        }
    }

    /// A line of foreign text that no system takes for a command.
    pub fn harmless<'a>(&self, line: &'a str) -> std::borrow::Cow<'a, str> {
        let command = match self {
            Self::None => false,
            // GitHub finds its commands at the start of a line only.
            Self::GitHub { .. } => line.trim_start().starts_with("::") || line.contains("##["),
            Self::AzurePipelines { .. } => line.contains("##vso[") || line.contains("##["),
        };
        if !command {
            return line.into();
        }
        line.replace("::", ": :").replace("##", "# #").into()
    }
}

fn append(file: &PathBuf, text: &str) -> std::io::Result<()> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)?
        .write_all(text.as_bytes())
}

fn for_github(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn for_azure(text: &str) -> String {
    text.replace('%', "%AZP25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn github() -> Ci {
        Ci::detect(|name| (name == "GITHUB_ACTIONS").then(|| "true".to_owned()))
    }

    fn azure() -> Ci {
        Ci::detect(|name| (name == "TF_BUILD").then(|| "True".to_owned()))
    }

    #[test]
    fn the_environment_tells_the_system() {
        assert_eq!(Ci::detect(|_| None), Ci::None);
        assert_eq!(Ci::detect(|_| Some(String::new())), Ci::None);
        assert!(matches!(github(), Ci::GitHub { output: None, .. }));
        assert!(matches!(azure(), Ci::AzurePipelines { .. }));
    }

    #[test]
    fn annotations_stay_on_one_line() {
        let text = "100% of\nthe disk";
        assert_eq!(
            github().annotation(Level::Error, text).unwrap(),
            "::error title=golive::100%25 of%0Athe disk"
        );
        assert_eq!(
            azure().annotation(Level::Warning, text).unwrap(),
            "##vso[task.logissue type=warning]100%AZP25 of%0Athe disk"
        );
        assert_eq!(Ci::None.annotation(Level::Error, text), None);
    }

    #[test]
    fn foreign_text_is_no_command() {
        for (ci, line) in [
            (github(), "::set-env name=PATH::/tmp"),
            (github(), "  ::error::x"),
            (azure(), "x ##vso[task.setvariable variable=PATH]/tmp"),
        ] {
            let harmless = ci.harmless(line);
            assert!(!harmless.contains("::") || !matches!(ci, Ci::GitHub { .. }));
            assert!(!harmless.contains("##vso["), "{harmless}");
        }
        assert_eq!(github().harmless("a::b"), "a::b");
        assert_eq!(Ci::None.harmless("::error::x"), "::error::x");
    }

    #[test]
    fn an_output_is_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("output");
        let ci = Ci::GitHub {
            output: Some(file.clone()),
            summary: None,
        };
        assert_eq!(ci.output("status", "a\nb=c").unwrap(), None);
        assert_eq!(ci.output("id", "1").unwrap(), None);
        assert_eq!(
            std::fs::read_to_string(file).unwrap(),
            "status=a b=c\nid=1\n"
        );
        assert_eq!(
            azure().output("status", "live").unwrap().unwrap(),
            "##vso[task.setvariable variable=golive.status;isOutput=true]live"
        );
    }
}
