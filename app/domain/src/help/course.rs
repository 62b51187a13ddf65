//! The course of a request: from received to closed, and who may do what on the way.

use crate::word::words;

words! {
    /// Where a request is.
    State {
        Received = "received",
        /// A helper picked it up, and still has to get in touch.
        Matched = "matched",
        InContact = "in_contact",
        Closed = "closed",
        /// She took it back. Nothing personal is left of it.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// How the help ended, as the helper tells it.
    Outcome {
        Helped = "helped",
        /// Someone or something else helps her now.
        Referred = "referred",
        /// She couldn't be reached in the ways that she gave.
        NotReached = "not_reached",
        StoppedByHer = "stopped_by_her",
    }
}

words! {
    /// What can be done with a request.
    Act {
        /// A helper picks it up.
        Claim = "claim",
        /// A helper was in touch with her.
        Contact = "contact",
        /// A helper puts it back on the list.
        Release = "release",
        /// A helper or a coordinator gives it to another helper.
        HandOver = "hand_over",
        Close = "close",
        /// She doesn't want this helper, and needn't say why.
        Decline = "decline",
        /// She changes how she can be reached.
        Change = "change",
        Withdraw = "withdraw",
    }
}

words! {
    /// What happened to a request, as she and who has it see it.
    Event {
        Made = "made",
        /// Someone read what is personal in it.
        Opened = "opened",
        Claimed = "claimed",
        /// A helper tried to reach her.
        Tried = "tried",
        Contacted = "contacted",
        Released = "released",
        HandedOver = "handed_over",
        Closed = "closed",
        Declined = "declined",
        Changed = "changed",
        /// She answered the two questions at the end.
        Answered = "answered",
        Withdrawn = "withdrawn",
        /// What is personal in it was deleted.
        Erased = "erased",
    }
}

impl State {
    /// Where an act leads; `None`: it can't be done here.
    #[must_use]
    pub const fn after(self, act: Act) -> Option<State> {
        match (self, act) {
            (State::Received, Act::Claim) => Some(State::Matched),
            (State::Matched | State::InContact, Act::Contact) => Some(State::InContact),
            (State::Matched | State::InContact, Act::Release | Act::Decline) => Some(State::Received),
            (State::Received | State::Matched | State::InContact, Act::HandOver) => Some(State::Matched),
            (State::Matched | State::InContact, Act::Close) => Some(State::Closed),
            (State::Received | State::Matched | State::InContact, Act::Change) => Some(self),
            (State::Received | State::Matched | State::InContact | State::Closed, Act::Withdraw) => {
                Some(State::Withdrawn)
            }
            _ => None,
        }
    }

    /// A helper has it.
    #[must_use]
    pub const fn has_helper(self) -> bool {
        matches!(self, State::Matched | State::InContact)
    }

    /// Nothing more will happen.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, State::Closed | State::Withdrawn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_every_state_where_something_can_happen_she_can_take_it_back() {
        for state in State::ALL.iter().filter(|state| **state != State::Withdrawn) {
            assert_eq!(state.after(Act::Withdraw), Some(State::Withdrawn), "{state:?}");
        }
        for act in Act::ALL {
            assert_eq!(State::Withdrawn.after(*act), None, "{act:?}");
        }
    }

    #[test]
    fn what_is_picked_up_cant_be_picked_up_again() {
        assert_eq!(State::Received.after(Act::Claim), Some(State::Matched));
        for state in State::ALL.iter().filter(|state| **state != State::Received) {
            assert_eq!(state.after(Act::Claim), None, "{state:?}");
        }
    }

    #[test]
    fn only_who_has_a_helper_can_be_in_contact_be_closed_or_decline() {
        for state in State::ALL {
            for act in [Act::Contact, Act::Close, Act::Decline, Act::Release] {
                assert_eq!(state.after(act).is_some(), state.has_helper(), "{state:?} {act:?}");
            }
        }
    }

    /// Whatever is done, in any order, every state can be reached and left or is over.
    #[test]
    fn every_state_is_reached_and_none_is_a_trap() {
        let mut reached = vec![State::Received];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            for next in Act::ALL.iter().filter_map(|act| state.after(*act)) {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        reached.sort_unstable();
        assert_eq!(reached, State::ALL);
        for state in State::ALL {
            let goes_on = Act::ALL.iter().any(|act| state.after(*act).is_some_and(|next| next != *state));
            assert_eq!(goes_on, *state != State::Withdrawn, "{state:?}");
        }
    }
}
