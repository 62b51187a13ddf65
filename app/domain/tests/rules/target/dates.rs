//! Any bytes as a day that was typed, or that stands in a file.

use domain::Date;

/// A day that is read is written down and read again as the same one.
pub fn any_bytes(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    if let Some(day) = Date::parse_iso(&typed) {
        assert_eq!(day.to_string(), typed, "a file has one way to write a day");
    }
    if let Some(day) = Date::parse_dutch(&typed) {
        assert_eq!(Date::parse_dutch(&day.in_dutch()), Some(day), "{typed:?}");
        assert_eq!(Date::parse_iso(&day.to_string()), Some(day), "{typed:?}");
        assert!(typed.contains(&format!("{:04}", day.year())), "the year stands there whole: {typed:?}");
    }
}
