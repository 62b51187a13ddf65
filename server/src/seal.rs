//! Sealing what is kept of a person, so that a copy of the database tells nothing.
//!
//! Two seals lie around it: the inner one by her own code, which isn't kept, and the outer one by the server's key, which
//! can be replaced without her (`herstelroute rotate-key`; it holds several keys, the newest first).

use std::fmt;

use anyhow::{Context, Result, ensure};
use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::HEXLOWER_PERMISSIVE;
use secrecy::{ExposeSecret, SecretSlice};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::code::{self, CodeKey};

const KEY_BYTES: usize = 32;
/// What stands in front of everything that is sealed: which key it lies under.
pub const KEY_ID_BYTES: usize = 8;
const NONCE_BYTES: usize = 24;

/// The keys of the server: the first one seals, all of them open.
#[derive(Clone)]
pub struct Keys(Vec<Key>);

#[derive(Clone)]
struct Key {
    id: [u8; KEY_ID_BYTES],
    secret: SecretSlice<u8>,
}

/// It was changed, belongs elsewhere, or its key is gone.
#[derive(Debug, Error)]
#[error("what was sealed can't be opened")]
pub struct Unopened;

impl Keys {
    /// Reads keys of 64 hexadecimal digits, with commas between, the newest first.
    ///
    /// # Errors
    /// One of them isn't a key; the message doesn't repeat it.
    pub fn read(written: &str) -> Result<Keys> {
        let keys = written.split(',').map(|key| {
            let secret = HEXLOWER_PERMISSIVE.decode(key.trim().as_bytes()).ok();
            let secret = secret.filter(|secret| secret.len() == KEY_BYTES);
            secret.map(Key::new).context("a key has 64 hexadecimal digits; `openssl rand -hex 32` makes one")
        });
        let keys = keys.collect::<Result<Vec<Key>>>()?;
        ensure!(!keys.is_empty(), "there is no key");
        Ok(Keys(keys))
    }

    /// The same for everyone who starts a demo: nothing in it is secret.
    #[must_use]
    pub fn of_the_demo() -> Keys {
        Keys(vec![Key::new(Sha256::digest(b"herstelroute demo").to_vec())])
    }

    /// Seals with the newest key. It opens only as what it is `about`.
    ///
    /// # Errors
    /// Only for what is larger than memory.
    pub fn seal(&self, about: &str, plain: &[u8]) -> Result<Vec<u8>, Unopened> {
        let key = self.0.first().ok_or(Unopened)?;
        let sealed = seal(key.secret.expose_secret(), about, plain)?;
        Ok([key.id.as_slice(), &sealed].concat())
    }

    /// # Errors
    /// See [`Unopened`].
    pub fn open(&self, about: &str, sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
        let (id, sealed) = sealed.split_at_checked(KEY_ID_BYTES).ok_or(Unopened)?;
        let key = self.0.iter().find(|key| key.id == id).ok_or(Unopened)?;
        open(key.secret.expose_secret(), about, sealed)
    }

    /// Seals what only the holder of a code may open.
    ///
    /// # Errors
    /// Only for what is larger than memory.
    pub fn seal_for(&self, code: &CodeKey, about: &str, plain: &[u8]) -> Result<Vec<u8>, Unopened> {
        self.seal(about, &seal(&code.0, about, plain)?)
    }

    /// # Errors
    /// See [`Unopened`].
    pub fn open_with(&self, code: &CodeKey, about: &str, sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
        open(&code.0, about, &self.open(about, sealed)?)
    }

    /// The same under the newest key; the inner seal of a code stays.
    ///
    /// # Errors
    /// See [`Unopened`].
    pub fn reseal(&self, about: &str, sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
        self.seal(about, &self.open(about, sealed)?)
    }

    /// What everything begins with that was sealed with the newest key.
    #[must_use]
    pub fn newest_id(&self) -> [u8; KEY_ID_BYTES] {
        self.0.first().map_or([0; KEY_ID_BYTES], |key| key.id)
    }

