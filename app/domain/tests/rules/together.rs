//! What two browsers tell each other: read as it was written, and nothing else.

mod target;

use domain::together::{
    Answer, CODE_LASTS, Chair, Control, Guidance, Happening, Log, MEETING_LASTS, MOST_BYTES_A_SECOND,
    Message, Note, Outcome, Part, Proposal, Question, Refused, View,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    "\\PC{0,40}"
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![Just(Answer::Covered), text().prop_map(Answer::Shown)]
}

fn control() -> impl Strategy<Value = Control> {
    prop_oneof![
        vec((text(), text()), 0..5).prop_map(Control::Choice),
        text().prop_map(Control::Check),
        Just(Control::Text),
        Just(Control::Amount),
        Just(Control::Lines),
    ]
}

fn question() -> impl Strategy<Value = Question> {
    (text(), text(), text(), control(), answer()).prop_map(|(id, label, hint, control, answer)| Question {
        id,
        label,
        hint,
        control,
        answer,
    })
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        text().prop_map(Part::Heading),
        question().prop_map(Part::Question),
        (text(), answer()).prop_map(|(label, text)| Part::Result { label, text }),
    ]
}

fn view() -> impl Strategy<Value = View> {
    ("/[a-z]{0,10}", text(), vec(part(), 0..40), any::<bool>())
        .prop_map(|(path, title, parts, is_cut)| View { path, title, parts, is_cut })
}

fn guidance() -> impl Strategy<Value = Guidance> {
    let note = (any::<u32>(), text()).prop_map(|(number, text)| Note { number, text });
    let proposal = (any::<u32>(), text(), text()).prop_map(|(number, question, value)| Proposal {
        number,
        question,
        value,
    });
    (text(), option::of(text()), vec(note, 0..10), vec(proposal, 0..40))
        .prop_map(|(name, pointed, notes, proposals)| Guidance { name, pointed, notes, proposals })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![Just(Outcome::Accepted), Just(Outcome::Changed), Just(Outcome::Declined)]
}

fn message() -> impl Strategy<Value = (Message, Chair)> {
    prop_oneof![
        Just((Message::Here, Chair::Helper)),
        view().prop_map(|view| (Message::View(view), Chair::Parent)),
        vec((any::<u16>(), answer()), 0..20).prop_map(|all| (Message::Answers(all), Chair::Parent)),
        vec((any::<u32>(), outcome()), 0..20).prop_map(|all| (Message::Settled(all), Chair::Parent)),
        guidance().prop_map(|guidance| (Message::Guidance(guidance), Chair::Helper)),
    ]
}

