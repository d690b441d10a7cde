//! Every function of the store, on both engines. PostgreSQL needs `FAIRWAY_TEST_POSTGRES`, which `./test` sets.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails loudly")]

mod common;

use fairway_selfhelp::store::Store;
use jiff::civil::date;

/// A database made for a test: the server that made it, its name, and its address without TLS.
async fn database(of: &str) -> (sqlx::PgPool, String, String) {
    let server = std::env::var("FAIRWAY_TEST_POSTGRES").expect("set FAIRWAY_TEST_POSTGRES, or run ./test");
    let name = format!("selfhelp_{of}_{}", std::process::id());
    let admin = sqlx::PgPool::connect(&server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&admin).await.unwrap();
    let address = format!("{}/{name}?sslmode=disable", server.rsplit_once('/').unwrap().0);
    (admin, name, address)
}

async fn drop_database(admin: &sqlx::PgPool, name: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(admin).await.unwrap();
}

async fn exercise(store: &Store) {
    let (first, second) = (date(2026, 11, 24), date(2027, 2, 22));
    let (id, other) = ([1; 16], [2; 16]);
    assert!(store.open(&id, first).await.unwrap().is_none());
    assert!(store.add(&id, b"one", first).await.unwrap());
    assert!(!store.add(&id, b"two", first).await.unwrap(), "notes that exist are never overwritten");
    assert_eq!(store.open(&id, first).await.unwrap().unwrap(), b"one");
    assert!(!store.replace(&id, b"else", b"three").await.unwrap(), "only what was read is replaced");
    assert!(store.replace(&id, b"one", b"three").await.unwrap());
    assert!(store.add(&other, b"other", first).await.unwrap());
    // Opened on the 90th day it counts as used; the other does not.
    assert_eq!(store.open(&id, second).await.unwrap().unwrap(), b"three");
    assert_eq!(store.purge(second).await.unwrap(), 0);
    assert_eq!(store.purge(second.tomorrow().unwrap()).await.unwrap(), 1);
    assert!(store.open(&other, second).await.unwrap().is_none());
    store.delete(&id).await.unwrap();
    assert!(store.open(&id, second).await.unwrap().is_none());
    store.count(first, "front", 60).await.unwrap();
    store.count(first, "front", 70).await.unwrap();
    assert_eq!(store.totals().await.unwrap(), [("2026-11-24".to_owned(), "front".to_owned(), 130)]);
    store.close().await;
}

#[tokio::test]
async fn the_embedded_store_keeps_replaces_and_forgets() {
    let folder = tempfile::tempdir().unwrap();
    exercise(&Store::at(&format!("sqlite://{}", folder.path().join("notes.db").display())).await.unwrap()).await;
    assert!(Store::at("mysql://nowhere").await.is_err());
}

#[tokio::test]
async fn the_shared_store_keeps_replaces_and_forgets() {
    let (admin, name, address) = database("test").await;
    exercise(&Store::at(&address).await.unwrap()).await;
    // Two nodes that share the store and the handle secret: one opens what the other kept.
    let (_, clock) = common::clock();
    let node = |store, seed| {
        let (content, _) = fairway_selfhelp::content::read(&fairway_selfhelp::content::Files::embedded());
        let chance = common::chance(seed);
        let handles = fairway_selfhelp::handle::Handles::shared(
            fairway_selfhelp::handle::Secret::of(&[7; 32]),
            std::sync::Arc::clone(&clock),
            std::sync::Arc::clone(&chance),
        );
        fairway_selfhelp::web::Site::new(
            content,
            store,
            handles,
            &common::options(),
            fairway_selfhelp::day::Calendar::new(std::sync::Arc::clone(&clock)),
            chance,
        )
        .unwrap()
    };
    let world =
        common::World { site: node(Store::at(&address).await.unwrap(), 1), now: common::clock().0, folder: tempfile::tempdir().unwrap() };
    let (_, open) = world.begin("en", "deciding/two-sides", "kept by the first node").await;
    let second = node(Store::at(&address).await.unwrap(), 2);
    let shown =
        common::page(second.post("/en/my/deciding/two-sides", &http::HeaderMap::new(), format!("handle={open}").as_bytes()).await).await;
    assert!(shown.text.contains("kept by the first node"));
    world.site.store().close().await;
    second.store().close().await;
    drop_database(&admin, &name).await;
}

