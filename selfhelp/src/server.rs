//! Connections: hyper over TCP or TLS, with limits that hold for all visitors together and none for each.
//!
//! One thread takes connections and hands them in turn to a few others, each with a runtime of its own; pages of the shelf
//! are answered there, and forms too, but for those of a shared store, whose connections the main runtime keeps. No address is
//! ever looked at.

mod tls;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
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
/// How much of a longer form is still taken in and thrown away, so that the browser is there to be told.
const SWALLOWED: usize = 16 * LONGEST_FORM;

/// The most that answers to forms may take while they are being sent, in bytes: a slow reader holds one for minutes.
const SENDING: usize = 96 * 1024 * 1024;
/// Bytes that are counted as one.
const GRAIN: usize = 1024;

/// What all visitors together may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections open at once.
    pub connections: usize,
    /// Forms answered at once.
    pub forms: u32,
    /// Forms on their way at once; slow ones do not keep others from being answered.
    pub arriving: usize,
    /// How long a head may take, or a visitor be silent between two.
    pub head: Duration,
    /// How long a form may take.
    pub body: Duration,
    /// How long a form that has arrived waits for its turn.
    pub turn: Duration,
    /// The longest a connection lives, so that slow readers cost only themselves; a form that is on its way then is still answered.
    pub connection: Duration,
    /// What answers to forms may take while they are being sent, in bytes.
    pub sending: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 8192,
            forms: 64,
            arriving: 2048,
            head: Duration::from_secs(15),
            body: Duration::from_secs(20),
            turn: Duration::from_secs(10),
            connection: Duration::from_mins(3),
            sending: SENDING,
        }
    }
}

/// What a server needs to answer.
#[derive(Clone)]
struct Desk {
    site: Arc<Site>,
    /// Where forms are answered when the store is shared: its connections belong to that runtime.
    main: Option<Handle>,
    arriving: Arc<Semaphore>,
    forms: Arc<Semaphore>,
    sending: Arc<Semaphore>,
    limits: Arc<Limits>,
}

/// The bytes of an answer, and its share of what answers may take.
struct Sent {
    bytes: Bytes,
    _share: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Sent {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

type Arrival = (std::net::TcpStream, OwnedSemaphorePermit);

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    forms: Arc<Semaphore>,
    most: u32,
    accepting: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Begins to listen; pages are answered by `threads` threads. Call it inside a runtime, which answers the forms.
    pub async fn start(site: Arc<Site>, listen: SocketAddr, threads: usize, tls: Option<TlsAcceptor>, limits: Limits) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let forms = Arc::new(Semaphore::new(limits.forms as usize));
        let main = (!site.store().is_embedded()).then(Handle::current);
        let room = process::room_for(limits.connections);
        let (most, arriving) = (limits.forms, Arc::new(Semaphore::new(limits.arriving)));
        let desk = Desk {
            site,
            main,
            arriving,
            forms: Arc::clone(&forms),
            sending: Arc::new(Semaphore::new(limits.sending / GRAIN)),
            limits: Arc::new(limits),
        };
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
        let accepting = tokio::spawn(accept(listener, doors, room));
        Ok(Self { address, forms, most, accepting })
    }

    /// Takes no more connections and waits a little for forms that are being answered.
    pub async fn stop(self) {
        self.accepting.abort();
        let _ = tokio::time::timeout(Duration::from_secs(5), self.forms.acquire_many(self.most)).await;
    }
}

async fn accept(listener: TcpListener, doors: Vec<mpsc::UnboundedSender<Arrival>>, room: usize) {
    let room = Arc::new(Semaphore::new(room));
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
                connection(desk, stream, tls).await;
                drop(permit);
            });
        }
    });
}

async fn connection(desk: Desk, stream: TcpStream, tls: Option<TlsAcceptor>) {
    match tls {
        None => converse(desk, TokioIo::new(stream)).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = tokio::time::timeout(desk.limits.head, tls.accept(stream)).await {
                converse(desk, TokioIo::new(stream)).await;
            }
        }
    }
}

