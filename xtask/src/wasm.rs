//! The islands as WebAssembly, with the JavaScript glue that loads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use walrus::{ExportItem, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

use crate::paths;
use crate::process::{self, command, find};
use crate::say::note;
use crate::site::{Profile, hash16};
use crate::tools::{self, WASM_TARGET};

/// What rustc uses in its WebAssembly; wasm-opt refuses a module with more than it was told of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Flat code is cut better, and what the first round leaves, a second one finds: 1,2 kB less than `-Oz` alone.
const PASSES: [&str; 4] = ["--flatten", "--rereloop", "-Oz", "-Oz"];

/// What a page with islands loads.
pub struct Bundle {
    /// The groups of pages that load it.
    pub groups: &'static [&'static str],
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// The groups of pages with islands, each a feature `hydrate-<group>` of `app`.
const GROUPS: &[&str] = &["chooser", "amounts", "comparison", "timeline", "paper", "receipt", "together"];
/// Those that stand apart from a page's own bundle: fetched on demand, or loaded beside it.
const APART: usize = 2;

/// Builds the islands: live, one bundle per group of pages, so that a phone fetches only what its page needs; at the desk
/// one bundle for all, which builds faster.
pub fn build(profile: Profile) -> Result<Vec<Bundle>> {
    match profile {
        Profile::Quick => {
            let (pages, apart) = GROUPS.split_at(GROUPS.len() - APART);
            [pages].into_iter().chain(apart.chunks(1)).map(|groups| build_bundle(profile, groups)).collect()
        }
        Profile::Release => GROUPS.chunks(1).map(|group| build_bundle(profile, group)).collect(),
    }
}

/// What follows on Cargo is skipped when Cargo's output is the same as last time.
fn build_bundle(profile: Profile, groups: &'static [&'static str]) -> Result<Bundle> {
    let features: Vec<String> = groups.iter().map(|group| format!("hydrate-{group}")).collect();
    process::run(tools::cargo_for_wasm("build", profile.wasm()).args([
        "--package",
        "app",
        "--lib",
        "--no-default-features",
        "--features",
        &features.join(","),
    ]))?;
    let input = paths::target().join(WASM_TARGET).join(profile.wasm()).join("app.wasm");
    let compiled = fs::read(&input).with_context(|| format!("{} can't be read", paths::shown(&input)))?;

    let optimiser = match profile {
        Profile::Quick => None,
        Profile::Release => Optimiser::find(),
    };
    let stamp = stamp(&compiled, optimiser.as_ref());
    let folder = paths::target().join("xtask").join(profile.wasm()).join(groups.join("-"));
    let stamp_file = folder.join("stamp");
    if fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        note(&format!("{}: unchanged since the last build", groups.join(", ")));
    } else {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        make_glue(&input, &folder)?;
        tighten(&folder)?;
        if folder.join("snippets").exists() {
            bail!(
                "a dependency brings a script of its own (`inline_js`), which the site doesn't serve: leave it out"
            );
        }
        if matches!(profile, Profile::Release) {
            minify(&folder.join("app.js"))?;
        }
        let shrunk = optimiser.is_none_or(|optimiser| optimiser.shrink(&folder.join("app_bg.wasm")));
        // Without a stamp the next build tries again.
        if shrunk {
            fs::write(&stamp_file, stamp)?;
        }
    }
    Ok(Bundle { groups, js: fs::read(folder.join("app.js"))?, wasm: fs::read(folder.join("app_bg.wasm"))? })
}

/// Changes when anything does that the two files depend on: this recipe too.
fn stamp(compiled: &[u8], optimiser: Option<&Optimiser>) -> String {
    let optimiser = optimiser.map_or("not optimised", |optimiser| optimiser.version.as_str());
    format!("{} {} {optimiser}", hash16(compiled), hash16(include_bytes!("wasm.rs")))
}

/// Splits Cargo's output into `app.js` and `app_bg.wasm`.
fn make_glue(input: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(input)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(false)
                .remove_name_section(true)
                .remove_producers_section(true)
                // The boot script says where the WebAssembly is.
                .omit_default_module_path(true)
                .generate(folder)
        })
        .map_err(|error| {
            anyhow!(
                "wasm-bindgen can't read the module: {error:#}; `wasm-bindgen` in Cargo.toml and \
                 `wasm-bindgen-cli-support` in xtask/Cargo.toml must have the same version"
            )
        })
}

/// Takes out what no page uses and gives imports short names: their long ones end in hashes, which no compression shortens,
/// and stand in both files.
fn tighten(folder: &Path) -> Result<()> {
    let (wasm_file, glue_file) = (folder.join("app_bg.wasm"), folder.join("app.js"));
    let mut module = parse(&fs::read(&wasm_file)?)?;
    // Streams of server functions, which the portal has none of; wasm-bindgen exports them all the same.
    let unused: Vec<_> = module
        .exports
        .iter()
        .filter(|export| export.name.contains("intounderlying"))
        .map(|export| export.id())
        .collect();
    unused.into_iter().for_each(|export| module.exports.delete(export));
    walrus::passes::gc::run(&mut module);
    let mut glue = fs::read_to_string(&glue_file)?;
    for (number, import) in
        module.imports.iter_mut().filter(|import| import.name.starts_with("__wb")).enumerate()
    {
        let short = format!("_{number}");
        glue = replace_word(&glue, &import.name, &short);
        import.name = short;
    }
    fs::write(wasm_file, module.emit_wasm())?;
    Ok(fs::write(glue_file, glue)?)
}

