//! Values as templates hand them over.
//!
//! askama passes a field as a reference and a literal as a value. A parameter of type `impl Given<Date>` takes
//! either, at any depth of references, so that a template never has to write `*` or `&`.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::language::Arg;

/// Something that can be read as a `T` by copying: `T` itself, `&T`, `&&T` and so on.
pub trait Given<T> {
    /// The value.
    fn given(&self) -> T;
}

impl<T, G: Given<T> + ?Sized> Given<T> for &G {
    fn given(&self) -> T {
        (**self).given()
    }
}

macro_rules! given_itself {
    ($($kind:ty),*) => { $(
        impl Given<$kind> for $kind {
            fn given(&self) -> $kind {
                *self
            }
        }
    )* };
}
given_itself!(Date, Time, Timestamp, bool, f64);

macro_rules! given_whole {
    ($($kind:ty),*) => { $(
        impl Given<i64> for $kind {
            fn given(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
        impl Given<Arg> for $kind {
            fn given(&self) -> Arg {
                Arg::Whole(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )* };
}
given_whole!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl Given<Arg> for str {
    fn given(&self) -> Arg {
        Arg::Text(self.to_owned())
    }
}

impl Given<Arg> for String {
    fn given(&self) -> Arg {
        Arg::Text(self.clone())
    }
}

impl Given<Arg> for std::borrow::Cow<'_, str> {
    fn given(&self) -> Arg {
        Arg::Text(self.to_string())
    }
}

impl Given<Arg> for Arg {
    fn given(&self) -> Arg {
        self.clone()
    }
}
