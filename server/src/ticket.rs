//! What a page holds in place of a code: sealed by the server, and good for two hours.

use data_encoding::BASE64URL_NOPAD;

use crate::clock::Now;
use crate::code::Code;
use crate::seal::{Keys, Unopened};

/// In seconds.
const LASTS: i64 = 2 * 60 * 60;

/// A ticket for a code. `about` keeps those of different things apart.
///
/// # Errors
/// Only where there is no key.
pub fn of(keys: &Keys, about: &str, code: &Code, now: Now) -> Result<String, Unopened> {
    let plain = format!("{} {}", now.at + LASTS, code.signs());
    Ok(BASE64URL_NOPAD.encode(&keys.seal(&place(about), plain.as_bytes())?))
}

/// The code in a ticket that is still good.
#[must_use]
pub fn code_in(keys: &Keys, about: &str, ticket: &str, now: Now) -> Option<Code> {
    let plain = keys.open(&place(about), &BASE64URL_NOPAD.decode(ticket.as_bytes()).ok()?).ok()?;
    let (until, code) = std::str::from_utf8(&plain).ok()?.split_once(' ')?;
    let until: i64 = until.parse().ok()?;
    Code::read(code).filter(|_| now.at <= until)
}

fn place(about: &str) -> String {
    format!("ticket {about}")
}

#[cfg(test)]
mod tests {
    use domain::Date;

    use super::*;

    #[test]
    fn a_ticket_is_good_for_two_hours_and_only_for_what_it_is_about() {
        let (keys, code) = (Keys::of_the_demo(), Code::random());
        let now = |at| Now { at, on: Date::EARLIEST };
        let ticket = of(&keys, "dossier", &code, now(1_000)).unwrap();
        assert_eq!(code_in(&keys, "dossier", &ticket, now(1_000 + LASTS)), Some(code));
        assert_eq!(code_in(&keys, "dossier", &ticket, now(1_001 + LASTS)), None);
        assert_eq!(code_in(&keys, "request", &ticket, now(1_000)), None);
        assert_eq!(code_in(&keys, "dossier", &ticket[1..], now(1_000)), None);
    }
}