/// Shortens the glue; what stands in it is left to a tool that reads JavaScript.
fn minify(glue: &Path) -> Result<()> {
    let esbuild = paths::root().join("style/node_modules/.bin/esbuild");
    let options = ["--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"];
    process::run(command(&esbuild).arg(glue).args(options).arg(format!("--outfile={}", glue.display())))
}

/// Replaces a name wherever it isn't part of a longer one.
fn replace_word(text: &str, name: &str, with: &str) -> String {
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        let whole = !before.ends_with(in_name) && !after.starts_with(in_name);
        out.push_str(before);
        out.push_str(if whole { with } else { name });
        rest = after;
    }
    out + rest
}

fn parse(bytes: &[u8]) -> Result<walrus::Module> {
    ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(bytes)
}

/// wasm-opt, when it is there.
struct Optimiser {
    program: PathBuf,
    version: String,
}

impl Optimiser {
    fn find() -> Option<Self> {
        let found = find("wasm-opt").and_then(|program| {
            let version = process::output(command(&program).arg("--version")).ok()?;
            Some(Self { program, version: String::from_utf8_lossy(&version).trim().to_owned() })
        });
        if found.is_none() {
            note(
                "warning: the WebAssembly stays larger, because wasm-opt is missing (Debian: package binaryen)",
            );
        }
        found
    }

    /// Replaces the module by a smaller one; an older wasm-opt that refuses it is no reason to stop.
    fn shrink(&self, module: &Path) -> bool {
        let shrunk = self.try_to_shrink(module);
        if let Err(error) = &shrunk {
            note(&format!("warning: the WebAssembly stays larger: {} refuses it: {error:#}", self.version));
        }
        shrunk.is_ok()
    }

    fn try_to_shrink(&self, module: &Path) -> Result<()> {
        let smaller = module.with_extension("smaller");
        process::run(command(&self.program).args(PASSES).args(FEATURES).arg(module).arg("-o").arg(&smaller))?;
        fs::write(module, with_table_exports_of(&fs::read(module)?, fs::read(&smaller)?)?)?;
        Ok(fs::remove_file(smaller)?)
    }
}

/// Gives the optimised module the table exports that it had: Binaryen 108, which Debian 12 has, writes
/// each of them as the first table, and then the glue can't fill the table of JavaScript values.
fn with_table_exports_of(original: &[u8], bytes: Vec<u8>) -> Result<Vec<u8>> {
    let original = parse(original)?;
    let mut optimised = parse(&bytes)?;
    let mut wrong = Vec::new();
    for export in original.exports.iter() {
        let ExportItem::Table(table) = export.item else {
            continue;
        };
        let kind = original.tables.get(table).element_ty;
        // There is one table of functions and one of JavaScript values.
        let same_kind = optimised.tables.iter().find(|table| table.element_ty == kind);
        let table = same_kind.with_context(|| format!("the table {} is gone", export.name))?.id();
        let here = optimised.exports.iter().find(|other| other.name == export.name);
        let here = here.with_context(|| format!("the export {} is gone", export.name))?;
        if !matches!(here.item, ExportItem::Table(id) if id == table) {
            wrong.push((here.id(), table));
        }
    }
    if wrong.is_empty() {
        return Ok(bytes);
    }
    for (export, table) in wrong {
        optimised.exports.get_mut(export).item = ExportItem::Table(table);
    }
    Ok(optimised.emit_wasm())
}

#[cfg(test)]
mod tests {
    use walrus::RefType;

    use super::*;

    #[test]
    fn the_stamp_changes_with_the_module_and_with_the_optimiser() {
        let optimiser = Optimiser { program: PathBuf::new(), version: "wasm-opt version 108".to_owned() };
        assert_ne!(stamp(b"a", None), stamp(b"b", None));
        assert_ne!(stamp(b"a", None), stamp(b"a", Some(&optimiser)));
        assert_eq!(stamp(b"a", Some(&optimiser)), stamp(b"a", Some(&optimiser)));
    }

    #[test]
    fn only_whole_names_are_replaced() {
        assert_eq!(
            replace_word("__wbg_a_1, __wbg_a_12, x__wbg_a_1(__wbg_a_1)", "__wbg_a_1", "_0"),
            "_0, __wbg_a_12, x__wbg_a_1(_0)"
        );
    }

    /// One table of functions and one of JavaScript values, of which this one is exported.
    fn module_that_exports(values: bool) -> Vec<u8> {
        let mut module = walrus::Module::default();
        let functions = module.tables.add_local(false, 1, Some(1), RefType::FUNCREF);
        let javascript = module.tables.add_local(false, 1, None, RefType::EXTERNREF);
        module.exports.add("values", if values { javascript } else { functions });
        module.emit_wasm()
    }

    #[test]
    fn a_table_that_the_optimiser_mixed_up_is_exported_again() {
        let (right, wrong) = (module_that_exports(true), module_that_exports(false));
        assert_ne!(wrong, right);
        assert_eq!(with_table_exports_of(&right, wrong).unwrap(), right);
        assert_eq!(with_table_exports_of(&right, right.clone()).unwrap(), right);
    }
}
