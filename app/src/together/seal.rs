//! Sealing from browser to browser, with the browser's own cryptography.
//!
//! HKDF-SHA-256 makes three things of the code: the name under which the server lets two chairs meet, and a key for each
//! direction (AES-256-GCM). The header of a frame is authenticated with it; the nonce is random.

use domain::together::{Chair, Frame, Header, MeetingCode, NONCE_BYTES, Refused, pad, unpad};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

const SALT: &[u8] = b"herstelroute samen 1";
const NAME_BYTES: u32 = 32;

/// What a meeting's code makes.
pub struct Seal {
    /// What the server knows the meeting by; it says nothing of the keys.
    pub name: Vec<u8>,
    subtle: SubtleCrypto,
    mine: CryptoKey,
    theirs: CryptoKey,
}

/// A code that nobody had before. `None`: this browser has no cryptography here, for it wants a safe connection.
pub fn new_code() -> Option<MeetingCode> {
    let mut random = [0; 20];
    crypto()?.get_random_values_with_u8_array(&mut random).ok()?;
    Some(MeetingCode::of(&random))
}

fn crypto() -> Option<Crypto> {
    let crypto = web_sys::window()?.crypto().ok()?;
    // Typed as always there; over an open connection it isn't.
    let subtle: &JsValue = &crypto.subtle();
    (!subtle.is_undefined()).then_some(crypto)
}

impl Seal {
    /// `None`: this browser has no cryptography here.
    pub async fn of(code: &MeetingCode, chair: Chair) -> Option<Seal> {
        Self::derive(code, chair).await.ok()
    }

    async fn derive(code: &MeetingCode, chair: Chair) -> Result<Seal, JsValue> {
        let subtle = crypto().ok_or(JsValue::UNDEFINED)?.subtle();
        let secret = Uint8Array::from(code.signs().as_bytes());
        let usages = Array::of2(&"deriveBits".into(), &"deriveKey".into());
        let secret = JsFuture::from(subtle.import_key_with_str("raw", &secret, "HKDF", false, &usages)?)
            .await?
            .unchecked_into::<CryptoKey>();
        let name =
            JsFuture::from(subtle.derive_bits_with_object(&hkdf("name")?, &secret, NAME_BYTES * 8)?).await?;
        let mine = sealing_key(&subtle, &secret, chair).await?;
        let theirs = sealing_key(&subtle, &secret, chair.other()).await?;
        Ok(Seal { name: Uint8Array::new(&name).to_vec(), subtle, mine, theirs })
    }

    /// A frame with the message in it. `None`: the message is too long.
    pub async fn seal(&self, header: Header, message: &[u8]) -> Option<Vec<u8>> {
        let padded = pad(message)?;
        let mut nonce = [0; NONCE_BYTES];
        crypto()?.get_random_values_with_u8_array(&mut nonce).ok()?;
        let algorithm = aes(&nonce, header).ok()?;
        let sealed = self.subtle.encrypt_with_object_and_u8_array(&algorithm, &self.mine, &padded).ok()?;
        let sealed = Uint8Array::new(&JsFuture::from(sealed).await.ok()?).to_vec();
        Some(Frame { header, nonce: &nonce, sealed: &sealed }.to_bytes())
    }

    /// The message in a frame.
    ///
    /// # Errors
    /// It wasn't sealed by the other chair of this meeting, or was changed on the way.
    pub async fn open(&self, frame: Frame<'_>) -> Result<Vec<u8>, Refused> {
        let padded = self.unseal(frame).await.map_err(|_| Refused::Foreign)?;
        unpad(&padded).map(<[u8]>::to_vec)
    }

    async fn unseal(&self, frame: Frame<'_>) -> Result<Vec<u8>, JsValue> {
        let algorithm = aes(frame.nonce, frame.header)?;
        let opened = self.subtle.decrypt_with_object_and_u8_array(&algorithm, &self.theirs, frame.sealed)?;
        Ok(Uint8Array::new(&JsFuture::from(opened).await?).to_vec())
    }
}

/// The key with which a chair seals.
async fn sealing_key(subtle: &SubtleCrypto, secret: &CryptoKey, of: Chair) -> Result<CryptoKey, JsValue> {
    let key = object(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let key = subtle.derive_key_with_object_and_object(&hkdf(of.id())?, secret, &key, false, &usages)?;
    Ok(JsFuture::from(key).await?.unchecked_into())
}

fn hkdf(about: &str) -> Result<Object, JsValue> {
    let bytes = |bytes: &[u8]| Uint8Array::from(bytes).into();
    object(&[
        ("name", "HKDF".into()),
        ("hash", "SHA-256".into()),
        ("salt", bytes(SALT)),
        ("info", bytes(about.as_bytes())),
    ])
}

fn aes(nonce: &[u8; NONCE_BYTES], header: Header) -> Result<Object, JsValue> {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(&nonce[..]).into()),
        ("additionalData", Uint8Array::from(&header.to_bytes()[..]).into()),
    ])
}

fn object(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object)
}
