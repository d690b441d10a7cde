//! The practitioners' library: a catalogue of public material to learn from.

mod pages;
pub mod routes;
