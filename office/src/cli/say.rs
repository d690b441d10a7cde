//! Words for standard output. A reader that has seen enough (`| head`) ends the program quietly.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write as _, stdout};

/// Prints words and what ends them.
pub(crate) fn tell(words: Arguments<'_>, end: &str) {
    let mut out = stdout().lock();
    if let Err(error) = out.write_fmt(words).and_then(|()| out.write_all(end.as_bytes())).and_then(|()| out.flush()) {
        if error.kind() != ErrorKind::BrokenPipe {
            eprintln!("standard output: {error}");
        }
        std::process::exit(i32::from(error.kind() != ErrorKind::BrokenPipe));
    }
}

/// `println!` that bears a reader who leaves.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::say::tell(format_args!($($words)*), "\n") };
}
pub(crate) use say;