async fn converse<S>(desk: Desk, stream: S)
where
    S: hyper::rt::Read + hyper::rt::Write + Unpin,
{
    let limits = Arc::clone(&desk.limits);
    let service = service_fn(move |request| {
        let desk = desk.clone();
        async move { Ok::<_, Infallible>(desk.answer(request).await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(16 * 1024);
    // Broken connections are nobody's business, and saying so could say whose.
    let mut serving = pin!(builder.serve_connection(stream, service));
    if tokio::time::timeout(limits.connection, serving.as_mut()).await.is_err() {
        serving.as_mut().graceful_shutdown();
        let _ = tokio::time::timeout(limits.body + limits.turn, serving).await;
    }
}

impl Desk {
    async fn answer(self, request: Request<Incoming>) -> Answer {
        let (head, body) = request.into_parts();
        let path = head.uri.path();
        if head.method != Method::POST {
            return self.site.read(&head.method, path, &head.headers);
        }
        let Ok(arriving) = Arc::clone(&self.arriving).try_acquire_owned() else { return self.site.busy(path, &head.headers) };
        let body = match tokio::time::timeout(self.limits.body, taken_in(body)).await {
            Ok(Some(body)) => body,
            Ok(None) => return self.site.too_long(path, &head.headers),
            Err(_) => return self.site.too_slow(path, &head.headers),
        };
        drop(arriving);
        let Ok(Ok(permit)) = tokio::time::timeout(self.limits.turn, Arc::clone(&self.forms).acquire_owned()).await else {
            return self.site.busy(path, &head.headers);
        };
        let site = Arc::clone(&self.site);
        let uri = head.uri.clone();
        let headers = head.headers.clone();
        let answering = async move {
            let answer = site.post(uri.path(), &headers, &body).await;
            (answer, permit)
        };
        // A task of its own, so that a save is finished even if the visitor has hung up.
        let answered = match &self.main {
            Some(main) => main.spawn(answering),
            None => tokio::spawn(answering),
        };
        match answered.await {
            // Its turn ends when it has its share: answers that wait for one take memory too.
            Ok((answer, _permit)) => {
                shared_out(answer, &self.sending, self.limits.turn).await.unwrap_or_else(|| self.site.busy(path, &head.headers))
            }
            Err(_) => self.site.busy(path, &head.headers),
        }
    }
}

/// A form's bytes; nothing when they are too many or do not come. Those of a form that is somewhat too long are read to their end all
/// the same: a browser that is still sending would be cut off instead of told.
async fn taken_in(mut body: Incoming) -> Option<Bytes> {
    if body.size_hint().lower() <= LONGEST_FORM as u64 {
        match Limited::new(&mut body, LONGEST_FORM).collect().await {
            Ok(taken) => return Some(taken.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => (),
            Err(_) => return None,
        }
    }
    if body.size_hint().lower() <= SWALLOWED as u64 {
        let mut left = SWALLOWED;
        while let Some(Ok(frame)) = body.frame().await {
            left = left.checked_sub(frame.data_ref().map_or(0, Bytes::len))?;
        }
    }
    None
}

/// An answer that holds its share of what answers may take until it is sent; nothing when none is left for some time.
async fn shared_out(answer: Answer, sending: &Arc<Semaphore>, wait: Duration) -> Option<Answer> {
    let (head, body) = answer.into_parts();
    let bytes = body.collect().await.ok()?.to_bytes();
    let share = u32::try_from(bytes.len().div_ceil(GRAIN)).ok()?;
    let share = tokio::time::timeout(wait, Arc::clone(sending).acquire_many_owned(share)).await.ok()?.ok()?;
    Some(Answer::from_parts(head, Full::new(Bytes::from_owner(Sent { bytes, _share: share }))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn answers_that_are_being_sent_hold_no_more_than_their_share_of_memory() {
        let sending = Arc::new(Semaphore::new(5));
        let ask =
            async || shared_out(Answer::new(Full::new(Bytes::from(vec![b'a'; 2 * GRAIN]))), &sending, Duration::from_millis(20)).await;
        let (one, other) = (ask().await.unwrap(), ask().await.unwrap());
        assert!(ask().await.is_none(), "answers are made without end");
        // Sent, or its reader is gone.
        drop(one);
        let bytes = ask().await.unwrap().into_body().collect().await.unwrap().to_bytes();
        assert_eq!(bytes.len(), 2 * GRAIN);
        drop((bytes, other));
        assert_eq!(sending.available_permits(), 5);
    }
}
