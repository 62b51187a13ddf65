//! A calendar as a file (RFC 5545): whole days, nothing that rings, nothing that repeats.

use domain::Date;

/// A line holds no more octets (3.1).
const MOST_OCTETS: usize = 75;

/// A file in the making.
pub struct File {
    text: String,
    made_on: Date,
}

impl File {
    #[must_use]
    pub fn new(made_on: Date) -> File {
        let mut file = File { text: String::new(), made_on };
        file.line("BEGIN:VCALENDAR");
        file.line("VERSION:2.0");
        file.line("PRODID:-//Herstelroute//Tijdlijn//NL");
        file
    }

    /// Adds one whole day.
    pub fn day(&mut self, id: &str, on: Date, title: &str, words: &str) {
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{id}@herstelroute"));
        self.line(&format!("DTSTAMP:{}T000000Z", basic(self.made_on)));
        self.line(&format!("DTSTART;VALUE=DATE:{}", basic(on)));
        self.line(&format!("SUMMARY:{}", escaped(title)));
        self.line(&format!("DESCRIPTION:{}", escaped(words)));
        self.line("CLASS:PRIVATE");
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    #[must_use]
    pub fn finish(mut self) -> String {
        self.line("END:VCALENDAR");
        self.text
    }

    /// Writes one line; a long one goes on behind a space on the next, never in the middle of a letter.
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for letter in line.chars() {
            if octets + letter.len_utf8() > MOST_OCTETS {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(letter);
            octets += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// `20261122`.
fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// What means something in a file is told apart from what is said (3.3.11); what no line may hold goes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(words: &str) -> String {
        let mut file = File::new(Date::constant(2026, 11, 23));
        file.day("statutory-damage", Date::constant(2026, 12, 1), "Herstelroute: termijn", words);
        file.finish()
    }

    /// Reads a file as a calendar does: folded lines are one line, and what was escaped means itself again.
    fn description(file: &str) -> String {
        let whole = file.replace("\r\n ", "");
        let line = whole.split("\r\n").find_map(|line| line.strip_prefix("DESCRIPTION:")).expect("a line");
        let mut letters = line.chars();
        let mut out = String::new();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next() {
                    Some('n') => out.push('\n'),
                    Some(other) => out.push(other),
                    None => panic!("nothing behind the backslash"),
                },
                ';' | ',' => panic!("not escaped: {line}"),
                letter => out.push(letter),
            }
        }
        out
    }

    #[test]
    fn a_file_holds_whole_days_and_ends_its_lines_as_it_must() {
        assert_eq!(
            one("De wet geeft tijd tot en met 1 december 2026, meer niet."),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Herstelroute//Tijdlijn//NL\r\nBEGIN:VEVENT\r\n\
             UID:statutory-damage@herstelroute\r\nDTSTAMP:20261123T000000Z\r\nDTSTART;VALUE=DATE:20261201\r\n\
             SUMMARY:Herstelroute: termijn\r\n\
             DESCRIPTION:De wet geeft tijd tot en met 1 december 2026\\, meer niet.\r\n\
             CLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_said_comes_back_as_it_was(words in any::<String>()) {
            let said: String = words.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
            prop_assert_eq!(description(&one(&words)), said);
        }

        #[test]
        fn no_line_is_longer_than_it_may_be_and_none_breaks_a_letter(words in "[a-z€é𝟙;,\\\\]{0,400}") {
            let file = one(&words);
            prop_assert!(file.ends_with("\r\n"));
            for line in file.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= MOST_OCTETS, "{}", line);
                prop_assert!(!line.contains(['\r', '\n']));
            }
        }
    }
}
