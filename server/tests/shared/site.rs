//! What `cargo xtask build` would have made, and the files that are served as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use app::urls::Page;
use serde_json::json;
use tempfile::TempDir;

/// The one built file that has compressed siblings.
pub const STYLESHEET: &str = "/assets/main.0123456789abcdef.css";
/// What stands in it.
pub const STYLES: &str = "body{color:#1E2A32}";

/// A folder of its own for each test.
pub fn site() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let put = |path: &str, content: &[u8]| {
        let path = site.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    };
    let groups: BTreeSet<&str> = Page::ALL.into_iter().filter_map(Page::bundle).collect();
    let bundles = groups.into_iter().map(|group| {
        let files = ["boot", "js", "wasm"].map(|file| (file.to_owned(), format!("/assets/{group}.{file}")));
        files.iter().for_each(|(_, path)| put(path, b"x"));
        (group.to_owned(), files.into_iter().collect::<BTreeMap<_, _>>())
    });
    let manifest = json!({"css": STYLESHEET, "bundles": bundles.collect::<BTreeMap<_, _>>()});
    put("assets.json", manifest.to_string().as_bytes());
    put(STYLESHEET, STYLES.as_bytes());
    let mut brotli = Vec::new();
    brotli::CompressorReader::new(STYLES.as_bytes(), 4096, 11, 22).read_to_end(&mut brotli).expect("brotli");
    put(&format!("{STYLESHEET}.br"), &brotli);
    let mut gzip = Vec::new();
    flate2::read::GzEncoder::new(STYLES.as_bytes(), flate2::Compression::best())
        .read_to_end(&mut gzip)
        .expect("gzip");
    put(&format!("{STYLESHEET}.gz"), &gzip);
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
    for name in ["icon.svg", "manifest.webmanifest", "robots.txt", ".well-known/security.txt"] {
        put(name, &fs::read(public.join(name)).expect("a public file"));
    }
    site
}
