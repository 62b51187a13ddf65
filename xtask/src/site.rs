//! `target/site`: the files that the server serves as they are, with names that change with their content.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::compress::{self, Encodings};
use crate::say::{Progress, note};
use crate::wasm::{self, Bundle};
use crate::{css, paths};

/// How much trouble the build takes over small files.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// Builds fast, for work at the desk
    Quick,
    /// Small files, for what goes live
    Release,
}

impl Profile {
    /// The Cargo profile for the phone's WebAssembly.
    pub fn wasm(self) -> &'static str {
        match self {
            Profile::Quick => "wasm-quick",
            Profile::Release => "wasm-release",
        }
    }

    fn encodings(self) -> Encodings {
        match self {
            Profile::Quick => Encodings::QUICK,
            Profile::Release => Encodings::RELEASE,
        }
    }
}

/// `assets.json`: the addresses that pages refer to, and what they cost.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub css: String,
    /// What a page with islands loads, by group of pages.
    pub bundles: BTreeMap<String, Addresses>,
    /// By address.
    pub sizes: BTreeMap<String, Size>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    pub boot: String,
    pub js: String,
    pub wasm: String,
}

/// In bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    pub raw: u64,
    pub brotli: u64,
}

/// One file of the site, at a path from its root.
pub struct SiteFile {
    pub path: PathBuf,
    pub content: Vec<u8>,
}

/// How many steps `build` counts.
pub const STEPS: usize = 3;

/// Builds the whole folder; what an earlier build left in it and this one doesn't need, goes.
pub fn build(progress: &mut Progress, profile: Profile) -> Option<Manifest> {
    let css = progress.step("bundling the CSS", css::bundle);
    let what = format!("building the phone's WebAssembly ({})", profile.wasm());
    let bundles = progress.step(&what, || wasm::build(profile));
    let what = format!("writing and compressing {}", paths::shown(&paths::site()));
    progress.step_with(&what, css.zip(bundles), |(css, bundles)| write(css, bundles, profile))
}

fn write(css: String, bundles: Vec<Bundle>, profile: Profile) -> Result<Manifest> {
    let boot_source = paths::root().join("app/src/boot.js");
    let boot_template = fs::read_to_string(&boot_source)
        .with_context(|| format!("{} can't be read", paths::shown(&boot_source)))?;

    let css = hashed("main", "css", css.into_bytes());
    let mut manifest = Manifest { css: address(&css), bundles: BTreeMap::new(), sizes: BTreeMap::new() };
    let mut files = vec![css];
    for Bundle { groups, js, wasm } in bundles {
        let stem = groups.join("-");
        let (js, wasm) = (hashed(&stem, "js", js), hashed(&stem, "wasm", wasm));
        let boot = boot_script(&boot_template, &address(&js), &address(&wasm))?;
        let boot = hashed("boot", "js", boot.into_bytes());
        let addresses = Addresses { boot: address(&boot), js: address(&js), wasm: address(&wasm) };
        manifest.bundles.extend(groups.iter().map(|group| ((*group).to_owned(), addresses.clone())));
        files.extend([boot, js, wasm]);
    }
    let measured: Vec<(String, PathBuf)> =
        files.iter().map(|file| (address(file), file.path.clone())).collect();
    files.extend(public_files()?);

    let site = paths::site();
    compress::write(&site, &files, profile.encodings())?;
    for (address, path) in measured {
        let size = Size {
            raw: fs::metadata(site.join(&path))?.len(),
            brotli: fs::metadata(compress::sibling(&site.join(&path), "br"))?.len(),
        };
        note(&format!("{:>9} bytes, {:>9} with brotli  {address}", size.raw, size.brotli));
        manifest.sizes.insert(address, size);
    }
    fs::write(site.join(MANIFEST), serde_json::to_vec_pretty(&manifest)?)?;
    Ok(manifest)
}

/// The name of the manifest in the site.
pub const MANIFEST: &str = "assets.json";

/// The first 16 hexadecimal digits of the SHA-256.
pub fn hash16(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A file under `assets/` whose name changes with its content, so that it may be cached for ever.
fn hashed(stem: &str, extension: &str, content: Vec<u8>) -> SiteFile {
    let path = format!("assets/{stem}.{}.{extension}", hash16(&content)).into();
    SiteFile { path, content }
}

/// Where a browser finds the file.
fn address(file: &SiteFile) -> String {
    format!("/{}", file.path.display())
}

/// Tells the boot script where the two files are that it loads.
fn boot_script(template: &str, js: &str, wasm: &str) -> Result<String> {
    let mut script = template.to_owned();
    for (placeholder, address) in [("__JS__", js), ("__WASM__", wasm)] {
        if !script.contains(placeholder) {
            bail!("app/src/boot.js has no {placeholder}: that is where the address of the file comes");
        }
        script = script.replace(placeholder, address);
    }
    Ok(script)
}

fn public_files() -> Result<Vec<SiteFile>> {
    let folder = paths::root().join("public");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    paths::files_under(&folder)?
        .into_iter()
        .map(|path| Ok(SiteFile { content: fs::read(folder.join(&path))?, path }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_follows_from_the_content() {
        // `printf 'a{color:red}' | sha256sum`
        let file = hashed("main", "css", b"a{color:red}".to_vec());
        assert_eq!(address(&file), "/assets/main.ea159630e705fa62.css");
        assert_ne!(hashed("main", "css", b"a{color:blue}".to_vec()).path, file.path);
    }

    #[test]
    fn the_boot_script_gets_both_addresses_wherever_they_stand() {
        let script =
            boot_script("preload('__WASM__'); import('__JS__').then(m => m.default('__WASM__'))", "/j", "/w");
        assert_eq!(script.unwrap(), "preload('/w'); import('/j').then(m => m.default('/w'))");
    }

    #[test]
    fn a_boot_script_without_a_placeholder_is_refused() {
        let error = boot_script("import('__JS__')", "/j", "/w").unwrap_err();
        assert!(error.to_string().contains("__WASM__"), "{error}");
    }
}
