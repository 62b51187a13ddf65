//! Amounts in Dutch words.

use domain::Cents;

/// `dertigduizend euro`; cents are left out, as they never stand in such a place.
#[must_use]
pub fn in_words(amount: Cents) -> String {
    let euros = u64::try_from(amount.0 / 100).unwrap_or(0);
    format!("{} euro", number(euros))
}

const UNITS: [&str; 20] = [
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
];
const TENS: [&str; 10] =
    ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"];

fn number(n: u64) -> String {
    let at = |list: &'static [&'static str], n: u64| {
        usize::try_from(n).ok().and_then(|n| list.get(n)).copied().unwrap_or_default()
    };
    let rest = |n: u64| if n == 0 { String::new() } else { number(n) };
    // Inside a longer number "één" loses its accents.
    let counted = |n: u64| if n == 1 { String::new() } else { number(n) };
    match n {
        0..20 => at(&UNITS, n).to_owned(),
        20..100 => {
            let tens = at(&TENS, n / 10);
            match n % 10 {
                0 => tens.to_owned(),
                unit => {
                    let unit = if unit == 1 { "een" } else { at(&UNITS, unit) };
                    let joined = if unit.ends_with('e') { "ën" } else { "en" };
                    format!("{unit}{joined}{tens}")
                }
            }
        }
        100..1_000 => format!("{}honderd{}", counted(n / 100), rest(n % 100)),
        1_000..1_000_000 => {
            let tail = rest(n % 1_000);
            let gap = if tail.is_empty() { "" } else { " " };
            format!("{}duizend{gap}{tail}", counted(n / 1_000))
        }
        _ => {
            let tail = rest(n % 1_000_000);
            let gap = if tail.is_empty() { "" } else { " " };
            format!("{} miljoen{gap}{tail}", number(n / 1_000_000))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_they_are_said() {
        let said = |euros: i64| in_words(Cents(euros * 100));
        assert_eq!(said(30_000), "dertigduizend euro");
        assert_eq!(said(21), "eenentwintig euro");
        assert_eq!(said(22), "tweeëntwintig euro");
        assert_eq!(said(31_742), "eenendertigduizend zevenhonderdtweeënveertig euro");
        assert_eq!(said(1_100), "duizend honderd euro");
        assert_eq!(said(1_000_000), "één miljoen euro");
        assert_eq!(said(0), "nul euro");
    }
}
