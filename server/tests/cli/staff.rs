//! `herstelroute staff` and `herstelroute organisation`.

use crate::program::{Ran, run};

struct Database {
    url: String,
    _folder: tempfile::TempDir,
}

impl Database {
    fn new() -> Database {
        let folder = tempfile::tempdir().expect("a folder");
        Database { url: format!("sqlite:{}", folder.path().join("test.db").display()), _folder: folder }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run(&[arguments, &["--database-url", &self.url]].concat(), b"")
    }
}

const ORGANISATION: [&str; 10] = [
    "organisation",
    "create",
    "--name",
    "Stichting Hulp",
    "--issuer",
    "urn:register",
    "--id-type",
    "urn:oin",
    "--id",
    "1",
];

#[test]
fn someone_is_invited_listed_and_blocked() {
    let database = Database::new();
    let organisation = database.run(&ORGANISATION).printed();
    let organisation = organisation.trim_end();
    let invite =
        ["staff", "invite", "--role", "coordinator", "--name", "Henk", "--organisation", organisation];
    let invited = database.run(&invite);
    assert_eq!(invited.code, Some(0), "{}", invited.told);
    let code = invited.printed.trim_end();
    assert_eq!((code.len(), code.matches('-').count()), (24, 4), "only the code, for scripts: {code}");
    assert!(!invited.told.contains(code));

    let list = || database.run(&["staff", "list"]).printed();
    let listed = list();
    let fields: Vec<&str> = listed.trim_end_matches('\n').split('\t').collect();
    let [id, role, name, of, invited_on, signed_in_on, blocked_on] = fields[..] else { panic!("{listed}") };
    assert_eq!((role, name, of), ("coordinator", "Henk", "Stichting Hulp"));
    assert_eq!((invited_on.len(), signed_in_on, blocked_on), (10, "", ""));

    assert_eq!(database.run(&["staff", "block", id]).printed(), "");
    assert!(!list().ends_with("\t\n"), "blocked on a day");
    for gone in [id, "nobody"] {
        let again = database.run(&["staff", "block", gone]);
        assert_eq!(again.code, Some(1));
        assert!(again.told.starts_with("herstelroute: "), "{}", again.told);
    }
}

#[test]
fn an_organisation_is_made_once_and_listed() {
    let database = Database::new();
    let id = database.run(&ORGANISATION).printed();
    assert_eq!(database.run(&ORGANISATION).code, Some(1));
    let listed = database.run(&["organisation", "list"]).printed();
    assert_eq!(listed, format!("{}\tStichting Hulp\turn:register\turn:oin\t1\n", id.trim_end()));
}

#[test]
fn who_cant_be_a_helper_isnt_invited() {
    let database = Database::new();
    let invite = ["staff", "invite"];
    for wrong in [
        &["--role", "coordinator"][..],
        &["--name", "Henk"],
        &["--role", "parent", "--name", "Henk"],
        &["--role", "boss", "--name", "Henk"],
        &["--role", "coordinator", "--name", " "],
        &["--role", "coordinator", "--name", "Henk\tX"],
        &["--role", "coordinator", "--name", "Henk", "--organisation", "nowhere"],
    ] {
        assert_ne!(database.run(&[&invite[..], wrong].concat()).code, Some(0), "{wrong:?}");
    }
    assert_eq!(database.run(&["staff", "list"]).printed(), "");
}
