//! Limits hold across processes, and end by themselves.

use server::store::Limit;

use crate::Database;

const LIMIT: Limit = Limit { action: "test", most: 3, seconds: 60 };

crate::contract!(
    failures_of_all_processes_count_together,
    who_fails_bars_nobody_else,
    failures_at_once_all_count
);

async fn failures_of_all_processes_count_together(database: Database) {
    let (one, other) = (&database.store, &database.another().await);
    for (store, at) in [(one, 600), (other, 610), (one, 620)] {
        assert_eq!(store.barred_until(LIMIT, b"she", at).await.unwrap(), None);
        store.count_try(LIMIT, b"she", at).await.unwrap();
    }
    for store in [one, other] {
        assert_eq!(store.barred_until(LIMIT, b"she", 659).await.unwrap(), Some(660));
        assert_eq!(store.barred_until(LIMIT, b"she", 660).await.unwrap(), None, "a new stretch");
    }
}

async fn who_fails_bars_nobody_else(database: Database) {
    let store = &database.store;
    for _ in 0..5 {
        store.count_try(LIMIT, b"she", 600).await.unwrap();
    }
    assert!(store.barred_until(LIMIT, b"she", 600).await.unwrap().is_some());
    assert_eq!(store.barred_until(LIMIT, b"he", 600).await.unwrap(), None);
    assert_eq!(store.barred_until(Limit { action: "other", ..LIMIT }, b"she", 600).await.unwrap(), None);
    assert_eq!(store.forget_attempts(660).await.unwrap(), 0, "it still counts");
    assert_eq!(store.forget_attempts(661).await.unwrap(), 1);
    assert_eq!(store.barred_until(LIMIT, b"she", 600).await.unwrap(), None);
}

async fn failures_at_once_all_count(database: Database) {
    let most = 20;
    let limit = Limit { most, ..LIMIT };
    let tries = (0..most).map(|_| {
        let store = database.store.clone();
        tokio::spawn(async move { store.count_try(limit, b"she", 600).await })
    });
    for tried in tries.collect::<Vec<_>>() {
        tried.await.unwrap().unwrap();
    }
    assert!(database.store.barred_until(limit, b"she", 600).await.unwrap().is_some());
    assert_eq!(
        database.store.barred_until(Limit { most: most + 1, ..limit }, b"she", 600).await.unwrap(),
        None
    );
}
