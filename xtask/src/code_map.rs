//! The code map in the README and the tree are held together: who looks for a module finds it there, and what stands there is.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;

use crate::paths;

/// Where modules stand, and the place in the map that names them.
const CRATES: [(&str, &str); 3] =
    [("app/domain", "app/domain/src"), ("app/src", "app/src"), ("server", "server/src")];
/// Not modules of their own.
const ROOTS: [&str; 2] = ["lib", "main"];

/// What stands in code marks in the row of the map that is about this place.
fn named(place: &str) -> BTreeSet<String> {
    let readme = fs::read_to_string(paths::root().join("README.md")).expect("a README");
    let start = format!("| `{place}/` |");
    let row = readme.lines().find_map(|line| line.strip_prefix(&start)).expect("a row of the code map");
    let marked = row.split('`').skip(1).step_by(2);
    marked.map(|name| name.trim_end_matches('/').rsplit('/').next().unwrap_or(name).to_owned()).collect()
}

/// The names of modules and folders right in a folder, or anywhere below it.
fn there(folder: &str, anywhere: bool) -> BTreeSet<String> {
    let files = paths::files_under(&paths::root().join(folder)).expect("a folder");
    let names = files.iter().flat_map(|path| {
        let parts: Vec<&OsStr> = path.iter().collect();
        let depth = if anywhere { parts.len() } else { 1 };
        parts.into_iter().take(depth).map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>()
    });
    names.map(|name| name.trim_end_matches(".rs").to_owned()).collect()
}

#[test]
fn every_module_stands_in_the_code_map() {
    for (place, folder) in CRATES {
        let modules = there(folder, false);
        let is_rust = |name: &&String| !name.contains('.') && !ROOTS.contains(&name.as_str());
        let named = named(place);
        let missing: Vec<&String> =
            modules.iter().filter(is_rust).filter(|it| !named.contains(*it)).collect();
        assert!(missing.is_empty(), "the README doesn't tell what these in {folder} are: {missing:?}");
    }
}

#[test]
fn what_the_code_map_names_is_there() {
    for (place, _) in CRATES {
        let there = there(place, true);
        let gone: Vec<String> = named(place).into_iter().filter(|name| !there.contains(name)).collect();
        assert!(gone.is_empty(), "the README names what isn't in {place}: {gone:?}");
    }
}
