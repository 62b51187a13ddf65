//! What a mail says.

use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use app::content::mail as texts;
use app::shell::Site;
use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};

use super::{Address, Kind};

/// Who writes, and what stands under each mail.
#[derive(Clone, Debug)]
pub struct Sender {
    from: Mailbox,
    /// Where the portal is found; without it, readers look for it themselves.
    home: Option<String>,
    operator: String,
    phone: String,
    demo: bool,
}

impl Sender {
    /// Mails of a portal, from an address (`Name <address>`, or bare).
    ///
    /// # Errors
    /// One of the addresses isn't one.
    pub fn new(from: &str, public_address: Option<&str>, site: &Site) -> Result<Sender> {
        let is_http = |address: &str| address.starts_with("https://") || address.starts_with("http://");
        ensure!(public_address.is_none_or(is_http), "--public-address doesn't begin with https://");
        Ok(Sender {
            from: from.parse().ok().context("--mail-from isn't a mail address")?,
            home: public_address.map(|address| address.trim_end_matches('/').to_owned()),
            operator: site.operator.clone(),
            phone: site.helpline.phone.clone(),
            demo: site.demo,
        })
    }

    /// A mail, the same however often it is made: who gets it twice sees it once.
    pub(super) fn letter(
        &self,
        kind: Kind,
        to: &Address,
        id: &str,
        made_at: i64,
    ) -> Result<Message, lettre::error::Error> {
        let made = UNIX_EPOCH + Duration::from_secs(u64::try_from(made_at).unwrap_or(0));
        let automatic =
            HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let (subject, text) = words(kind);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.0.clone()))
            .subject(subject)
            .date(made)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .raw_header(automatic)
            .header(ContentType::TEXT_PLAIN)
            .body(self.body(kind, text))
    }

    fn body(&self, kind: Kind, text: &str) -> String {
        let way = match (&self.home, kind) {
            (Some(home), Kind::Invitation) => format!("{}\n{home}{SIGN_IN}", texts::TO_ADDRESS),
            (Some(home), _) => format!("{}\n{home}/", texts::TO_ADDRESS),
            (None, _) => texts::WITHOUT_ADDRESS.to_owned(),
        };
        let helpline = texts::helpline(&self.operator, &self.phone);
        let demo = if self.demo { format!("\n\n{}", texts::DEMO) } else { String::new() };
        format!("{text}\n\n{way}\n\n{helpline}\n\n{}{demo}\n", texts::NO_REPLY)
    }
}

/// Where helpers sign in.
const SIGN_IN: &str = "/inloggen";

/// Subject and text.
fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::News => (texts::news::SUBJECT, texts::news::TEXT),
        Kind::Reminder => (texts::reminder::SUBJECT, texts::reminder::TEXT),
        Kind::Invitation => (texts::invitation::SUBJECT, texts::invitation::TEXT),
    }
}

#[cfg(test)]
mod tests {
    use app::shell::{Assets, Helpline};

    use super::*;

    fn sender(home: Option<&str>) -> Sender {
        let site = Site {
            operator: "Stichting Voorbeeld".into(),
            helpline: Helpline { phone: "030-1234567".into(), hours: None },
            demo: false,
            assets: Assets::default(),
        };
        Sender::new("Herstelroute <post@voorbeeld.example>", home, &site).expect("a sender")
    }

    #[test]
    fn a_mail_holds_nothing_but_who_to_call_and_where_to_go() {
        let to = Address::parse("merkteken5150@gezin.example").expect("an address");
        for kind in Kind::ALL {
            for home in [None, Some("https://herstel.example/")] {
                let sender = sender(home);
                let body = sender.body(kind, words(kind).1);
                assert!(body.contains("Stichting Voorbeeld") && body.contains("030-1234567"), "{body}");
                assert_eq!(body.contains("https://herstel.example/"), home.is_some(), "{body}");
                assert!(!body.contains("example//"), "{body}");
                let mail = sender.letter(kind, &to, "id5151", 0).expect("a mail").formatted();
                let mail = String::from_utf8(mail).expect("ASCII");
                assert_eq!(mail.matches("merkteken5150").count(), 1, "only in To: {mail}");
                assert_eq!(mail.matches("id5151").count(), 1, "only in Message-ID: {mail}");
                assert_eq!(
                    mail,
                    String::from_utf8(sender.letter(kind, &to, "id5151", 0).expect("a mail").formatted())
                        .expect("ASCII")
                );
            }
        }
        let invitation = sender(Some("https://herstel.example")).body(Kind::Invitation, "");
        assert!(invitation.contains("https://herstel.example/inloggen\n"), "{invitation}");
    }

    #[test]
    fn its_sentences_are_short() {
        for kind in Kind::ALL {
            let body = sender(None).body(kind, words(kind).1);
            for sentence in body.split(['.', '?', '\n']) {
                assert!(sentence.split_whitespace().count() <= 10, "{sentence}");
            }
        }
    }
}
