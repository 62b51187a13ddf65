//! `herstelroute backup` and `restore`: what they refuse, and that nothing is changed then. The drill stands with the faults.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::cluster;
use crate::program::{Ran, program, run};

/// A database with lines in its log, and a folder for backups of it.
struct Kept {
    url: String,
    folder: TempDir,
}

impl Kept {
    fn sqlite() -> Kept {
        let folder = tempfile::tempdir().expect("a folder");
        Kept::filled(format!("sqlite:{}", folder.path().join("test.db").display()), folder)
    }

    fn postgres() -> Kept {
        Kept::filled(cluster::postgres(), tempfile::tempdir().expect("a folder"))
    }

    fn filled(url: String, folder: TempDir) -> Kept {
        let kept = Kept { url, folder };
        kept.add();
        kept.add();
        kept
    }

    /// One more line in the log.
    fn add(&self) {
        let create = ["token", "create", "--office", "Bureau", "--scope", "links"];
        assert_eq!(self.command(&create).code, Some(0));
    }

    fn command(&self, arguments: &[&str]) -> Ran {
        run(&[arguments, &["--database-url", &self.url]].concat(), b"")
    }

    fn head(&self) -> String {
        self.command(&["verify-audit"]).printed().lines().last().expect("a head").to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn backup(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        self.command(&["backup", text(&path)]).printed();
        path
    }

    /// It is refused in a few lines that say why, and nothing is changed.
    #[track_caller]
    fn check_refuses(&self, arguments: &[&str], why: &str) {
        let before = self.head();
        let ran = self.command(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.printed);
        assert!(
            ran.told.starts_with("herstelroute: ") && ran.told.contains(why),
            "{arguments:?}: {}",
            ran.told
        );
        assert_eq!(ran.told.lines().count(), 1, "{}", ran.told);
        assert_eq!(self.head(), before, "{arguments:?}");
        let names = fs::read_dir(self.folder.path()).expect("a folder").flatten().map(|it| it.file_name());
        assert!(
            names.into_iter().all(|name| !name.to_string_lossy().ends_with(".part")),
            "no half file stays"
        );
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn on_both(check: impl Fn(Kept)) {
    check(Kept::sqlite());
    check(Kept::postgres());
}

#[test]
fn a_backup_is_for_its_owner_alone_and_says_what_it_lacks() {
    on_both(|kept| {
        let path = kept.path("backup");
        let printed = kept.command(&["backup", text(&path)]).printed();
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        assert!(printed.contains("HERSTELROUTE_SEAL_KEYS") && printed.contains(&kept.head()), "{printed}");
        kept.check_refuses(&["backup", text(&path)], "there already");
        kept.check_refuses(&["backup", "/nowhere/at/all/backup"], "can't be written");
    });
}

#[test]
fn a_backup_comes_back_in_place_of_what_came_after_only_when_told() {
    on_both(|kept| {
        let (path, head) = (kept.backup("backup"), kept.head());
        kept.add();
        let later = kept.head();
        kept.check_refuses(&["restore", text(&path)], "--replace");
        let printed = kept.command(&["restore", text(&path), "--replace"]).printed();
        assert!(
            printed.contains("to be replaced") && printed.contains(&later) && printed.contains(&head),
            "{printed}"
        );
        assert_eq!(kept.head(), head);
        kept.add();
        if let Some(database) = kept.url.strip_prefix("sqlite:") {
            assert_eq!(fs::metadata(database).expect("a file").permissions().mode() & 0o777, 0o600);
        }
    });
}

#[test]
fn a_file_that_isnt_whole_is_refused_and_nothing_is_changed() {
    on_both(|kept| {
        let whole = fs::read(kept.backup("backup")).expect("a backup");
        let broken = kept.path("broken");
        let mut torn = whole.clone();
        let middle = torn.len() / 2..torn.len() * 3 / 4;
        torn[middle].fill(0xa5);
        let cuts = [whole.len() - 1, whole.len() * 3 / 4, whole.len() / 2, 5000, 20];
        for content in cuts.iter().map(|cut| &whole[..*cut]).chain([torn.as_slice()]) {
            fs::write(&broken, content).expect("a file");
            kept.check_refuses(&["restore", text(&broken), "--replace"], "isn't whole; nothing was changed");
        }
        fs::write(&broken, b"a letter").expect("a file");
        kept.check_refuses(&["restore", text(&broken), "--replace"], "isn't a backup");
        kept.check_refuses(&["restore", "/nowhere/at/all", "--replace"], "can't be read");
    });
}

#[test]
fn a_backup_of_the_other_kind_is_refused() {
    let (sqlite, postgres) = (Kept::sqlite(), Kept::postgres());
    let (of_sqlite, of_postgres) = (sqlite.backup("backup"), postgres.backup("backup"));
    sqlite.check_refuses(&["restore", text(&of_postgres), "--replace"], "a backup of PostgreSQL");
    postgres.check_refuses(&["restore", text(&of_sqlite), "--replace"], "a backup of SQLite");
}

/// Someone who has the database open, as a server has.
fn connected(url: &str) -> (Runtime, DatabaseConnection) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let db = runtime.block_on(async {
        let db = Database::connect(url).await.expect("a database");
        db.execute_unprepared("SELECT count(*) FROM audit").await.expect("an answer");
        db
    });
    (runtime, db)
}

#[test]
fn while_someone_uses_the_database_nothing_takes_its_place() {
    on_both(|kept| {
        let path = kept.backup("backup");
        let (runtime, db) = connected(&kept.url);
        let ran = kept.command(&["restore", text(&path), "--replace"]);
        assert_eq!(ran.code, Some(1), "{}", ran.printed);
        assert!(ran.told.contains("stop the server"), "{}", ran.told);
        runtime.block_on(db.close()).expect("closed");
        kept.command(&["restore", text(&path), "--replace"]).printed();
    });
}

/// Changes the database behind the program's back.
fn sql(url: &str, sql: &str) {
    let (runtime, db) = connected(url);
    runtime.block_on(async {
        db.execute_unprepared(sql).await.expect(sql);
        db.close().await.expect("closed");
    });
}

#[test]
fn a_backup_of_a_later_version_is_refused() {
    on_both(|kept| {
        sql(&kept.url, "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_later', 1)");
        let path = kept.backup("backup");
        sql(&kept.url, "DELETE FROM seaql_migrations WHERE version = 'm20991231_later'");
        kept.check_refuses(&["restore", text(&path), "--replace"], "a later version");
    });
}

#[test]
fn a_backup_whose_log_was_changed_is_told() {
    let kept = Kept::sqlite();
    let path = kept.backup("backup");
    sql(&format!("sqlite:{}", path.display()), "UPDATE audit SET at = at + 1 WHERE seq = 1");
    kept.check_refuses(&["restore", text(&path), "--replace"], "nothing was changed");
}

#[test]
fn a_table_that_the_backup_doesnt_have_isnt_left_beside_it() {
    let kept = Kept::postgres();
    let path = kept.backup("backup");
    sql(&kept.url, "CREATE TABLE later (id bigint)");
    kept.check_refuses(&["restore", text(&path), "--replace"], "no table later");
}

#[test]
fn what_isnt_there_has_no_backup_and_gets_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (database, file) = (folder.path().join("no.db"), folder.path().join("backup"));
    let url = format!("sqlite:{}", database.display());
    let ran = run(&["backup", text(&file), "--database-url", &url], b"");
    assert_eq!(ran.code, Some(1), "{}", ran.printed);
    assert!(!database.exists() && !file.exists());
}

#[test]
fn without_postgresqls_programs_it_says_what_to_install_and_shows_no_password() {
    let kept = Kept::postgres();
    let path = kept.path("backup");
    let url = kept.url.replace("postgres@", "postgres:merkteken5150@");
    let ran = program()
        .args(["backup", text(&path), "--database-url", &url])
        .env("PATH", kept.folder.path())
        .output()
        .expect("it runs");
    let told = String::from_utf8(ran.stderr).expect("UTF-8");
    assert_eq!(ran.status.code(), Some(1));
    assert!(told.contains("pg_dump") && told.contains("postgresql-client"), "{told}");
    assert!(!told.contains("merkteken5150") && !path.exists(), "{told}");
}

/// Whoever looks at the list of processes sees what they are told on their command line.
#[test]
fn no_program_is_told_a_password_where_others_can_read_it() {
    use std::os::unix::fs::symlink;
    let kept = Kept::postgres();
    let (programs, told) = (kept.path("programs"), kept.path("told"));
    fs::create_dir(&programs).expect("a folder");
    symlink("/bin/sh", programs.join("sh")).expect("a shell");
    let script = format!(
        "#!/bin/sh\necho \"$0 $*\" >> '{0}'\necho \"password=$PGPASSWORD\" >> '{0}'\nexit 1\n",
        told.display()
    );
    let fake = programs.join("pg_dump");
    fs::write(&fake, script).expect("a script");
    fs::set_permissions(&fake, fs::Permissions::from_mode(0o755)).expect("it may run");
    let url = kept.url.replace("postgres@", "postgres:merkteken5150@");
    let ran = program()
        .args(["backup", text(&kept.path("backup")), "--database-url", &url])
        .env("PATH", &programs)
        .output()
        .expect("it runs");
    assert_eq!(ran.status.code(), Some(1));
    let told = fs::read_to_string(told).expect("it ran");
    let (line, environment) = told.split_once('\n').expect("two lines");
    assert!(line.contains("--format=custom") && !line.contains("merkteken5150"), "{line}");
    assert_eq!(environment.trim(), "password=merkteken5150");
}
