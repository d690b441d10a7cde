//! The manual as one PDF.

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::world::Sheet;
use crate::{Book, Failure, book};

/// The manual as a tagged PDF that keeps PDF/UA-1, with contents, outline and page numbers.
///
/// # Errors
/// The language is not the programme's, or the typesetter refuses; it refuses whatever would not be accessible.
pub fn pdf(book: &Book<'_>) -> Result<Vec<u8>, Failure> {
    book.check()?;
    let sheet = Sheet::new(book::source(book));
    let made = typst::compile::<PagedDocument>(&sheet).output.map_err(|errors| told(&errors)).and_then(|document| {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| Failure::Set(error.message().to_string()))?;
        let creator = Smart::Custom(Some("Fairway".to_owned()));
        let options = PdfOptions { standards, creator, ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors))
    });
    // What the typesetter remembers would otherwise stay for the life of the process.
    comemo::evict(0);
    made
}

fn told(errors: &[SourceDiagnostic]) -> Failure {
    Failure::Set(errors.iter().take(3).map(|error| error.message.to_string()).collect::<Vec<_>>().join("; "))
}