    /// A hash that only this server can make. With another newest key it is another one.
    #[must_use]
    pub fn hash(&self, about: &[u8]) -> [u8; 32] {
        self.hashes(about).next().unwrap_or([0; 32])
    }

    /// That hash by each key, the newest first: what was found by it before stays to be found.
    pub fn hashes(&self, about: &[u8]) -> impl Iterator<Item = [u8; 32]> {
        self.0.iter().map(move |key| code::hash(key.secret.expose_secret(), about))
    }
}

impl Key {
    fn new(secret: Vec<u8>) -> Key {
        let mut id = [0; KEY_ID_BYTES];
        id.copy_from_slice(&code::hash(&secret, b"key id")[..KEY_ID_BYTES]);
        Key { id, secret: SecretSlice::from(secret) }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}

/// A nonce, and what it sealed.
fn seal(key: &[u8], about: &str, plain: &[u8]) -> Result<Vec<u8>, Unopened> {
    let cipher = XChaCha20Poly1305::new_from_slice(key).map_err(|_| Unopened)?;
    let nonce = XNonce::generate();
    let sealed =
        cipher.encrypt(&nonce, Payload { msg: plain, aad: about.as_bytes() }).map_err(|_| Unopened)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open(key: &[u8], about: &str, sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
    let cipher = XChaCha20Poly1305::new_from_slice(key).map_err(|_| Unopened)?;
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES).ok_or(Unopened)?;
    let nonce = XNonce::try_from(nonce).map_err(|_| Unopened)?;
    cipher.decrypt(&nonce, Payload { msg: sealed, aad: about.as_bytes() }).map_err(|_| Unopened)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;

    const OLD: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    const NEW: &str = "ff112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

    #[test]
    fn what_was_sealed_opens_only_whole_with_its_code_and_as_what_it_is() {
        let keys = Keys::read(OLD).unwrap();
        let code = Code::random();
        let sealed = keys.seal_for(&code.key("dossier"), "dossier 1", b"her letters").unwrap();
        assert!(!sealed.windows(3).any(|bytes| bytes == b"her"));
        assert_eq!(keys.open_with(&code.key("dossier"), "dossier 1", &sealed).unwrap(), b"her letters");
        assert!(keys.open_with(&Code::random().key("dossier"), "dossier 1", &sealed).is_err());
        assert!(keys.open_with(&code.key("dossier"), "dossier 2", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys.open_with(&code.key("dossier"), "dossier 1", &changed).is_err(), "byte {at}");
            assert!(keys.open_with(&code.key("dossier"), "dossier 1", &sealed[..at]).is_err(), "{at} bytes");
        }
    }

    #[test]
    fn an_older_key_still_opens_and_a_key_that_is_gone_doesnt() {
        let sealed = Keys::read(OLD).unwrap().seal("x", b"kept").unwrap();
        assert_eq!(Keys::read(&format!("{NEW}, {OLD}")).unwrap().open("x", &sealed).unwrap(), b"kept");
        assert!(Keys::read(NEW).unwrap().open("x", &sealed).is_err());
    }

    #[test]
    fn the_same_twice_never_looks_the_same() {
        let keys = Keys::of_the_demo();
        assert_ne!(keys.seal("x", b"kept").unwrap(), keys.seal("x", b"kept").unwrap());
    }

    #[test]
    fn what_isnt_a_key_is_refused_and_not_repeated() {
        for written in ["", "abc", &NEW[1..], &format!("{NEW},"), &NEW.replace('f', "g")] {
            let error = Keys::read(written).expect_err("not a key").to_string();
            assert!(written.is_empty() || !error.contains(written), "{error}");
        }
        assert_eq!(format!("{:?}", Keys::read(NEW).unwrap()), "Keys(1)");
    }
}
