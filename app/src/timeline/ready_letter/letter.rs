//! The letter itself, line by line: the same on the page, on paper and in a file.

use domain::calendar::Date;
use domain::parameters::terms;
use domain::timeline::Step;

use super::form::{Kind, Lodging};
use crate::content::{fill, ready_letter as text, timeline};

/// Who sends it; empty: left to write by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub name: String,
    pub street: String,
    pub town: String,
    pub reference: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub kind: Kind,
    pub sender: Sender,
    pub on: Date,
    pub subject: String,
    pub paragraphs: Vec<String>,
    /// Of an objection: whether it is in time.
    pub lodging: Option<Lodging>,
}

/// What stands in a file where something is left to write by hand.
const TO_WRITE: &str = "______________________________";

impl Letter {
    #[must_use]
    pub fn request_file(sender: Sender, on: Date) -> Letter {
        use text::request_file as words;
        let paragraphs = [words::ASK, words::LEFT_OUT, words::WHEN].map(str::to_owned).to_vec();
        Letter {
            kind: Kind::RequestFile,
            sender,
            on,
            subject: words::SUBJECT.to_owned(),
            paragraphs,
            lodging: None,
        }
    }

    /// Names the article that the penalty rests on (Awb 4:17).
    #[must_use]
    pub fn notice_of_default(
        sender: Sender,
        step: Step,
        requested_on: Date,
        end_on: Date,
        on: Date,
    ) -> Letter {
        use text::notice_of_default as words;
        let asked = text::late::ALL.iter().find(|(id, _)| *id == step.id()).map(|(_, late)| {
            format!("{} {}", fill(late.asked, "date", &requested_on.in_dutch()), late.waiting)
        });
        // How long she leaves the organisation is in the rules.
        let demand = match terms::NOTICE_OF_DEFAULT.at(on) {
            Some(weeks) => words::demand(timeline::weeks(weeks)),
            None => words::DEMAND_SOON.to_owned(),
        };
        let paragraphs = asked.into_iter().chain([
            words::over(end_on.in_dutch()),
            demand,
            words::PENALTY.to_owned(),
            text::CONFIRM.to_owned(),
        ]);
        Letter {
            kind: Kind::NoticeOfDefault,
            sender,
            on,
            subject: words::SUBJECT.to_owned(),
            paragraphs: paragraphs.collect(),
            lodging: None,
        }
    }

    /// Names the article that gives the organisation its time (Awb 7:10).
    #[must_use]
    pub fn objection(sender: Sender, step: Step, decision_on: Date, lodging: Lodging, on: Date) -> Letter {
        use text::objection as words;
        let about = text::decision::ALL.iter().find(|(id, _)| *id == step.id()).map(|(_, it)| it.about);
        let decided = words::against(decision_on.in_dutch());
        let lenient = match lodging {
            Lodging::WithLenience(until) => Some(words::lenient(until.in_dutch())),
            Lodging::ByLaw(_) | Lodging::Over => None,
        };
        let paragraphs = [about.map_or(decided.clone(), |about| format!("{decided} {about}"))]
            .into_iter()
            .chain(lenient)
            .chain([words::REASONS, words::FILE, words::TALK, words::TERM, text::CONFIRM].map(str::to_owned));
        Letter {
            kind: Kind::Objection,
            sender,
            on,
            subject: words::subject(decision_on.in_dutch()),
            paragraphs: paragraphs.collect(),
            lodging: Some(lodging),
        }
    }

    /// The whole letter as plain text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Sender { name, street, town, reference } = &self.sender;
        let or_line = |said: &String| if said.is_empty() { TO_WRITE.to_owned() } else { said.clone() };
        let mut parts = vec![
            [name, street, town].map(or_line).join("\n"),
            format!("{}\n{}: {TO_WRITE}", text::TO, text::ADDRESS),
            self.on.in_dutch(),
            format!("{}: {}", text::SUBJECT, self.subject),
        ];
        if !reference.is_empty() {
            parts.push(format!("{}: {reference}", text::REFERENCE_OF));
        }
        parts.push(text::GREETING.to_owned());
        parts.extend(self.paragraphs.iter().cloned());
        parts.push(text::CLOSING.to_owned());
        parts.push(format!("{}: {TO_WRITE}", text::SIGNATURE));
        parts.push(or_line(name));
        parts.join("\n\n") + "\n"
    }

    /// `brief-2026-11-22.txt`: a name that tells nothing of her.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-{}.txt", text::FILE_NAME, self.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_is_a_line_to_write_on() {
        let sender = Sender {
            name: "Anna Jansen".to_owned(),
            street: String::new(),
            town: "Utrecht".to_owned(),
            reference: "HT-1".to_owned(),
        };
        let letter = Letter::request_file(sender, Date::constant(2026, 11, 23));
        let text = letter.to_text();
        assert!(text.starts_with(&format!("Anna Jansen\n{TO_WRITE}\nUtrecht\n\n")), "{text}");
        assert!(text.contains("23 november 2026") && text.contains(": HT-1\n"), "{text}");
        assert!(text.ends_with("\n\nAnna Jansen\n"), "{text}");
        assert_eq!(letter.file_name(), "brief-2026-11-23.txt");
    }
}
