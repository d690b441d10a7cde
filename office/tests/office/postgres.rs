//! The PostgreSQL server of the tests: databases made for one test each, and dropped.

use fairway_office::db::Db;
use uuid::Uuid;

pub(crate) fn server() -> String {
    std::env::var("FAIRWAY_TEST_POSTGRES")
        .expect("set FAIRWAY_TEST_POSTGRES to a PostgreSQL server where databases may be made, or run ./test, which starts one")
}

pub(crate) fn address(database: &str) -> String {
    let mut url = url::Url::parse(&server()).unwrap();
    url.set_path(database);
    url.to_string()
}

pub(crate) async fn administrate(sql: &str) {
    use sqlx::{Connection as _, Executor as _};
    let mut connection = sqlx::PgConnection::connect(&server()).await.expect("the PostgreSQL server of FAIRWAY_TEST_POSTGRES");
    connection.execute(sqlx::AssertSqlSafe(sql.to_owned())).await.unwrap();
}

/// A database in which nothing stands, and its name.
pub async fn bare_postgres() -> (Db, String) {
    let name = format!("fairway_bare_{}", Uuid::from_u128(rand::random()).simple());
    administrate(&format!("CREATE DATABASE {name}")).await;
    (Db::at(&address(&name)).await.unwrap(), name)
}

/// Drops a test's database.
pub async fn forget_postgres(name: Option<String>) {
    if let Some(name) = name {
        administrate(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }
}

/// Without being asked, and so that the server must prove who it is.
#[tokio::test]
async fn postgres_is_spoken_to_over_tls() {
    let authority = std::env::var("FAIRWAY_TEST_POSTGRES_CA").expect("set FAIRWAY_TEST_POSTGRES_CA, or run ./test");
    let bare = server().split('?').next().unwrap().to_owned();
    for address in [bare.clone(), format!("{bare}?sslmode=verify-full&sslrootcert={authority}")] {
        let Db::Postgres(pool) = Db::at(&address).await.unwrap() else { unreachable!("an address of PostgreSQL") };
        let (sealed,): (bool,) = sqlx::query_as("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetch_one(&pool).await.unwrap();
        assert!(sealed, "{address}");
        pool.close().await;
    }
    assert!(Db::at(&format!("{bare}?sslmode=verify-full")).await.is_err(), "a certificate that nobody vouches for was believed");
}
