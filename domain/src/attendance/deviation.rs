//! How far a session followed its text in the manual.

use crate::codes::coded;

coded! {
    /// Whether a session was held as the manual has it.
    pub enum Deviation {
        /// As written.
        None = "none",
        /// Otherwise, in a way the manual permits for this session.
        Permitted = "permitted",
        /// Otherwise, in a way the manual does not provide for.
        NotPermitted = "not-permitted",
    }
}

impl Deviation {
    /// Whether it must be said in words what was done otherwise. What followed the manual needs no words.
    ///
    /// ```
    /// use fairway_domain::attendance::Deviation;
    /// assert!(Deviation::Permitted.needs_words() && Deviation::NotPermitted.needs_words());
    /// assert!(!Deviation::None.needs_words());
    /// ```
    pub const fn needs_words(self) -> bool {
        !matches!(self, Self::None)
    }
}
