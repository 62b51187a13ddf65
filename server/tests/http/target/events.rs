//! Any bytes as a delivery of events.

use server::office::{Format, MOST_EVENTS, Problems, Row, read};

/// A delivery is refused with a place, in few words that repeat little of it; or each of its rows can be kept, and stands
/// where it says.
pub fn any_bytes(bytes: &[u8]) {
    for format in [Format::Csv, Format::Json] {
        let read = read(format, bytes);
        match &read {
            Ok(rows) => check_rows(rows, bytes),
            Err(problems) => check_problems(problems, bytes),
        }
        // The place where it says that it ends is the end.
        if format == Format::Csv && read.is_ok() {
            assert!(bytes.ends_with(b"\n"));
        }
    }
}

fn check_rows(rows: &[Row], bytes: &[u8]) {
    assert!((1..=MOST_EVENTS).contains(&rows.len()));
    assert!(rows.windows(2).all(|rows| rows[0].line < rows[1].line), "each on a line of its own");
    for row in rows {
        let is_plain = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        for name in [Some(&row.case), row.event.code.as_ref()].into_iter().flatten() {
            assert!(is_plain(name) && (1..=64).contains(&name.len()), "{row:?}");
            assert!(bytes.len() > name.len(), "{row:?}");
        }
    }
}

fn check_problems(problems: &Problems, bytes: &[u8]) {
    assert!(problems.count >= 1 && !problems.first.is_empty());
    assert!(problems.first.windows(2).all(|pair| pair[0].line <= pair[1].line), "in the order of the lines");
    let lines = 1 + bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r' | b',')).count();
    for problem in &problems.first {
        assert!(usize::try_from(problem.line).is_ok_and(|line| line <= lines), "{problem:?}");
        assert!(problem.field.chars().count() <= 40 && problem.words.len() < 400, "{problem:?}");
    }
}
