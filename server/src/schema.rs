//! The JSON Schemas of the command-line contract, made from the types.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use domain::amounts::{Assessment, Receipt, Replay, Situation};
use domain::timeline::{Case, Timeline};

/// Each schema's file name and text.
///
/// # Errors
/// A schema that can't be written as JSON.
pub fn all() -> Result<Vec<(&'static str, String)>> {
    [
        ("situation.json", schemars::schema_for!(Situation)),
        ("assessment.json", schemars::schema_for!(Assessment)),
        ("receipt.json", schemars::schema_for!(Receipt)),
        ("replay.json", schemars::schema_for!(Replay)),
        ("case.json", schemars::schema_for!(Case)),
        ("timeline.json", schemars::schema_for!(Timeline)),
    ]
    .into_iter()
    .map(|(name, schema)| Ok((name, serde_json::to_string_pretty(&schema)? + "\n")))
    .collect()
}

/// Writes them to a folder.
///
/// # Errors
/// The folder can't be written.
pub fn write(out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    for (name, text) in all()? {
        let path = out.join(name);
        fs::write(&path, text).with_context(|| path.display().to_string())?;
        println!("{}", path.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schemas_are_those_of_the_types() {
        for (name, text) in all().expect("schemas") {
            let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/schema").join(name);
            let published = fs::read_to_string(&published).unwrap_or_default();
            assert_eq!(published, text, "{name} is stale: run `cargo xtask schema`");
        }
    }
}
