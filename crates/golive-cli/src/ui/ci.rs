//! What the CI system that runs the program wants to be told, in its own words.
//!
//! Both systems read commands from standard error as well as from standard
//! output, so that standard output has only the result.

use std::borrow::Cow;
use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// GitHub takes no longer summary of a step (1 MiB), and nobody reads one.
const LONGEST_SUMMARY: usize = 256 * 1024;

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
    pub fn progress(&self, percentage: u64, text: &str) -> Option<String> {
        match self {
            Self::AzurePipelines { .. } => Some(format!(
                "##vso[task.setprogress value={percentage};]{}",
                for_azure(text)
            )),
            _ => None,
        }
    }

    /// Sets an output of the step, which later steps and jobs read: `resume-token`
    /// on GitHub, `golive.resumeToken` on Azure Pipelines, whose names have no
    /// hyphens. Gives the line to print, if that is how it is done.
    ///
    /// # Errors
    ///
    /// The system's file cannot be written.
    pub fn output(&self, name: &str, value: &str) -> std::io::Result<Option<String>> {
        // Nothing that the program puts out has several lines.
        let value = without_controls(value);
        match self {
            Self::GitHub {
                output: Some(file), ..
            } => append(file, &format!("{name}={value}\n")).map(|()| None),
            Self::AzurePipelines { .. } => Ok(Some(format!(
                "##vso[task.setvariable variable=golive.{};isOutput=true]{}",
                camel_case(name),
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
        let markdown = cut(markdown);
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
                let path = std::path::absolute(path)?;
                Ok(Some(format!(
                    "##vso[task.uploadsummary]{}",
                    for_azure(&path.to_string_lossy())
                )))
            }
            _ => Ok(None),
        }
    }

    /// A line of foreign text that no system takes for a command, and no terminal
    /// either: without control characters.
    pub fn harmless<'a>(&self, line: &'a str) -> Cow<'a, str> {
        let line = without_controls(line);
        if !self.is_command(&line) {
            return line;
        }
        line.replace("::", ": :").replace('#', "# ").into()
    }

    /// The same JSON document as one line, which no system takes for a command.
    pub fn harmless_json(&self, line: String) -> String {
        // A number sign is inside a string, or it would not be JSON.
        match self.is_command(&line) {
            true => line.replace('#', "\\u0023"),
            false => line,
        }
    }

    fn is_command(&self, line: &str) -> bool {
        // Both systems look with the rules of a language, which pass over
        // characters that have no width: so what is not ASCII does not count here.
        let line: String = line.chars().filter(char::is_ascii).collect();
        let line = line.to_ascii_lowercase();
        match self {
            Self::None => false,
            // The commands of today begin a line; the older ones are found anywhere.
            Self::GitHub { .. } => line.trim_start().starts_with("::") || line.contains("##["),
            Self::AzurePipelines { .. } => line.contains("##vso[") || line.contains("##["),
        }
    }
}

/// Appends lines to a file that others append to as well.
fn append(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .open(path)?;
    // Another step may have left its last line without an end.
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    let before = if last == *b"\n" { "" } else { "\n" };
    file.write_all(format!("{before}{text}").as_bytes())
}

/// At most as much as a summary may have, in whole lines.
fn cut(markdown: &str) -> Cow<'_, str> {
    if markdown.len() <= LONGEST_SUMMARY {
        return markdown.into();
    }
    let mut short = String::new();
    for line in markdown.split_inclusive('\n') {
        if short.len() + line.len() > LONGEST_SUMMARY {
            break;
        }
        short.push_str(line);
    }
    short.push_str("\n(There is more; it did not fit.)\n");
    short.into()
}

/// One line, with nothing in it that moves a cursor or ends a line.
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| character.is_control() && character != '\t';
    match text.contains(is_control) {
        true => text.replace(is_control, " ").into(),
        false => text.into(),
    }
}

/// `resume-token` as `resumeToken`
fn camel_case(name: &str) -> String {
    let mut words = name.split('-');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

/// What follows a command. Only text of this program is in its properties, which
/// have rules of their own.
fn for_github(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What follows a command. Only text of this program is in its properties, which
/// have rules of their own.
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
        for (ci, line, harmless) in [
            (
                github(),
                "::set-env name=PATH::/tmp",
                ": :set-env name=PATH: :/tmp",
            ),
            (github(), "  ::error::x", "  : :error: :x"),
            (github(), "\u{1b}[0m::error::x", " [0m::error::x"),
            (github(), "x\r::error::x", "x ::error::x"),
            (github(), "\u{200b}::error::x", "\u{200b}: :error: :x"),
            (github(), "x ##[add-mask]a", "x # # [add-mask]a"),
            (github(), "a::b #1", "a::b #1"),
            (azure(), "x ##vso[task.debug]a", "x # # vso[task.debug]a"),
            (azure(), "x ##VSO[task.debug]a", "x # # VSO[task.debug]a"),
            (
                azure(),
                "#\u{ad}#vso[task.debug]a",
                "# \u{ad}# vso[task.debug]a",
            ),
            (azure(), "##[group]a", "# # [group]a"),
            (azure(), "## a", "## a"),
            (Ci::None, "::error::x", "::error::x"),
            (Ci::None, "\u{1b}]0;title\u{7}", " ]0;title "),
        ] {
            assert_eq!(ci.harmless(line), harmless, "{line:?}");
        }
    }

    #[test]
    fn json_stays_the_same_document() {
        let document = serde_json::json!({"#": ["##vso[task.debug]a", "::error::x"]});
        let line = document.to_string();
        assert_eq!(Ci::None.harmless_json(line.clone()), line);
        let harmless = azure().harmless_json(line);
        assert!(!harmless.contains('#'), "{harmless}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&harmless).unwrap(),
            document
        );
    }

    #[test]
    fn an_output_is_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("output");
        // What a step before has written may have no end.
        std::fs::write(&file, "a=1\nb=2").unwrap();
        let ci = Ci::GitHub {
            output: Some(file.clone()),
            summary: None,
        };
        assert_eq!(ci.output("status", "a\nb=c\rd").unwrap(), None);
        assert_eq!(ci.output("operation-id", "1").unwrap(), None);
        assert_eq!(
            std::fs::read_to_string(file).unwrap(),
            "a=1\nb=2\nstatus=a b=c d\noperation-id=1\n"
        );
        assert_eq!(
            azure().output("operation-id", "100%\n]").unwrap().unwrap(),
            "##vso[task.setvariable variable=golive.operationId;isOutput=true]100%AZP25 ]"
        );
        assert_eq!(Ci::None.output("status", "x").unwrap(), None);
    }

    #[test]
    fn a_summary_has_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("summary");
        let ci = Ci::GitHub {
            output: None,
            summary: Some(file.clone()),
        };
        ci.summary(&"a line\n".repeat(100_000)).unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.len() < LONGEST_SUMMARY + 100);
        assert!(text.ends_with("a line\n\n(There is more; it did not fit.)\n\n"));
    }
}
