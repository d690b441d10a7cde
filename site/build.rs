//! Rebuilds when a file is added to or leaves what is compiled in.
fn main() {
    for folder in ["../content/locales", "assets", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
