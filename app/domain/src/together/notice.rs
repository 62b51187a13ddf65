//! What the server itself tells a chair: never anything of what is sealed.

use std::fmt;

use super::Chair;
use crate::word::words;

words! {
    /// Why a meeting is over, or this chair's part in it.
    Ending {
        StoppedByParent = "stopped_by_parent",
        StoppedByHelper = "stopped_by_helper",
        /// It lasted as long as one may.
        TimeIsUp = "time_is_up",
        /// It carried more than a meeting may.
        TooMuch = "too_much",
        /// The same chair was taken in another tab: the meeting goes on there.
        Elsewhere = "elsewhere",
        /// No such meeting: never, or not any more.
        Unknown = "unknown",
    }
}

impl Ending {
    /// Who sits there stopped.
    #[must_use]
    pub const fn stopped_by(chair: Chair) -> Ending {
        match chair {
            Chair::Parent => Ending::StoppedByParent,
            Chair::Helper => Ending::StoppedByHelper,
        }
    }
}

/// Who a signed-in helper is, as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    pub name: String,
    pub organisation: Option<String>,
    /// What they are, in words.
    pub role: String,
}

/// One thing that the server tells a chair. It travels as lines of text: a word, and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Nobody used the code yet.
    Waiting,
    /// Someone used the code; with a badge when they are signed in here.
    Joined(Option<Badge>),
    Ended(Ending),
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |text: &str| text.replace(['\n', '\r'], " ");
        match self {
            Notice::Waiting => f.write_str("waiting"),
            Notice::Joined(None) => f.write_str("joined"),
            Notice::Joined(Some(badge)) => {
                let organisation = badge.organisation.as_deref().unwrap_or_default();
                write!(f, "joined\n{}\n{}\n{}", line(&badge.role), line(&badge.name), line(organisation))
            }
            Notice::Ended(ending) => write!(f, "ended\n{}", ending.id()),
        }
    }
}

impl Notice {
    /// Reads what a server wrote. `None`: this is no notice.
    #[must_use]
    pub fn parse(text: &str) -> Option<Notice> {
        let lines: Vec<&str> = text.split('\n').collect();
        match lines[..] {
            ["waiting"] => Some(Notice::Waiting),
            ["joined"] => Some(Notice::Joined(None)),
            ["joined", role, name, organisation] => Some(Notice::Joined(Some(Badge {
                name: name.to_owned(),
                organisation: Some(organisation).filter(|it| !it.is_empty()).map(ToOwned::to_owned),
                role: role.to_owned(),
            }))),
            ["ended", ending] => Ending::parse(ending).map(Notice::Ended),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let badge = |organisation: Option<&str>| {
            Notice::Joined(Some(Badge {
                name: "Fatima de Vries".to_owned(),
                organisation: organisation.map(ToOwned::to_owned),
                role: "ondersteuner".to_owned(),
            }))
        };
        let endings = Ending::ALL.iter().copied().map(Notice::Ended);
        let others = [Notice::Waiting, Notice::Joined(None), badge(None), badge(Some("Gemeente Voorbeeld"))];
        for notice in endings.chain(others) {
            assert_eq!(Notice::parse(&notice.to_string()), Some(notice));
        }
    }

    #[test]
    fn a_name_with_lines_in_it_makes_no_other_notice() {
        let name = "Fatima\nended\nunknown".to_owned();
        let notice = Notice::Joined(Some(Badge { name, organisation: None, role: String::new() }));
        let Some(Notice::Joined(Some(badge))) = Notice::parse(&notice.to_string()) else {
            panic!("{notice}");
        };
        assert_eq!(badge.name, "Fatima ended unknown");
    }

    #[test]
    fn anything_else_is_no_notice() {
        for text in ["", "hello", "joined\nname", "ended", "ended\nother", "waiting\n", "joined\na\nb\nc\nd"]
        {
            assert_eq!(Notice::parse(text), None, "{text:?}");
        }
    }
}
