//! Where a sentence ends.

/// The sentences of a text; what doesn't end as one is a sentence too, up to its end.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, end) in text.match_indices(['.', '?', '!', '…']) {
        let after = &text[at + end.len()..];
        let closed = after.strip_prefix(['”', '’', ')']).unwrap_or(after);
        let is_end = closed.is_empty()
            || closed.strip_prefix(' ').is_some_and(|next| !next.starts_with(char::is_lowercase));
        if is_end {
            let to = text.len() - closed.len();
            found.push(text[from..to].trim());
            from = to;
        }
    }
    found.push(text[from..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

#[test]
fn a_text_is_read_sentence_by_sentence() {
    assert_eq!(
        sentences("Bel 0800-0113. “Echt waar?” Ja! U krijgt € 30.000 (art. 2.3) of niet"),
        ["Bel 0800-0113.", "“Echt waar?”", "Ja!", "U krijgt € 30.000 (art.", "2.3) of niet"]
    );
}
