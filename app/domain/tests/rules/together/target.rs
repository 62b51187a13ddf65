//! What must hold of any bytes that arrive: the fuzz target and the properties share it.

use domain::together::{Chair, Frame, Message, pad, unpad};

/// Nothing panics; what is taken is written the same way again.
pub fn any_bytes(bytes: &[u8]) {
    if let Ok(frame) = Frame::read(bytes) {
        assert_eq!(frame.to_bytes(), bytes);
    }
    if let Ok(message) = unpad(bytes) {
        let padded = pad(message).expect("what was in a frame fits into one");
        assert_eq!(unpad(&padded), Ok(message));
    }
    for from in Chair::ALL.iter().copied() {
        if let Ok(message) = Message::decode(bytes, from) {
            let encoded = message.encode().expect("what was read can be told");
            assert_eq!(Message::decode(&encoded, from), Ok(message));
        }
    }
}
