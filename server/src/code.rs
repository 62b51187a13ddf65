//! Codes that open something: made at random, shown once, never kept.

use std::fmt;

use data_encoding::{Encoding, Specification};
use domain::code::{ALPHABET, in_groups, read_signs};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// 20 signs of 5 bits: 100 random bits.
const SIGNS: usize = 20;
const BYTES: usize = 13;

/// A code of 100 random bits. Whoever knows it may open what belongs to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

/// What is kept of a code: enough to find what it opens, too little to open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finder(pub [u8; 32]);

/// What seals that which a code opens.
pub struct CodeKey(pub [u8; 32]);

impl Code {
    /// From the system's random source.
    #[must_use]
    pub fn random() -> Code {
        Code::of(&random_bytes(b"random"))
    }

    /// The same code each time for the same secret: a form that is sent twice makes one thing.
    #[must_use]
    pub fn from_secret(secret: &[u8], about: &[u8]) -> Code {
        Code::of(&hash(secret, about))
    }

    fn of(bytes: &[u8; 32]) -> Code {
        Code(signs(bytes, SIGNS))
    }

    /// Reads a code as a person copies it: with or without groups, capitals and look-alikes. `None`: it can't be one.
    #[must_use]
    pub fn read(typed: &str) -> Option<Code> {
        read_signs(typed, SIGNS).map(Code)
    }

    /// The code that was typed. What can't be one becomes one that nobody has: it is looked up like any other, so that it
    /// looks the same, and takes as long.
    #[must_use]
    pub fn typed(typed: &str) -> Code {
        // Also where it isn't needed: making one takes time too.
        let nobodys = Code::random();
        Code::read(typed).unwrap_or(nobodys)
    }

    /// Finds what the code opens. `about` keeps the codes of different things apart.
    #[must_use]
    pub fn finder(&self, about: &str) -> Finder {
        Finder(hash(self.0.as_bytes(), &[b"find ", about.as_bytes()].concat()))
    }

    #[must_use]
    pub fn key(&self, about: &str) -> CodeKey {
        CodeKey(hash(self.0.as_bytes(), &[b"seal ", about.as_bytes()].concat()))
    }

    /// The bare signs.
    #[must_use]
    pub fn signs(&self) -> &str {
        &self.0
    }
}

impl Finder {
    /// Of a token, or of another secret that was made at random.
    #[must_use]
    pub fn of_secret(secret: &str, about: &str) -> Finder {
        Finder(hash(secret.as_bytes(), &[b"find ", about.as_bytes()].concat()))
    }
}

/// As it is shown: in groups, to be copied by hand.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_groups(&self.0))
    }
}

/// Not in a log by accident.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// So many signs of 5 bits each.
pub fn signs(bytes: &[u8; 32], count: usize) -> String {
    let mut signs = alphabet().encode(&bytes[..BYTES]);
    signs.truncate(count);
    signs
}

/// From the system's random source. Six bits of a UUID aren't random: a hash spreads the 122 of each that are.
pub fn random_bytes(about: &[u8]) -> [u8; 32] {
    let [first, second] = [(); 2].map(|()| uuid::Uuid::new_v4().into_bytes());
    hash(&[first, second].concat(), about)
}

/// HMAC-SHA-256 with the secret as its key.
pub fn hash(secret: &[u8], about: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length; the other arm is never reached.
    match Hmac::<Sha256>::new_from_slice(secret) {
        Ok(mut hmac) => {
            hmac.update(about);
            hmac.finalize().into_bytes().into()
        }
        Err(_) => [0; 32],
    }
}

fn alphabet() -> Encoding {
    let mut specification = Specification::new();
    specification.symbols.push_str(ALPHABET);
    // Thirteen bytes leave four bits over: filled up, and cut off with the last sign.
    specification.encoding().unwrap_or(data_encoding::BASE32_NOPAD)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_shown_in_groups_and_read_as_a_person_copies_it() {
        let code = Code::read("0123456789abcdefghjk").expect("a code");
        assert_eq!(code.to_string(), "0123-4567-89AB-CDEF-GHJK");
        for typed in ["0123-4567-89AB-CDEF-GHJK", " o123 4567 89ab cdef ghjk", "OI23.4567.89AB.CDEF.GHJK"] {
            assert_eq!(Code::read(typed), Some(code.clone()), "{typed}");
        }
    }

    #[test]
    fn what_cant_be_a_code_is_none() {
        for typed in
            ["", "0123", "0123-4567-89AB-CDEF-GHJU", "0123-4567-89AB-CDEF-GHJK-0", "0123-4567-89AB-CDEF-GHJé"]
        {
            assert_eq!(Code::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn no_two_codes_are_alike_and_every_sign_comes_everywhere() {
        let codes: Vec<Code> = (0..4_000).map(|_| Code::random()).collect();
        let mut distinct: Vec<&str> = codes.iter().map(Code::signs).collect();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), codes.len());
        for at in 0..SIGNS {
            let seen: std::collections::BTreeSet<char> =
                codes.iter().filter_map(|code| code.signs().chars().nth(at)).collect();
            assert_eq!(seen.len(), 32, "sign {at} holds five random bits");
        }
    }

    #[test]
    fn finders_and_keys_of_different_things_differ() {
        let code = Code::random();
        assert_ne!(code.finder("dossier"), code.finder("link"));
        assert_ne!(code.finder("dossier").0, code.key("dossier").0);
        assert_eq!(format!("{code:?}"), "Code(…)");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(secret: Vec<u8>) {
            let code = Code::from_secret(&secret, b"test");
            prop_assert_eq!(Code::read(&code.to_string()), Some(code));
        }

        #[test]
        fn no_text_makes_reading_panic(typed: String) {
            let _ = Code::read(&typed);
        }
    }
}
