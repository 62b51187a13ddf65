//! One stylesheet out of `style/main.css` and all that it imports.

mod tokens;

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use lightningcss::bundler::{Bundler, FileProvider, ResolveResult, SourceProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use crate::paths;

/// Bundles and minifies the stylesheet for the oldest phones that are served.
pub fn bundle() -> Result<String> {
    let folder = paths::root().join("style");
    let entry = folder.join("main.css");
    if !entry.is_file() {
        bail!("{} is missing", paths::shown(&entry));
    }
    bundle_from(&entry, folder.join("node_modules"))
}

fn bundle_from(entry: &Path, packages: PathBuf) -> Result<String> {
    let sources = Sources { files: FileProvider::new(), packages };
    // The error borrows the sources, so it becomes text here.
    let mut sheet = Bundler::new(&sources, None, ParserOptions::default())
        .bundle(entry)
        .map_err(|error| readable("read", &error))?;
    tokens::work_out(&mut sheet);
    let whole = sheet.to_css(PrinterOptions::default()).map_err(|error| readable("written", &error))?;
    minified(&whole.code)
}

/// Read anew, a value that was worked out is a value like any other.
fn minified(css: &str) -> Result<String> {
    let targets = oldest_browsers();
    let mut sheet = StyleSheet::parse(css, ParserOptions::default())
        .map_err(|error| readable("read once it is whole", &error))?;
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|error| readable("minified", &error))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|error| readable("written", &error))?;
    Ok(printed.code)
}

/// An error with its place as editors count: lightningcss starts lines at 0.
fn readable<Kind: Display>(what: &str, error: &lightningcss::error::Error<Kind>) -> anyhow::Error {
    match &error.loc {
        Some(place) => anyhow!(
            "the CSS can't be {what}: {} at {}:{}:{}",
            error.kind,
            paths::shown(Path::new(&place.filename)),
            place.line + 1,
            place.column
        ),
        None => anyhow!("the CSS can't be {what}: {}", error.kind),
    }
}

/// A four-year-old Android, an iPhone that no longer gets updates.
fn oldest_browsers() -> Targets {
    const fn version(major: u32, minor: u32) -> Option<u32> {
        Some(major << 16 | minor << 8)
    }
    Targets::from(Browsers {
        android: version(100, 0),
        chrome: version(100, 0),
        firefox: version(100, 0),
        ios_saf: version(15, 4),
        safari: version(15, 4),
        ..Browsers::default()
    })
}

/// Reads what is imported: beside the importing file, else from the npm packages.
struct Sources {
    files: FileProvider,
    packages: PathBuf,
}

impl SourceProvider for Sources {
    type Error = io::Error;

    fn read<'a>(&'a self, file: &Path) -> io::Result<&'a str> {
        self.files.read(file)
    }

    fn resolve(&self, specifier: &str, importing: &Path) -> io::Result<ResolveResult> {
        [importing.with_file_name(specifier), self.packages.join(specifier)]
            .into_iter()
            .find(|path| path.is_file())
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("there is no {specifier}")))?
            // One spelling for each file, so that none comes in twice.
            .canonicalize()
            .map(ResolveResult::File)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn bundled(name: &str, files: &[(&str, &str)]) -> Result<String> {
        let folder = std::env::temp_dir().join(format!("xtask-css-{}-{name}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let css = bundle_from(&folder.join("main.css"), folder.join("node_modules"));
        fs::remove_dir_all(&folder).unwrap();
        css
    }

    #[test]
    fn imports_come_from_beside_the_file_and_from_npm_packages() {
        let css = bundled(
            "imports",
            &[
                ("main.css", "@import 'components/a.css';\n@import '@nl/link/index.css' layer(base);"),
                ("components/a.css", ".a { color: red; }"),
                ("node_modules/@nl/link/index.css", ".link { color: #0000ff; }"),
            ],
        );
        assert_eq!(css.unwrap(), ".a{color:red}@layer base{.link{color:#00f}}");
    }

    #[test]
    fn an_import_that_is_nowhere_is_named_with_its_place() {
        let error = bundled("nowhere", &[("main.css", "@import 'gone.css';")]).unwrap_err().to_string();
        assert!(error.contains("there is no gone.css"), "{error}");
        assert!(error.contains("main.css:1:1"), "{error}");
    }

    #[test]
    fn nothing_comes_from_another_server() {
        let error =
            bundled("elsewhere", &[("main.css", "@import 'https://example.org/a.css';")]).unwrap_err();
        assert!(error.to_string().contains("there is no https://example.org/a.css"), "{error}");
    }
}
