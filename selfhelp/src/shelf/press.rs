//! The press: what makes the compressed copies of a page.
//!
//! Compressing well needs tables of some megabytes, which a program hardly gives back. So a site that serves has its pages pressed by
//! a second process of the same program, which takes them along when it ends. Where none can be started, or it ends too
//! soon or hangs, the copies are made here.

use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// The encodings, the best first.
pub(super) const NAMES: [&str; 3] = ["br", "zstd", "gzip"];
/// The hidden command of this program that runs [`work`].
const COMMAND: &str = "press";
/// How much longer than its page a copy may be, in bytes; the encodings add far less to what cannot be pressed.
const LONGER: usize = 4096;
/// How long the second process may keep the first one waiting, without a byte taken or given.
const PATIENCE: Duration = Duration::from_secs(20);
/// As many bytes as a pipe takes at once when it says that it takes any.
const AT_ONCE: usize = 512;

/// A page in each encoding of [`NAMES`].
pub type Copies = [Vec<u8>; NAMES.len()];

/// Makes copies, in a process of its own while there is one.
#[derive(Default)]
pub struct Press(Option<Worker>);

struct Worker {
    pages: BufWriter<Patient<ChildStdin>>,
    copies: BufReader<Patient<ChildStdout>>,
    process: Child,
}

/// An end of a pipe that does not wait for ever.
struct Patient<P> {
    pipe: P,
    patience: Duration,
}

impl<P: AsFd> Patient<P> {
    fn wait(&self, ready: PollFlags) -> io::Result<()> {
        let time = Timespec::try_from(self.patience).map_err(|_| ErrorKind::InvalidInput)?;
        match poll(&mut [PollFd::new(&self.pipe, ready)], Some(&time))? {
            0 => Err(ErrorKind::TimedOut.into()),
            _ => Ok(()),
        }
    }
}

impl Read for Patient<ChildStdout> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.wait(PollFlags::IN)?;
        self.pipe.read(bytes)
    }
}

impl Write for Patient<ChildStdin> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.wait(PollFlags::OUT)?;
        self.pipe.write(&bytes[..bytes.len().min(AT_ONCE)])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pipe.flush()
    }
}

impl Press {
    /// A press in a process of its own: this program, asked to `press`.
    pub fn beside(program: &Path) -> Self {
        Self(Worker::start(program, PATIENCE).ok())
    }

    /// Whether another process does the work.
    pub fn is_beside(&self) -> bool {
        self.0.is_some()
    }

    /// The copies of a page.
    pub fn copies(&mut self, page: &[u8]) -> Copies {
        let beside = self.0.as_mut().and_then(|worker| worker.copies(page).ok());
        beside.unwrap_or_else(|| {
            self.0 = None;
            copies(page)
        })
    }
}

impl Worker {
    fn start(program: &Path, patience: Duration) -> io::Result<Self> {
        // With none of this program's surroundings: it needs none.
        let mut command = Command::new(program);
        command.arg(COMMAND).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn()?;
        let (Some(pages), Some(copies)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(ErrorKind::BrokenPipe.into());
        };
        let (pages, copies) = (Patient { pipe: pages, patience }, Patient { pipe: copies, patience });
        Ok(Self { pages: BufWriter::new(pages), copies: BufReader::new(copies), process })
    }

    fn copies(&mut self, page: &[u8]) -> io::Result<Copies> {
        send(&mut self.pages, page)?;
        self.pages.flush()?;
        let mut copies = Copies::default();
        for copy in &mut copies {
            *copy = receive(&mut self.copies, page.len() + LONGER)?.ok_or(ErrorKind::UnexpectedEof)?;
        }
        Ok(copies)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It owes nothing any more. Waited for, so that it does not stay in the system's list.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the second process does: reads pages and answers each with its copies, until there are no more.
pub fn work(pages: impl Read, copied: impl Write) -> io::Result<()> {
    let (mut pages, mut copied) = (BufReader::new(pages), BufWriter::new(copied));
    while let Some(page) = receive(&mut pages, usize::MAX)? {
        for copy in copies(&page) {
            send(&mut copied, &copy)?;
        }
        copied.flush()?;
    }
    Ok(())
}

/// Sends bytes after their number (four bytes, the highest first).
fn send(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| ErrorKind::InvalidInput)?;
    to.write_all(&length.to_be_bytes())?;
    to.write_all(bytes)
}

/// What [`send`] sent, if there is more.
fn receive(from: &mut impl Read, longest: usize) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > longest {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    let read = from.by_ref().take(length as u64).read_to_end(&mut bytes)?;
    if read == length { Ok(Some(bytes)) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

fn copies(page: &[u8]) -> Copies {
    NAMES.map(|name| pressed(name, page))
}

fn pressed(name: &str, page: &[u8]) -> Vec<u8> {
    let out = if name == "zstd" {
        zstd::bulk::compress(page, 12)
    } else if name == "br" {
        // A window no larger than the page: its tables are what compressing needs memory for.
        let window = page.len().next_power_of_two().ilog2().clamp(10, 18);
        let settings =
            brotli::enc::BrotliEncoderParams { quality: 10, lgwin: window.cast_signed(), size_hint: page.len(), ..Default::default() };
        let mut out = Vec::new();
        let mut from = page;
        brotli::BrotliCompress(&mut from, &mut out, &settings).map(|_| out)
    } else {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let written = out.write_all(page);
        written.and_then(|()| out.finish())
    };
    out.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page() -> Vec<u8> {
        b"a page like another. ".repeat(400)
    }

    #[test]
    fn without_a_second_process_or_with_one_that_ends_too_soon_the_copies_are_made_here() {
        assert_eq!(Press::default().copies(&page()), copies(&page()));
        for program in ["no-such-program", "true", "cat"] {
            let mut press = Press::beside(Path::new(program));
            assert_eq!(press.copies(&page()), copies(&page()), "{program}");
            assert!(!press.is_beside(), "{program} is not asked again");
            assert_eq!(press.copies(&page()), copies(&page()), "{program}");
        }
    }

    #[test]
    fn a_second_process_that_hangs_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("hangs");
        std::fs::write(&program, "#!/bin/sh\nexec sleep 600\n").unwrap();
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        // The one does not answer; the other is longer than a pipe holds, so that it is not even taken.
        for page in [page(), vec![b'a'; 200_000]] {
            let mut press = Press(Worker::start(&program, Duration::from_millis(50)).ok());
            assert!(press.is_beside());
            assert_eq!(press.copies(&page), copies(&page));
            assert!(!press.is_beside());
        }
    }

    #[test]
    fn the_second_process_answers_each_page_with_its_copies() {
        let mut asked = Vec::new();
        send(&mut asked, &page()).unwrap();
        send(&mut asked, b"").unwrap();
        let mut answered = Vec::new();
        work(asked.as_slice(), &mut answered).unwrap();
        let mut answered = answered.as_slice();
        for copy in copies(&page()).into_iter().chain(copies(b"")) {
            assert_eq!(receive(&mut answered, usize::MAX).unwrap(), Some(copy));
        }
        assert_eq!(receive(&mut answered, usize::MAX).unwrap(), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_pages_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut from = bytes.as_slice();
            while let Ok(Some(page)) = receive(&mut from, 60) {
                prop_assert!(page.len() <= 60);
            }
        }
    }
}
