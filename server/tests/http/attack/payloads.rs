//! What an attacker types: each does something where it is taken for more than text.

use std::env;

/// What would stand in an element, an attribute or a header of an attacker's making.
pub const MARK: &str = "geplant";

/// What is typed in a field, by its name.
pub type Fill = Box<dyn Fn(&str) -> Vec<u8>>;

/// Bytes: a form can send what no keyboard types.
const SHORT: [&[u8]; 30] = [
    // Elements.
    b"<script>geplant()</script>",
    b"</title></textarea></select></leptos-island></script><geplant>",
    b"<svg><script href=data:,geplant()></script><animate onbegin=geplant()>",
    b"<math><mi//xlink:href=\"data:x,<script>geplant()</script>\">",
    b"<img src=x onerror=geplant()><iframe srcdoc=geplant>",
    b"<noscript><p title=\"</noscript><geplant>\">",
    b"<template><geplant></template><!--geplant",
    b"]]><geplant/><?geplant",
    // Out of an attribute.
    b"\"><b class=\"geplant\">x</b>",
    b"' onmouseover='geplant()' x='",
    b"\" autofocus onfocus=\"geplant()\" x=\"",
    b"` onload=geplant() x=`",
    b"x/onpointerenter=geplant()/geplant",
    // Addresses.
    b"javascript:geplant()",
    b"java\tscript:geplant()//%0ageplant",
    b"data:text/html,<script>geplant()</script>",
    b"//geplant.example/..;/",
    // What was escaped already, or by something else.
    b"&quot;&gt;&lt;geplant&gt;&#60;geplant&#62;",
    b"\\u003cgeplant\\u003e\\x3cgeplant\\x3e%3Cgeplant%3E",
    b"{{constructor.constructor('geplant()')()}}${geplant}#{geplant}<%= geplant %>",
    // Sheets, headers, terminals, databases.
    b"=HYPERLINK(\"//geplant.example\";\"geplant\")",
    b"@SUM(A:A)*cmd|'/c geplant'!A",
    b"a\r\nSet-Cookie: geplant=geplant\r\n\r\n<geplant>",
    b"\x1b]0;geplant\x07\x1b[2J\x1b[31mgeplant\x9b",
    b"'; DROP TABLE staff; -- geplant",
    // Signs that hide, turn round or aren't there.
    b"a\0<geplant>\0",
    "\u{202e}\u{2066}tnalpeg<\u{2069}\u{feff}\u{200b}\u{200d}geplant".as_bytes(),
    "\u{fdd0}\u{ffff}\u{85}\u{2028}\u{2029}\u{fffd}geplant".as_bytes(),
    // A lone surrogate; `<` and `>` in more bytes than they have.
    b"\xed\xa0\x80<geplant>\xed\xbf\xbf",
    b"\xc0\xbcgeplant\xe0\x80\xbe\xff\xfe\xf8",
];

/// How many there are.
pub const COUNT: usize = SHORT.len() + 2;

/// One of them.
pub fn payload(number: usize) -> Vec<u8> {
    match number % COUNT {
        number if number < SHORT.len() => SHORT[number].to_vec(),
        number if number == SHORT.len() => b"<geplant \"".repeat(1_000),
        // One sign with thousands of marks on it.
        _ => "a\u{301}\u{35c}".repeat(2_000).into_bytes(),
    }
}

/// One for each place where something may stand.
pub fn of(field: &str, turn: usize) -> Vec<u8> {
    let place = field.bytes().fold(5_381_usize, |sum, byte| sum.wrapping_mul(33) ^ usize::from(byte));
    payload(place.wrapping_add(turn))
}

/// Text of the same shape that does nothing anywhere: as many letters, digits and gaps at the same places.
pub fn harmless(payload: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(payload);
    let plain = |sign: char| if sign.is_ascii_alphanumeric() || sign.is_whitespace() { sign } else { 'x' };
    text.chars().map(plain).collect::<String>().into_bytes()
}

/// Everything at once, for fields that nobody types in.
pub const EVERYTHING: &str =
    "geplant\"'`><geplant onclick=geplant()></script></title>\u{202e}\0\r\nSet-Cookie: geplant=1\r\n\r\n";

/// How many turns there is time for: in a long run every payload comes by at every field.
pub fn turns() -> usize {
    if env::var_os("LONG").is_some() { COUNT } else { 1 }
}
