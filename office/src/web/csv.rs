//! A table for a spreadsheet.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::{Error, WebResult};

/// Rows of cells as a CSV file to be kept under this name. A cell that a spreadsheet would take for a formula gets an
/// apostrophe in front; a number stays a number.
pub fn csv_file(name: &str, rows: &[Vec<String>]) -> WebResult<Response> {
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(|cause| Error::internal(&cause))?;
    }
    let text = writer.into_inner().map_err(|cause| Error::internal(&cause))?;
    let named = format!("attachment; filename=\"{name}.csv\"");
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, named)], text).into_response())
}

fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_formula_is_only_text_and_a_number_a_number() {
        for (cell, said) in [("=1+1", "'=1+1"), ("-2+3", "'-2+3"), ("@x", "'@x"), ("-9.6", "-9.6"), ("Pilot", "Pilot"), ("", "")] {
            assert_eq!(harmless(cell), said);
        }
    }
}
