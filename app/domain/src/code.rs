//! Codes that a person copies by hand or reads aloud.

use std::fmt::Write as _;

/// Crockford's: no letter that looks like another sign. Five bits each.
pub const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const SIGNS_IN_A_GROUP: usize = 4;

/// One sign for each byte: its last five bits. As random as the bytes are.
#[must_use]
pub fn signs(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(ALPHABET.as_bytes()[usize::from(byte & 31)])).collect()
}

/// Reads so many signs as a person copies them: with or without groups, capitals and look-alikes. `None`: these can't be that.
#[must_use]
pub fn read_signs(typed: &str, count: usize) -> Option<String> {
    let mut signs = String::with_capacity(count);
    for sign in typed.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–' | '.')) {
        let sign = match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if !ALPHABET.contains(sign) || signs.len() == count {
            return None;
        }
        signs.push(sign);
    }
    (signs.len() == count).then_some(signs)
}

/// The signs in groups, to be copied by hand.
#[must_use]
pub fn in_groups(signs: &str) -> String {
    let mut groups = String::with_capacity(signs.len() + signs.len() / SIGNS_IN_A_GROUP);
    for (at, sign) in signs.chars().enumerate() {
        if at > 0 && at % SIGNS_IN_A_GROUP == 0 {
            groups.push('-');
        }
        let _ = write!(groups, "{sign}");
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_in_groups_is_read_again_however_it_is_copied() {
        let all = signs(&(0..=255).collect::<Vec<u8>>());
        let shown = in_groups(&all);
        assert!(shown.starts_with("0123-4567-89AB-"), "{shown}");
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "o")] {
            assert_eq!(read_signs(&typed, 256).as_deref(), Some(all.as_str()));
        }
    }

    #[test]
    fn what_is_too_short_too_long_or_no_sign_is_no_code() {
        for typed in ["", "0123", "01234567-8", "0123-456U", "0123-456é"] {
            assert_eq!(read_signs(typed, 8), None, "{typed}");
        }
    }
}
