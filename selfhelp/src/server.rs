//! Connections: hyper over TCP or TLS, with limits that hold for all visitors together and none for each.
//!
//! One thread takes connections and hands them in turn to a few others, each with a runtime of its own; pages of the shelf
//! are answered there, and forms too, but for those of a shared store, whose connections the main runtime keeps. No address is
//! ever looked at.

mod tls;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Request};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

pub use tls::{TlsError, acceptor};
use tokio_rustls::TlsAcceptor;

use crate::process;
use crate::shelf::Answer;
use crate::web::Site;

/// The longest form, in bytes: two long answers, percent-encoded.
pub const LONGEST_FORM: usize = 128 * 1024;
/// Connections open at once.
const CONNECTIONS: usize = 8192;
/// Forms answered at once.
const FORMS: u32 = 256;
/// Forms on their way at once; slow ones do not keep others from being answered.
const ARRIVING: usize = 2048;
const HEADER_TIME: Duration = Duration::from_secs(15);
const BODY_TIME: Duration = Duration::from_secs(20);
/// How long a form that has arrived waits for its turn.
const TURN_TIME: Duration = Duration::from_secs(10);
/// The longest a connection lives, so that slow readers cost only themselves.
const CONNECTION_TIME: Duration = Duration::from_mins(3);

/// What a server needs to answer.
#[derive(Clone)]
struct Desk {
    site: Arc<Site>,
    /// Where forms are answered when the store is shared: its connections belong to that runtime.
    main: Option<Handle>,
    arriving: Arc<Semaphore>,
    forms: Arc<Semaphore>,
}

type Arrival = (std::net::TcpStream, OwnedSemaphorePermit);

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    forms: Arc<Semaphore>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Begins to listen; pages are answered by `threads` threads. Call it inside a runtime, which answers the forms.
    pub async fn start(site: Arc<Site>, listen: SocketAddr, threads: usize, tls: Option<TlsAcceptor>) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let forms = Arc::new(Semaphore::new(FORMS as usize));
        let main = (!site.store().is_embedded()).then(Handle::current);
        let desk = Desk { site, main, arriving: Arc::new(Semaphore::new(ARRIVING)), forms: Arc::clone(&forms) };
        let mut doors = Vec::new();
        for nth in 0..threads.max(1) {
            let (door, arrivals) = mpsc::unbounded_channel();
            let (desk, tls) = (desk.clone(), tls.clone());
            std::thread::Builder::new()
                .name(format!("pages {nth}"))
                .stack_size(512 * 1024)
                .spawn(move || work(&desk, arrivals, tls.as_ref()))?;
            doors.push(door);
        }
        let accepting = tokio::spawn(accept(listener, doors));
        Ok(Self { address, forms, accepting })
    }

    /// Takes no more connections and waits a little for forms that are being answered.
    pub async fn stop(self) {
        self.accepting.abort();
        let _ = tokio::time::timeout(Duration::from_secs(5), self.forms.acquire_many(FORMS)).await;
    }
}

async fn accept(listener: TcpListener, doors: Vec<mpsc::UnboundedSender<Arrival>>) {
    let room = Arc::new(Semaphore::new(process::room_for(CONNECTIONS)));
    let mut turn = 0;
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        // The address of the visitor is dropped here, unread.
        match listener.accept().await {
            Ok((stream, _)) => {
                if let Ok(stream) = stream.into_std() {
                    let _ = doors[turn % doors.len()].send((stream, permit));
                    turn = turn.wrapping_add(1);
                }
            }
            // Out of file descriptors, most likely: wait until somebody leaves.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

fn work(desk: &Desk, mut arrivals: mpsc::UnboundedReceiver<Arrival>, tls: Option<&TlsAcceptor>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(async move {
        while let Some((stream, permit)) = arrivals.recv().await {
            let Ok(stream) = TcpStream::from_std(stream) else { continue };
            let _ = stream.set_nodelay(true);
            let (desk, tls) = (desk.clone(), tls.cloned());
            tokio::spawn(async move {
                let _ = tokio::time::timeout(CONNECTION_TIME, connection(desk, stream, tls)).await;
                drop(permit);
            });
        }
    });
}

async fn connection(desk: Desk, stream: TcpStream, tls: Option<TlsAcceptor>) {
    match tls {
        None => converse(desk, TokioIo::new(stream)).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = tokio::time::timeout(HEADER_TIME, tls.accept(stream)).await {
                converse(desk, TokioIo::new(stream)).await;
            }
        }
    }
}

async fn converse<S>(desk: Desk, stream: S)
where
    S: hyper::rt::Read + hyper::rt::Write + Unpin,
{
    let service = service_fn(move |request| {
        let desk = desk.clone();
        async move { Ok::<_, Infallible>(desk.answer(request).await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(16 * 1024);
    // Broken connections are nobody's business, and saying so could say whose.
    let _ = builder.serve_connection(stream, service).await;
}

impl Desk {
    async fn answer(self, request: Request<Incoming>) -> Answer {
        let (head, body) = request.into_parts();
        let path = head.uri.path();
        if head.method != Method::POST {
            return self.site.read(&head.method, path, &head.headers);
        }
        let Ok(arriving) = Arc::clone(&self.arriving).try_acquire_owned() else { return self.site.busy(path, &head.headers) };
        if body.size_hint().lower() > LONGEST_FORM as u64 {
            return self.site.too_long(path, &head.headers);
        }
        let Ok(Ok(body)) = tokio::time::timeout(BODY_TIME, Limited::new(body, LONGEST_FORM).collect()).await else {
            return self.site.too_long(path, &head.headers);
        };
        let body = body.to_bytes();
        drop(arriving);
        let Ok(Ok(permit)) = tokio::time::timeout(TURN_TIME, Arc::clone(&self.forms).acquire_owned()).await else {
            return self.site.busy(path, &head.headers);
        };
        let site = Arc::clone(&self.site);
        let uri = head.uri.clone();
        let headers = head.headers.clone();
        let answering = async move {
            let answer = site.post(uri.path(), &headers, &body).await;
            drop(permit);
            answer
        };
        // A task of its own, so that a save is finished even if the visitor has hung up.
        let answered = match &self.main {
            Some(main) => main.spawn(answering),
            None => tokio::spawn(answering),
        };
        answered.await.unwrap_or_else(|_| self.site.busy(path, &head.headers))
    }
}