#[tokio::test]
async fn no_trace_of_order_in_the_shared_store_once_tidied() {
    let (admin, name, address) = database("order").await;
    let store = Store::at(&address).await.unwrap();
    let today = date(2026, 11, 30);
    for key in [9_u8, 3, 7, 1, 8, 5] {
        // Some large enough to be kept out of line.
        assert!(store.add(&[key; 16], &vec![key; if key > 6 { 4000 } else { 896 }], today).await.unwrap());
    }
    store.replace(&[9; 16], &[9; 4000], &[90; 4000]).await.unwrap();
    store.delete(&[5; 16]).await.unwrap();
    store.purge(today).await.unwrap();
    let reader = sqlx::PgPool::connect(&address).await.unwrap();
    let rows: Vec<(Vec<u8>, String)> = sqlx::query_as("SELECT id, xmin::text FROM notes ORDER BY ctid").fetch_all(&reader).await.unwrap();
    assert_eq!(rows.iter().map(|(id, _)| id[0]).collect::<Vec<_>>(), [1, 3, 7, 8, 9], "rows lie in the order of their keys");
    assert!(rows.iter().all(|(_, by)| *by == rows[0].1), "one transaction wrote them all: {rows:?}");
    assert_eq!(store.open(&[9; 16], today).await.unwrap().unwrap(), vec![90; 4000]);
    reader.close().await;
    store.close().await;
    drop_database(&admin, &name).await;
}

#[tokio::test]
async fn many_nodes_begin_at_once_and_one_of_them_tidies_a_day() {
    let (admin, name, address) = database("nodes").await;
    let begun: Vec<_> = (0..6)
        .map(|_| {
            tokio::spawn({
                let address = address.clone();
                async move { Store::at(&address).await }
            })
        })
        .collect();
    let mut nodes = Vec::new();
    for node in begun {
        nodes.push(node.await.unwrap().unwrap());
    }
    let today = date(2026, 11, 30);
    let file = "SELECT pg_relation_filenode('notes')";
    let reader = sqlx::PgPool::connect(&address).await.unwrap();
    let filenode = async || sqlx::query_as::<_, (sqlx::postgres::types::Oid,)>(file).fetch_one(&reader).await.unwrap().0;
    let before = filenode().await;
    nodes[0].purge(today).await.unwrap();
    let once = filenode().await;
    nodes[1].purge(today).await.unwrap();
    assert!(before != once && once == filenode().await, "each node rewrites the whole store each day");
    nodes[1].purge(today.tomorrow().unwrap()).await.unwrap();
    assert_ne!(once, filenode().await);
    // A server that was started again: connections of before are gone, and no form notices.
    nodes[0].add(&[1; 16], b"sealed", today).await.unwrap();
    let gone = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1";
    sqlx::query(gone).bind(&name).execute(&admin).await.unwrap();
    for _ in 0..4 {
        assert!(nodes[0].open(&[1; 16], today).await.unwrap().is_some());
    }
    for node in nodes {
        node.close().await;
    }
    drop_database(&admin, &name).await;
}

#[tokio::test]
async fn the_shared_store_is_spoken_to_over_tls() {
    let server = std::env::var("FAIRWAY_TEST_POSTGRES").expect("set FAIRWAY_TEST_POSTGRES, or run ./test");
    let authority = std::env::var("FAIRWAY_TEST_POSTGRES_CA").expect("set FAIRWAY_TEST_POSTGRES_CA, or run ./test");
    let server = server.split('?').next().unwrap();
    // Without being asked, and so that the server must prove who it is.
    for address in [server.to_owned(), format!("{server}?sslmode=verify-full&sslrootcert={authority}")] {
        let Store::Postgres(pool) = Store::at(&address).await.unwrap() else { unreachable!("an address of PostgreSQL") };
        let (sealed,): (bool,) = sqlx::query_as("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetch_one(&pool).await.unwrap();
        assert!(sealed, "{address}");
        pool.close().await;
    }
    let stranger = Store::at(&format!("{server}?sslmode=verify-full")).await.err().unwrap().to_string();
    assert!(stranger.contains("cannot be opened") && stranger.contains("ertificate"), "{stranger}");
}

#[tokio::test]
async fn a_store_that_cannot_be_opened_says_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("sqlite://{}", folder.path().join("nowhere/notes.db").display());
    let said = Store::at(&nowhere).await.err().unwrap().to_string();
    assert!(said.contains("nowhere/notes.db") && said.contains("folder there and writable"), "{said}");
    let other = folder.path().join("other.db");
    std::fs::write(&other, "not a database, but long enough to be taken for something else ".repeat(40)).unwrap();
    let said = Store::at(&format!("sqlite://{}", other.display())).await.err().unwrap().to_string();
    assert!(said.contains("other.db"), "{said}");
    let said = Store::at("postgres://fairway:CanaryPassword@127.0.0.1:1/none").await.err().unwrap().to_string();
    assert!(said.contains("server running") && !said.contains("Canary"), "{said}");
    let said = Store::at("postgres://fairway:CanaryPassword@127.0.0.1:none/none").await.err().unwrap().to_string();
    assert!(said.contains("not understood") && !said.contains("Canary"), "{said}");
}
