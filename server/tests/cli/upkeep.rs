//! `herstelroute migrate`, `purge` and `rotate-key`.

use crate::program::{Ran, run};

const OLD: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const NEW: &str = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn command(arguments: &[&str], database: &str) -> Ran {
    run(&[arguments, &["--database-url", database]].concat(), b"")
}

#[test]
fn tables_are_made_and_nothing_in_them_is_old() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let database = format!("sqlite:{}", path.display());
    for _ in 0..2 {
        assert!(!command(&["migrate"], &database).printed().is_empty());
        assert!(path.exists());
    }
    let printed = command(&["purge"], &database).printed();
    assert!(printed.starts_with("dossiers\t0\n"), "{printed}");
    assert!(printed.lines().all(|line| line.ends_with("\t0")), "{printed}");
}

#[test]
fn keys_are_needed_and_never_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("test.db").display());
    let rotate = |keys: &str| command(&["rotate-key", "--seal-keys", keys], &database);
    let printed = rotate(&format!("{NEW},{OLD}")).printed();
    assert!(printed.starts_with("dossier_version\t0\n"), "{printed}");
    assert!(printed.lines().all(|line| line.ends_with("\t0")), "{printed}");
    let wrong = rotate(&OLD[1..]);
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.told.contains("--seal-keys") && !wrong.told.contains(&OLD[1..]), "{}", wrong.told);
    let none = command(&["rotate-key"], &database);
    assert_eq!(none.code, Some(1));
    assert!(none.told.contains("HERSTELROUTE_SEAL_KEYS"), "{}", none.told);
}

#[test]
fn a_database_that_isnt_there_is_told_in_one_line() {
    let database = "sqlite:/nowhere/at/all/test.db";
    for arguments in [&["migrate"][..], &["purge"], &["verify-audit"], &["rotate-key", "--seal-keys", NEW]] {
        let ran = command(arguments, database);
        assert_eq!((ran.code, ran.printed.as_str()), (Some(1), ""), "{arguments:?}");
        assert_eq!(ran.told.lines().count(), 1, "{}", ran.told);
    }
}
