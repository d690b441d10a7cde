//! The database itself: what it refuses, and what opening it says.

use fairway_office::db::{Batch, Db, OpenError};
use fairway_office::{on, run};
use uuid::Uuid;

use crate::world::NORTH;

both!(async fn what_is_append_only_cannot_be_changed(world) {
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("INSERT INTO access_log (id, at, act, kind, action) VALUES ($1, '2026-06-15T08:00:00Z', 'seen', 'case', 'see-case')").bind(Uuid::from_u128(1))).unwrap();
    tx.commit().await.unwrap();
    for sql in ["UPDATE access_log SET act = 'listed'", "DELETE FROM access_log"] {
        let mut tx = world.app.db.write().await.unwrap();
        assert!(matches!(run!(&mut tx, sqlx::query(sql)), Err(fairway_office::db::StoreError::Refused)), "{sql}");
    }
    assert_eq!(world.number("SELECT COUNT(*) FROM access_log WHERE act = 'seen'").await, 1);
});

both!(async fn a_batch_of_any_size_arrives_whole(world) {
    let mut rows = Batch::new("closures", &["unit_id", "closed_on", "title"]);
    for day in 0..3000_i64 {
        let on = jiff::civil::date(2026, 1, 1) + jiff::SignedDuration::from_hours(24 * day);
        rows.push(vec![NORTH.into(), on.to_string().into(), "an invented holiday".into()]);
    }
    let mut tx = world.app.db.write().await.unwrap();
    rows.write(&mut tx).await.unwrap();
    assert!(rows.is_empty());
    tx.commit().await.unwrap();
    assert_eq!(world.number("SELECT COUNT(*) FROM closures").await, 3000);
});

both!(async fn a_dropped_transaction_leaves_nothing(world) {
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("INSERT INTO closures (unit_id, closed_on, title) VALUES ($1, '2026-01-01', 'x')").bind(NORTH)).unwrap();
    drop(tx);
    assert_eq!(world.number("SELECT COUNT(*) FROM closures").await, 0);
});

both!(async fn a_database_from_a_newer_version_is_left_alone(world) {
    let mut tx = world.app.db.write().await.unwrap();
    let sql = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99, 'later', TRUE, $1, 0)";
    run!(&mut tx, sqlx::query(sql).bind(vec![1_u8])).unwrap();
    tx.commit().await.unwrap();
    let error = world.app.db.migrate().await.unwrap_err();
    assert!(matches!(error, OpenError::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().contains("newer version"));
});

#[tokio::test]
async fn a_database_that_cannot_be_opened_says_which_and_what_to_do() {
    let message = Db::at("mysql://somewhere").await.unwrap_err().to_string();
    assert!(message.contains("sqlite://FILE"), "{message}");
    let message = Db::at("sqlite:///no/such/folder/x.db").await.unwrap_err().to_string();
    assert!(message.contains("/no/such/folder/x.db") && message.contains("writable"), "{message}");
    let message = Db::at("postgres://user:secret@127.0.0.1:1/none").await.unwrap_err().to_string();
    assert!(message.contains("server running") && !message.contains("secret"), "{message}");
}

#[tokio::test]
async fn the_embedded_database_keeps_its_promises() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::embedded(folder.path()).await.unwrap();
    db.migrate().await.unwrap();
    let mut tx = db.write().await.unwrap();
    for (sql, wanted) in [("PRAGMA synchronous", 2_i64), ("PRAGMA foreign_keys", 1)] {
        let row: (i64,) = on!(&mut tx, |c| sqlx::query_as(sql).fetch_one(c)).unwrap();
        assert_eq!(row.0, wanted, "{sql}");
    }
}
