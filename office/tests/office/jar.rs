//! A browser that keeps its cookies, as the participant's forms need it.

use axum::body::Body;
use axum::http::{Request, header};

use crate::world::{Cast, Reply, World};

/// A browser that keeps the cookies it is given.
#[derive(Clone)]
pub struct Jar<'a> {
    world: &'a World,
    cookies: Vec<(String, String)>,
}

impl<'a> Jar<'a> {
    pub fn new(world: &'a World) -> Self {
        Self { world, cookies: Vec::new() }
    }

    pub async fn signed_in(world: &'a World, who: Cast) -> Self {
        let mut tx = world.app.db.write().await.unwrap();
        let token = fairway_office::accounts::store::open_sign_in(&mut tx, &world.app, who.id()).await.unwrap();
        tx.commit().await.unwrap();
        Self { world, cookies: vec![("fairway".to_owned(), token)] }
    }

    /// A request with the cookies so far.
    pub fn request(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Request<Body> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1")
            .header(header::ACCEPT_LANGUAGE, "en")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookies.join("; "));
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        if method == "POST" {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        request.body(Body::from(body.finish())).unwrap()
    }

    async fn send(&mut self, method: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let reply = self.world.send(self.request(method, path, fields)).await;
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !cookie.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), rest.split(';').next().unwrap().to_owned()));
            }
        }
        reply
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, &[]).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send("POST", path, fields).await
    }
}