proptest! {
    #[test]
    fn a_message_is_read_as_it_was_written((message, from) in message()) {
        let bytes = message.encode().expect("these are short");
        prop_assert_eq!(Message::decode(&bytes, from), Ok(message));
    }

    #[test]
    fn a_message_that_is_cut_off_or_goes_on_is_refused((message, from) in message(), at in any::<prop::sample::Index>()) {
        let bytes = message.encode().expect("these are short");
        prop_assert_eq!(Message::decode(&bytes[..at.index(bytes.len())], from), Err(Refused::Malformed));
        prop_assert_eq!(Message::decode(&[&bytes[..], &[0]].concat(), from), Err(Refused::Malformed));
    }

    #[test]
    fn a_chair_can_say_only_what_is_its_own((message, from) in message()) {
        let bytes = message.encode().expect("these are short");
        let is_for_both = matches!(message, Message::Here);
        prop_assert_eq!(Message::decode(&bytes, from.other()).is_ok(), is_for_both);
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in vec(any::<u8>(), 0..600)) {
        target::any_bytes(&bytes);
    }

    /// Close to what is true, so that the decoder gets deep.
    #[test]
    fn a_message_with_some_bytes_changed_is_refused_or_read(
        (message, _) in message(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = message.encode().expect("these are short");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        target::any_bytes(&bytes);
    }

    #[test]
    fn what_changed_on_a_page_makes_the_one_page_of_the_other(before in view(), answers in vec(answer(), 40)) {
        let mut now = before.clone();
        for (part, new) in now.parts.iter_mut().zip(answers) {
            if let Part::Question(Question { answer, .. }) | Part::Result { text: answer, .. } = part {
                *answer = new;
            }
        }
        let changes = now.changes_since(&before).expect("only answers differ");
        let mut followed = before.clone();
        followed.change(&changes);
        prop_assert_eq!(&followed, &now);
        prop_assert_eq!(changes.is_empty(), before == now);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_page_of_any_length_can_be_told(parts in vec(part(), 0..400)) {
        let view = View { path: "/bedragen".to_owned(), parts, ..View::default() };
        let told = view.clone().cut_to_fit();
        prop_assert!(Message::View(told.clone()).encode().is_some());
        prop_assert_eq!(told.is_cut, told.parts.len() < view.parts.len());
    }
}

/// As the design has them, in plain numbers.
#[test]
fn a_meeting_keeps_to_its_limits() {
    assert_eq!((CODE_LASTS, MEETING_LASTS, MOST_BYTES_A_SECOND), (900, 7_200, 65_536));
}

#[test]
fn a_page_that_is_too_long_is_cut_no_further_than_it_must() {
    let text = |length: usize| Part::Heading("x".repeat(length));
    let view = |parts: Vec<Part>| View { path: "/bedragen".to_owned(), parts, ..View::default() };
    let long = view((0..400).map(|_| text(400)).collect()).cut_to_fit();
    assert!(long.is_cut && !long.parts.is_empty());
    let short = view(vec![text(10)]);
    assert_eq!(short.clone().cut_to_fit(), short);
}

#[test]
fn a_log_holds_what_came_first_and_nothing_twice_in_a_row() {
    let noted = |number: u64| Happening::Noted { text: number.to_string() };
    let mut log = Log::default();
    log.add(1, noted(1));
    log.add(2, noted(1));
    assert_eq!(log.iter().count(), 1);
    for number in 2..1_200 {
        log.add(number, noted(number));
    }
    assert_eq!(log.iter().count(), 1_000);
    assert_eq!(log.iter().next_back(), Some(&(1_000, noted(1_000))));
}

#[test]
fn another_question_is_another_page() {
    let question = |id: &str| {
        let (id, label, hint) = (id.to_owned(), String::new(), String::new());
        Part::Question(Question { id, label, hint, control: Control::Text, answer: Answer::Covered })
    };
    let page = |parts: Vec<Part>| View { path: "/keuzehulp".to_owned(), parts, ..View::default() };
    let before = page(vec![question("a")]);
    assert_eq!(page(vec![question("b")]).changes_since(&before), None);
    assert_eq!(page(vec![question("a"), question("b")]).changes_since(&before), None);
    assert_eq!(before.changes_since(&before), Some(Vec::new()));
}

#[test]
fn a_page_of_another_site_is_refused() {
    for path in [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/\t/example.org",
        "javascript:alert(1)",
        "",
    ] {
        let view = View { path: path.to_owned(), ..View::default() };
        let bytes = Message::View(view).encode().expect("this is short");
        assert_eq!(Message::decode(&bytes, Chair::Parent), Err(Refused::Malformed), "{path:?}");
    }
}

#[test]
fn a_name_and_a_note_are_one_short_line() {
    assert_eq!(Guidance::name("  Fatima \n de\u{7}Vries "), "Fatima de Vries");
    assert_eq!(Guidance::name(&"é".repeat(100)).chars().count(), 60);
    let mut guidance = Guidance::default();
    assert_eq!(guidance.note(1, " \n "), None);
    for number in 1..=12 {
        guidance.note(number, &"n".repeat(500));
    }
    let numbers: Vec<u32> = guidance.notes.iter().map(|note| note.number).collect();
    assert_eq!(numbers, (3..=12).collect::<Vec<_>>());
    let bytes = Message::Guidance(guidance).encode().expect("this is short");
    assert!(Message::decode(&bytes, Chair::Helper).is_ok());
}

#[test]
fn a_second_proposal_for_a_question_replaces_the_first() {
    let mut guidance = Guidance::default();
    let proposal = |number, question: &str, value: &str| Proposal {
        number,
        question: question.to_owned(),
        value: value.to_owned(),
    };
    assert!(guidance.propose(proposal(1, "received", "1000")));
    assert!(guidance.propose(proposal(2, "received", "2000")));
    assert_eq!(guidance.proposals, [proposal(2, "received", "2000")]);
    assert!(!guidance.propose(proposal(3, "story", &"é".repeat(4_001))));
    assert!(
        (0..)
            .map(|number| proposal(number, &format!("q{number}"), ""))
            .take(60)
            .any(|it| !guidance.propose(it))
    );
    assert!(Message::Guidance(guidance).encode().is_some());
}

#[test]
fn a_value_that_a_question_doesnt_have_is_no_answer() {
    let choice = Control::Choice(vec![("yes".to_owned(), "Ja".to_owned())]);
    assert_eq!(choice.in_words("yes").as_deref(), Some("Ja"));
    assert_eq!(choice.in_words("maybe"), None);
    assert_eq!(Control::Check("yes".to_owned()).in_words("on"), None);
    assert_eq!(Control::Amount.in_words("1\n2"), None);
}
