//! What travels: a header in the open, and behind it what only the other chair can open.
//!
//! `version (1) · chair (1) · epoch (8) · number (4) · nonce (12) · sealed`. A frame has one of a few sizes, so that its
//! length tells little. The header is authenticated with what is sealed, so nobody can change or exchange it.

use super::Chair;

/// The sizes that frames have, in bytes.
pub const SIZES: [usize; 5] = [256, 1_024, 4_096, 16_384, MOST_FRAME_BYTES];
/// The largest frame that one browser sends the other, in bytes.
pub const MOST_FRAME_BYTES: usize = 32 * 1_024;

pub const NONCE_BYTES: usize = 12;
/// What AES-GCM adds to what it seals.
pub const TAG_BYTES: usize = 16;

const VERSION: u8 = 1;
const HEADER_BYTES: usize = 14;
const LENGTH_BYTES: usize = 2;
/// What isn't message in a frame.
const OVERHEAD: usize = HEADER_BYTES + NONCE_BYTES + LENGTH_BYTES + TAG_BYTES;

/// The longest message that fits into a frame, in bytes.
pub const MOST_MESSAGE_BYTES: usize = MOST_FRAME_BYTES - OVERHEAD;

/// Who sent a frame, and when in the order of what that chair sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub chair: Chair,
    /// Higher with each page that a chair opens.
    pub epoch: u64,
    /// Counts the frames of an epoch.
    pub number: u32,
}

/// Why a frame or a message was refused. Nothing of it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not of this shape, size or version.
    Malformed,
    /// From the chair that it is sent to.
    OwnChair,
    /// Seen before, or older than what was seen.
    Replayed,
    /// Not sealed with this meeting's keys, or changed on the way.
    Foreign,
}

/// A frame, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    pub header: Header,
    pub nonce: &'a [u8; NONCE_BYTES],
    pub sealed: &'a [u8],
}

impl Header {
    /// The bytes that go in the open, and that the seal vouches for.
    #[must_use]
    pub fn to_bytes(self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[0] = VERSION;
        bytes[1] = match self.chair {
            Chair::Parent => 0,
            Chair::Helper => 1,
        };
        bytes[2..10].copy_from_slice(&self.epoch.to_be_bytes());
        bytes[10..].copy_from_slice(&self.number.to_be_bytes());
        bytes
    }

    fn read(bytes: &[u8; HEADER_BYTES]) -> Option<Header> {
        let [VERSION, chair, rest @ ..] = *bytes else { return None };
        let chair = match chair {
            0 => Chair::Parent,
            1 => Chair::Helper,
            _ => return None,
        };
        let (epoch, number) = rest.split_first_chunk()?;
        Some(Header {
            chair,
            epoch: u64::from_be_bytes(*epoch),
            number: u32::from_be_bytes(number.try_into().ok()?),
        })
    }
}

impl<'a> Frame<'a> {
    /// Takes apart what came in.
    ///
    /// # Errors
    /// It hasn't the shape or size of a frame.
    pub fn read(bytes: &'a [u8]) -> Result<Frame<'a>, Refused> {
        if !SIZES.contains(&bytes.len()) {
            return Err(Refused::Malformed);
        }
        let (header, rest) = bytes.split_first_chunk().ok_or(Refused::Malformed)?;
        let (nonce, sealed) = rest.split_first_chunk().ok_or(Refused::Malformed)?;
        Ok(Frame { header: Header::read(header).ok_or(Refused::Malformed)?, nonce, sealed })
    }

    /// The whole frame.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        [&self.header.to_bytes()[..], self.nonce, self.sealed].concat()
    }
}

/// A message with its length before it and noughts behind it, so that its frame has one of the [`SIZES`]. `None`: it is too
/// long for one.
#[must_use]
pub fn pad(message: &[u8]) -> Option<Vec<u8>> {
    let size = SIZES.into_iter().find(|size| message.len() + OVERHEAD <= *size)?;
    let mut padded = u16::try_from(message.len()).ok()?.to_be_bytes().to_vec();
    padded.extend_from_slice(message);
    padded.resize(size - HEADER_BYTES - NONCE_BYTES - TAG_BYTES, 0);
    Some(padded)
}

/// The message in what was padded.
///
/// # Errors
/// It wasn't padded by [`pad`].
pub fn unpad(padded: &[u8]) -> Result<&[u8], Refused> {
    let (length, rest) = padded.split_first_chunk().ok_or(Refused::Malformed)?;
    let (message, padding) =
        rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(Refused::Malformed)?;
    if padding.iter().any(|byte| *byte != 0) {
        return Err(Refused::Malformed);
    }
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: Header = Header { chair: Chair::Helper, epoch: 1_795_420_800_123, number: 7 };

    #[test]
    fn a_frame_has_one_of_a_few_sizes_and_comes_out_as_it_went_in() {
        for length in [0, 1, 212, 213, 980, 981, 4_052, 16_340, 16_341, MOST_MESSAGE_BYTES] {
            let message = vec![7; length];
            let padded = pad(&message).unwrap();
            let sealed = [padded.clone(), vec![0; TAG_BYTES]].concat();
            let bytes = Frame { header: HEADER, nonce: &[3; NONCE_BYTES], sealed: &sealed }.to_bytes();
            assert!(SIZES.contains(&bytes.len()), "{length} makes {}", bytes.len());
            let frame = Frame::read(&bytes).unwrap();
            assert_eq!((frame.header, frame.nonce, frame.sealed), (HEADER, &[3; NONCE_BYTES], &sealed[..]));
            assert_eq!(unpad(&padded), Ok(&message[..]));
        }
        assert_eq!(pad(&vec![7; MOST_MESSAGE_BYTES + 1]), None);
    }

    #[test]
    fn two_answers_of_different_length_make_frames_of_one_size() {
        assert_eq!(pad(b"ja").map(|padded| padded.len()), pad(&[b'n'; 200]).map(|padded| padded.len()));
    }

    #[test]
    fn what_was_padded_otherwise_is_refused() {
        for padded in [&[][..], &[0], &[0, 2, 1], &[0, 1, 1, 0, 1], &[0xff, 0xff, 0]] {
            assert_eq!(unpad(padded), Err(Refused::Malformed), "{padded:?}");
        }
    }

    #[test]
    fn another_version_chair_or_size_is_refused() {
        let mut bytes = vec![0; 256];
        bytes[..HEADER_BYTES].copy_from_slice(&HEADER.to_bytes());
        assert!(Frame::read(&bytes).is_ok());
        for (at, value) in [(0, 2), (1, 2)] {
            let mut other = bytes.clone();
            other[at] = value;
            assert_eq!(Frame::read(&other), Err(Refused::Malformed));
        }
        for length in [0, 13, 14, 26, 255, 257, 1_023] {
            assert_eq!(Frame::read(&vec![1; length]), Err(Refused::Malformed), "{length} bytes");
        }
    }
}
