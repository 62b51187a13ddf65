//! From a browser that wants in to an account: there and back again, once, in the same browser.

use app::desk::Refused;
use data_encoding::HEXLOWER;

use super::provider::{Brought, Identity, NotIdentified, Provider, Trip, Unreachable, Untrusted};
use super::store::Known;
use super::{Accounts, staff};
use crate::clock::Now;
use crate::code::{self, Code, Finder};
use crate::store::StoreError;

/// Signing in somewhere takes a while, with a phone in the other hand. In seconds.
pub const TRIP_LASTS: i64 = 10 * 60;

/// Someone who is to go to her provider.
#[derive(Debug)]
pub struct Departure {
    /// For her browser's cookie alone.
    pub secret: String,
    pub address: String,
}

/// Why someone isn't signed in.
#[derive(Debug)]
pub enum SignInError {
    Refused(Refused),
    Unreachable,
    Store(StoreError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> SignInError {
        SignInError::Store(error)
    }
}

impl From<Unreachable> for SignInError {
    fn from(_: Unreachable) -> SignInError {
        SignInError::Unreachable
    }
}

impl From<NotIdentified> for SignInError {
    fn from(why: NotIdentified) -> SignInError {
        match why {
            NotIdentified::Unreachable => SignInError::Unreachable,
            NotIdentified::Stopped => SignInError::Refused(Refused::Stopped),
            NotIdentified::Untrusted(Untrusted::Assurance) => SignInError::Refused(Refused::NotSureEnough),
            NotIdentified::Untrusted(why) => {
                tracing::warn!(?why, "someone who came back from the login provider wasn't let in");
                SignInError::Refused(Refused::Untrusted)
            }
        }
    }
}

impl Accounts {
    /// Sends someone to her provider; a new helper brings the code of her invitation.
    ///
    /// # Errors
    /// The code opens nothing, the provider doesn't answer, or the database doesn't.
    pub async fn depart(
        &self,
        provider: &Provider,
        invitation: Option<&Code>,
        now: Now,
    ) -> Result<Departure, SignInError> {
        let invitation = invitation.map(|code| code.finder(staff::INVITATION));
        if let Some(invitation) = invitation
            && self.store.invited(invitation, now.at).await?.is_none()
        {
            return Err(SignInError::Refused(Refused::UnknownInvitation));
        }
        let secret = HEXLOWER.encode(&code::random_bytes(b"sign-in"));
        let address = provider.address(&Trip(&secret), now).await?;
        self.store.keep_sign_in(trip_finder(&secret), invitation, now.at + TRIP_LASTS).await?;
        Ok(Departure { secret, address })
    }

    /// Whose account it is, now that she came back with what her provider gave her. Coming back works once.
    ///
    /// # Errors
    /// Anything that doesn't fit, or she has no account here.
    pub async fn arrive(
        &self,
        provider: &Provider,
        secret: &str,
        brought: Brought,
        now: Now,
    ) -> Result<String, SignInError> {
        let trip = Trip(secret);
        let untrusted = || SignInError::Refused(Refused::Untrusted);
        if !trip.is_of(&brought.state) {
            return Err(untrusted());
        }
        let invitation = self.store.take_sign_in(trip_finder(secret), now.at).await?;
        let invitation = invitation.ok_or_else(untrusted)?;
        let identity = provider.identify(&trip, brought, now).await?;
        self.account_of(&identity, invitation, now).await
    }

    async fn account_of(
        &self,
        identity: &Identity,
        invitation: Option<Finder>,
        now: Now,
    ) -> Result<String, SignInError> {
        let Identity { issuer, subject, .. } = identity;
        if let Some(known) = self.store.known(issuer, subject).await? {
            if known.is_blocked {
                return Err(SignInError::Refused(Refused::Blocked));
            }
            fits(identity, &known)?;
            return Ok(known.staff.id);
        }
        let refused = SignInError::Refused(Refused::NotInvited);
        let Some(invitation) = invitation else { return Err(refused) };
        let Some(known) = self.store.invited(invitation, now.at).await? else { return Err(refused) };
        fits(identity, &known)?;
        if self.store.accept(invitation, [issuer, subject], now.at).await? {
            Ok(known.staff.id)
        } else {
            Err(SignInError::Refused(Refused::UnknownInvitation))
        }
    }
}

/// A copy of the database doesn't tell what the browser's cookie holds.
fn trip_finder(secret: &str) -> Finder {
    Finder::of_secret(secret, "sign-in")
}

/// She works for the organisation that she was invited for, or for none as she was.
fn fits(identity: &Identity, known: &Known) -> Result<(), SignInError> {
    match (&identity.represented, &known.represented) {
        (Ok(None), Some(_)) => Err(SignInError::Refused(Refused::NoOrganisation)),
        (Ok(told), expected) if told == expected => Ok(()),
        _ => Err(SignInError::Refused(Refused::ForeignOrganisation)),
    }
}
