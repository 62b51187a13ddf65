//! `herstelroute verify-audit`.

use std::path::Path;

use sea_orm::{ConnectionTrait, Database};

use crate::program::run;

/// Changes the database behind the program's back.
fn sql(path: &Path, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let db = Database::connect(format!("sqlite:{}", path.display())).await.expect("a database");
        assert!(db.execute_unprepared(sql).await.expect(sql).rows_affected() > 0, "{sql}");
        db.close().await.expect("closed");
    });
}

#[test]
fn it_prints_the_head_and_names_the_first_row_that_doesnt_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let url = format!("sqlite:{}", path.display());
    let verify = |more: &[&str]| run(&[&["verify-audit", "--database-url", &url], more].concat(), b"");
    assert!(verify(&[]).printed().starts_with("0 rows"));
    for _ in 0..3 {
        let create = ["token", "create", "--office", "Bureau", "--scope", "links", "--database-url", &url];
        assert_eq!(run(&create, b"").code, Some(0));
    }
    let printed = verify(&[]).printed();
    let (told, head) = printed.trim_end().split_once('\n').expect("two lines");
    assert!(told.starts_with("3 rows") && head.starts_with("3:"), "{printed}");
    assert_eq!(verify(&["--expect", head]).printed(), printed);
    for (change, row) in [
        ("DELETE FROM audit WHERE seq = 3", "row 3 "),
        ("UPDATE audit SET act = 'token.revoked' WHERE seq = 2", "row 2 "),
    ] {
        sql(&path, change);
        let ran = verify(&["--expect", head]);
        assert_eq!((ran.code, ran.printed.as_str()), (Some(1), ""), "{change}");
        assert!(ran.told.starts_with("herstelroute: ") && ran.told.contains(row), "{}", ran.told);
    }
    assert_eq!(verify(&["--expect", "3"]).code, Some(2));
}
