//! Starts other programs, and says clearly what went wrong with them.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::paths;

/// A command in the checkout that can't wait for anybody at the keyboard.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root()).stdin(Stdio::null());
    command
}

/// The Cargo that started this program.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end; what the program prints goes to the screen.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("`{}` can't be started", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status}); its own message stands above", shown(command));
    }
    Ok(())
}

/// Runs to the end and returns what the program wrote to its standard output.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{}` can't be started", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({}); its own message stands above", shown(command), output.status);
    }
    Ok(output.stdout)
}

/// Where a program stands on the PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    let mut words = vec![name];
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        // An embedded script is not worth repeating.
        words.push(if argument.contains('\n') { "…".to_owned() } else { argument.into_owned() });
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_is_named_with_its_arguments() {
        let error = run(command("false").arg("--now")).unwrap_err().to_string();
        assert!(error.starts_with("`false --now` failed"), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&mut command("there-is-no-such-program")).unwrap_err().to_string();
        assert!(error.contains("`there-is-no-such-program` can't be started"), "{error}");
    }
}
