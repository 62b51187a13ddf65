//! Writes files with their compressed siblings, so that the server never compresses them itself.

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::paths;
use crate::site::{MANIFEST, SiteFile};

/// Which siblings a file gets.
#[derive(Clone, Copy)]
pub struct Encodings {
    brotli_quality: i32,
    /// Also `.gz`, for who doesn't speak brotli. No `.zst`: browsers that speak both would be sent the larger.
    all: bool,
}

impl Encodings {
    pub const QUICK: Self = Self { brotli_quality: 5, all: false };
    pub const RELEASE: Self = Self { brotli_quality: 11, all: true };

    fn extensions(self) -> &'static [&'static str] {
        if self.all { &["br", "gz"] } else { &["br"] }
    }

    /// Stands beside the site, so that a next build knows how its files were compressed.
    fn stamp(self) -> String {
        format!("brotli {} {}", self.brotli_quality, self.extensions().join(" "))
    }
}

fn stamp_file(folder: &Path) -> PathBuf {
    folder.with_extension("stamp")
}

/// Makes the folder hold these files, their siblings and nothing else. Files that stand there unchanged
/// are left alone: a changed line costs one compression.
pub fn write(folder: &Path, files: &[SiteFile], encodings: Encodings) -> Result<()> {
    fs::create_dir_all(folder)?;
    let stamp_file = stamp_file(folder);
    let same_encodings = fs::read_to_string(&stamp_file).is_ok_and(|stamp| stamp == encodings.stamp());
    if !same_encodings {
        // An interrupted run must not leave a promise about files that it didn't reach.
        fs::remove_file(&stamp_file).ok();
    }
    files.par_iter().try_for_each(|file| {
        let path = folder.join(&file.path);
        if same_encodings && stands_there(&path, file, encodings) {
            return Ok(());
        }
        write_one(&path, file, encodings).with_context(|| format!("{} can't be written", path.display()))
    })?;
    remove_others(folder, files, encodings)?;
    fs::write(stamp_file, encodings.stamp())?;
    Ok(())
}

/// `app.js` and `br` give `app.js.br`.
pub fn sibling(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

/// Text and WebAssembly; pictures and fonts are compressed already.
fn is_compressible(path: &Path) -> bool {
    const EXTENSIONS: [&str; 11] =
        ["css", "html", "ico", "js", "json", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"];
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|it| EXTENSIONS.contains(&it))
}

fn siblings(path: &Path, encodings: Encodings) -> impl Iterator<Item = (&'static str, PathBuf)> {
    let extensions = if is_compressible(path) { encodings.extensions() } else { &[] };
    extensions.iter().map(move |extension| (*extension, sibling(path, extension)))
}

fn stands_there(path: &Path, file: &SiteFile, encodings: Encodings) -> bool {
    fs::read(path).is_ok_and(|content| content == file.content)
        && siblings(path, encodings).all(|(_, sibling)| sibling.exists())
}

/// The file itself goes first and comes last: where it stands, its siblings are whole.
fn write_one(path: &Path, file: &SiteFile, encodings: Encodings) -> Result<()> {
    if path.exists() {
        fs::remove_file(path)?;
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let siblings: Vec<_> = siblings(path, encodings).collect();
    siblings.par_iter().try_for_each(|(extension, sibling)| -> Result<()> {
        Ok(fs::write(sibling, compressed(&file.content, extension, encodings)?)?)
    })?;
    Ok(fs::write(path, &file.content)?)
}

fn compressed(content: &[u8], extension: &str, encodings: Encodings) -> Result<Vec<u8>> {
    match extension {
        "br" => {
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: encodings.brotli_quality,
                lgwin: 22,
                size_hint: content.len(),
                ..Default::default()
            };
            let mut out = Vec::new();
            brotli::BrotliCompress(&mut &content[..], &mut out, &parameters)?;
            Ok(out)
        }
        _ => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(content)?;
            Ok(encoder.finish()?)
        }
    }
}

fn remove_others(folder: &Path, files: &[SiteFile], encodings: Encodings) -> Result<()> {
    let mut expected = HashSet::from([PathBuf::from(MANIFEST)]);
    for file in files {
        expected.insert(file.path.clone());
        expected.extend(siblings(&file.path, encodings).map(|(_, sibling)| sibling));
    }
    for path in paths::files_under(folder)? {
        if !expected.contains(&path) {
            fs::remove_file(folder.join(path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: &str) -> SiteFile {
        SiteFile { path: path.into(), content: content.into() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let files = paths::files_under(folder).unwrap();
        files.iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn an_old_hashed_file_goes_with_its_siblings() {
        let folder = std::env::temp_dir().join(format!("xtask-compress-{}", std::process::id()));
        write(&folder, &[file("assets/main.1.css", "a"), file("icon.png", "p")], Encodings::RELEASE).unwrap();
        assert_eq!(
            names(&folder),
            ["assets/main.1.css", "assets/main.1.css.br", "assets/main.1.css.gz", "icon.png"]
        );
        write(&folder, &[file("assets/main.2.css", "b")], Encodings::QUICK).unwrap();
        assert_eq!(names(&folder), ["assets/main.2.css", "assets/main.2.css.br"]);
        fs::remove_dir_all(&folder).unwrap();
        fs::remove_file(stamp_file(&folder)).unwrap();
    }

    #[test]
    fn a_changed_file_gets_new_siblings() {
        let folder = std::env::temp_dir().join(format!("xtask-changed-{}", std::process::id()));
        let read = || fs::read(folder.join("robots.txt.br")).unwrap();
        write(&folder, &[file("robots.txt", "one")], Encodings::QUICK).unwrap();
        let first = read();
        write(&folder, &[file("robots.txt", "two")], Encodings::QUICK).unwrap();
        assert_ne!(read(), first);
        fs::remove_dir_all(&folder).unwrap();
        fs::remove_file(stamp_file(&folder)).unwrap();
    }

    #[test]
    fn every_encoding_gives_the_content_back() {
        let content = b"herstelroute ".repeat(100);
        let of = |extension| compressed(&content, extension, Encodings::RELEASE).unwrap();
        let mut brotli = Vec::new();
        brotli::BrotliDecompress(&mut of("br").as_slice(), &mut brotli).unwrap();
        let mut gzip = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(of("gz").as_slice()), &mut gzip)
            .unwrap();
        assert_eq!(brotli, content);
        assert_eq!(gzip, content);
    }
}
