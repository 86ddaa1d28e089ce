//! `golive completions`

use clap::Args;
use clap_complete::Shell;

/// `golive completions`
#[derive(Debug, Args)]
#[command(after_long_help = INSTALL)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

const INSTALL: &str = "\
Where the script goes:
  bash        golive completions bash > ~/.local/share/bash-completion/completions/golive
  zsh         golive completions zsh > \"${fpath[1]}/_golive\"
  fish        golive completions fish > ~/.config/fish/completions/golive.fish
  powershell  golive completions powershell >> $PROFILE
  elvish      golive completions elvish >> ~/.config/elvish/rc.elv";
