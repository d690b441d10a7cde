//! Stable lower-case codes of closed lists, as the database, forms and definition files write them.

use thiserror::Error;

/// A code that stands in no list. `known` are the codes that would have been understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown {what} `{found}`; known are: {}", known.join(", "))]
pub struct UnknownCode {
    /// The name of the list, such as `StageKind`.
    pub what: &'static str,
    /// What was found instead, as it stood.
    pub found: String,
    /// Every code of the list, in its order.
    pub known: &'static [&'static str],
}

/// Declares a closed list whose members have one stable code each. The code serves the database, forms, message keys
/// and serde alike, so that a list is written once.
macro_rules! coded {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $code)] $variant,)+
        }
        impl $name {
            /// Every member, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[$($code),+];
            /// The stable code the database and forms use.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            /// The member with this code, if there is one.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;
            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Self::from_code(code).ok_or_else(|| $crate::codes::UnknownCode {
                    what: stringify!($name),
                    found: code.to_owned(),
                    known: Self::CODES,
                })
            }
        }
    };
}
pub(crate) use coded;
