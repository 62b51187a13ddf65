//! The size budgets: what a parent pays for in prepaid data. They fail the build.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::say::note;
use crate::server::{self, Running};
use crate::site::Manifest;

const KB: u64 = 1024;
const STYLESHEET: u64 = 12 * KB;
/// What a page with islands loads.
const SCRIPTS: u64 = 100 * KB;
/// What is fetched only when someone saves or opens a receipt: half of it reads and writes JSON.
const ON_DEMAND: u64 = 125 * KB;

/// The stylesheet, and all that each group of pages with islands loads.
pub fn check_assets(manifest: &Manifest) -> Result<()> {
    let brotli = |address: &str| {
        let size =
            manifest.sizes.get(address).with_context(|| format!("assets.json has no size of {address}"))?;
        Ok::<u64, anyhow::Error>(size.brotli)
    };
    let mut measured =
        vec![Measured { what: "CSS".to_owned(), bytes: brotli(&manifest.css)?, budget: STYLESHEET }];
    for (group, bundle) in &manifest.bundles {
        measured.push(Measured {
            what: format!("JavaScript and WebAssembly ({group})"),
            bytes: brotli(&bundle.boot)? + brotli(&bundle.js)? + brotli(&bundle.wasm)?,
            budget: if group == "receipt" { ON_DEMAND } else { SCRIPTS },
        });
    }
    judge(&measured)
}

/// Every page that the server says it has, as it is sent, and that files are sent as small as they were weighed.
pub fn check_served(manifest: &Manifest, binary: &Path, server: &Running) -> Result<()> {
    for (address, size) in &manifest.sizes {
        let sent = fetch(server, address)?;
        if sent != size.brotli {
            bail!("{address} is sent as {sent} bytes, and {} with brotli", size.brotli);
        }
    }
    check_pages(binary, server)
}

/// What it takes on the line; always compressed with brotli.
fn fetch(server: &Running, path: &str) -> Result<u64> {
    let answer = server.get(path)?;
    if answer.status != 200 {
        bail!("{path} answers with status {} instead of 200", answer.status);
    }
    if answer.encoding.as_deref() != Some("br") {
        bail!("{path} isn't compressed with brotli (content-encoding: {:?})", answer.encoding);
    }
    Ok(answer.bytes)
}

fn check_pages(binary: &Path, server: &Running) -> Result<()> {
    let list = server::ask(binary, &["pages"], Stdio::null())?;
    let pages = parse_pages(&String::from_utf8(list)?)?;
    let mut measured = Vec::new();
    for page in pages {
        let bytes = fetch(server, &page.path)?;
        measured.push(Measured { what: page.path, bytes, budget: page.kind.budget() });
    }
    judge(&measured)
}

#[derive(Debug, PartialEq, Eq)]
struct Page {
    path: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Content,
    Calculator,
    Personal,
    Work,
}

impl Kind {
    fn budget(self) -> u64 {
        match self {
            Kind::Content => 10 * KB,
            Kind::Calculator | Kind::Personal | Kind::Work => 12 * KB,
        }
    }
}

/// Reads what `herstelroute pages` prints: on each line a path, a kind and a bundle, with tabs between.
fn parse_pages(list: &str) -> Result<Vec<Page>> {
    let pages = list
        .lines()
        .map(|line| {
            let mut words = line.split('\t');
            let (Some(path), Some(kind)) = (words.next(), words.next()) else { bail!("no tab in {line:?}") };
            let kind = match kind {
                "content" => Kind::Content,
                "calculator" => Kind::Calculator,
                "personal" => Kind::Personal,
                "work" => Kind::Work,
                other => bail!("{path} is of an unknown kind: {other:?}"),
            };
            Ok(Page { path: path.to_owned(), kind })
        })
        .collect::<Result<Vec<_>>>()
        .context("`herstelroute pages` prints something unexpected")?;
    if pages.is_empty() {
        bail!("`herstelroute pages` names no page at all");
    }
    Ok(pages)
}

struct Measured {
    what: String,
    bytes: u64,
    budget: u64,
}

impl Measured {
    fn shown(&self) -> String {
        let [bytes, budget] = [self.bytes, self.budget].map(|bytes| bytes as f64 / KB as f64);
        format!("{} {bytes:.1} of {budget:.0} kB", self.what)
    }
}

/// Says every size; an error names all that is too large.
fn judge(measured: &[Measured]) -> Result<()> {
    for it in measured {
        note(&it.shown());
    }
    let too_large: Vec<_> = measured.iter().filter(|it| it.bytes > it.budget).map(Measured::shown).collect();
    if !too_large.is_empty() {
        bail!("over the size budget (brotli): {}", too_large.join(", "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::site::{Addresses, Size};

    fn manifest(css: u64, boot: u64, js: u64, wasm: u64) -> Manifest {
        let sizes = [("css", css), ("boot", boot), ("js", js), ("wasm", wasm)];
        let size = |brotli: u64| Size { raw: 10 * brotli, brotli };
        let [css, boot, js, wasm] = sizes.map(|(name, _)| name.to_owned());
        Manifest {
            css,
            bundles: BTreeMap::from([("amounts".to_owned(), Addresses { boot, js, wasm })]),
            sizes: sizes.into_iter().map(|(name, brotli)| (name.to_owned(), size(brotli))).collect(),
        }
    }

    #[test]
    fn what_is_exactly_as_large_as_its_budget_fits() {
        assert!(check_assets(&manifest(12 * KB, KB, 9 * KB, 90 * KB)).is_ok());
    }

    #[test]
    fn one_byte_too_many_is_refused_and_named() {
        let error = check_assets(&manifest(12 * KB + 1, KB, 9 * KB, 90 * KB)).unwrap_err().to_string();
        assert!(error.contains("CSS") && !error.contains("WebAssembly"), "{error}");
        let error = check_assets(&manifest(0, KB, 9 * KB, 90 * KB + 1)).unwrap_err().to_string();
        assert!(!error.contains("CSS") && error.contains("WebAssembly"), "{error}");
    }

    #[test]
    fn pages_are_read_with_their_kind() {
        assert_eq!(
            parse_pages("/\tcontent\n/bedragen\tcalculator\n").unwrap(),
            [
                Page { path: "/".to_owned(), kind: Kind::Content },
                Page { path: "/bedragen".to_owned(), kind: Kind::Calculator },
            ]
        );
    }

    #[test]
    fn an_unknown_kind_and_an_empty_list_are_refused() {
        assert!(format!("{:#}", parse_pages("/\tother\n").unwrap_err()).contains("\"other\""));
        assert!(parse_pages("").is_err());
    }
}
