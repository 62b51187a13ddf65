//! `herstelroute pages`.

use app::urls::Page;

use crate::program::run;

#[test]
fn the_pages_are_listed_with_their_kinds() {
    let printed = run(&["pages"], b"").printed();
    let listed: Vec<(&str, &str)> = printed.lines().filter_map(|line| line.split_once('\t')).collect();
    let known = Page::ALL.map(|page| (page.path(), page.kind().id()));
    assert_eq!(listed, known);
    assert_eq!(printed.lines().count(), known.len());
}
