//! `herstelroute pages`.

use app::urls::Page;

use crate::program::run;

#[test]
fn the_pages_are_listed_with_their_kinds_and_their_scripts() {
    let printed = run(&["pages"], b"").printed();
    let known =
        Page::ALL.map(|page| [page.path(), page.kind().id(), page.bundle().unwrap_or("-")].join("\t"));
    assert_eq!(printed.lines().collect::<Vec<_>>(), known);
}
