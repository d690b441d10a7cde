//! The demo: a service of invented people, the same for the same seed and number.
