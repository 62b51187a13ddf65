//! `herstelroute token`.

use crate::program::{Ran, run};

fn token(arguments: &[&str], database: &str) -> Ran {
    run(&[&["token"], arguments, &["--database-url", database]].concat(), b"")
}

#[test]
fn a_token_is_made_listed_and_revoked() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("test.db").display());
    let create = ["create", "--office", "Bureau Voorbeeld", "--scope", "links", "--scope", "events"];
    let made = token(&create, &database);
    assert_eq!(made.code, Some(0), "{}", made.told);
    let secret = made.printed.trim_end().to_owned();
    assert!(secret.starts_with("hr_") && secret.len() == 35, "only the token, for scripts: {secret}");
    assert!(!made.told.contains(&secret));

    let list = || token(&["list"], &database).printed();
    let listed = list();
    let fields: Vec<&str> = listed.trim_end_matches('\n').split('\t').collect();
    let [id, office, scopes, made_on, revoked_on] = fields[..] else { panic!("{listed}") };
    assert_eq!((office, scopes, revoked_on), ("Bureau Voorbeeld", "events links", ""));
    assert_eq!(made_on.len(), 10);
    assert!(!listed.contains(&secret));

    assert_eq!(token(&["revoke", id], &database).printed(), "");
    assert!(!list().ends_with("\t\n"), "revoked on a day");
    for gone in [id, "nothing"] {
        let again = token(&["revoke", gone], &database);
        assert_eq!(again.code, Some(1));
        assert!(again.told.starts_with("herstelroute: "), "{}", again.told);
    }
}

#[test]
fn a_token_without_an_office_or_a_scope_isnt_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("test.db").display());
    for wrong in [
        &["create", "--office", "Bureau Voorbeeld"][..],
        &["create", "--scope", "events"],
        &["create", "--office", "", "--scope", "events"],
        &["create", "--office", "Bureau", "--scope", "everything"],
    ] {
        assert_ne!(token(wrong, &database).code, Some(0), "{wrong:?}");
    }
    assert_eq!(token(&["list"], &database).printed(), "");
}
