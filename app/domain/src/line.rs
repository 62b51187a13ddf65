//! Text on one line, wherever it is shown: on a page, in a list, on a terminal.

/// What was typed, with single spaces between, and no longer than that. Signs that do something to what stands around them
/// (move a terminal's cursor, turn the direction of a line round) aren't text.
#[must_use]
pub fn one_line(typed: &str, most_characters: usize) -> String {
    let clean: String = typed.chars().map(|sign| if is_command(sign) { ' ' } else { sign }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(most_characters).collect()
}

/// Control characters, and Unicode's embeddings, overrides and isolates.
fn is_command(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_a_terminal_or_turns_a_line_round_goes() {
        assert_eq!(
            one_line("\u{1b}[2J Fatima\r\n\tde \u{202e}Vries\u{9b}\u{2066}", 60),
            "[2J Fatima de Vries"
        );
        assert_eq!(one_line("  é\u{301} اسم ", 60), "é\u{301} اسم");
        assert_eq!(one_line("een twee", 5), "een t");
    }
}
