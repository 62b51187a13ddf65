//! What must hold of any bytes that come in from outside. `cargo fuzz` (in `server`) looks for bytes that break it for as long
//! as one likes; here it tries some, at random and from words that stand in such input.

use proptest::prelude::*;

use super::{callback, cookies, events};
use crate::mixed::mixed;

const EVENTS: &[&str] = &[
    "case,on,kind\n",
    "case,on,kind,step,outcome,until,way,code,withdrawn\n",
    "V-1",
    "2024-01-02",
    "registered",
    "other",
    ",",
    "\n",
    "\r\n",
    "\"",
    "\"\"",
    "true",
    "{\"events\":[",
    "{\"case\":\"V-1\",\"on\":\"2024-01-02\",\"kind\":\"registered\"}",
    "]}",
    "\u{feff}",
    ";",
    "=1+1",
    "V\0,2024-01-02,registered\n",
    "V-1,2024-01-02,registered\n",
    "é,2024-01-02,other\n",
    "\0",
    "\u{85}",
];
const COOKIES: &[&str] = &[
    "__Host-balie=",
    "__Host-samen=",
    "__Host-inloggen=",
    "__Host-balie",
    "=",
    ";",
    "; ",
    "a1b2",
    "\n",
    " ",
    "\t",
    "\"",
    ",",
    "é",
];
const CALLBACKS: &[&str] = &[
    "code=",
    "state=",
    "iss=",
    "error=",
    "&",
    "=",
    "a1",
    "%00",
    "%ff",
    "%",
    "+",
    "%2",
    "code",
    "https://inloggen.example",
    "?",
    "#",
];

proptest! {
    #[test]
    fn any_bytes_are_events_or_refused(bytes in mixed(EVENTS)) {
        events::any_bytes(&bytes);
        events::any_bytes(&[b"case,on,kind\n", bytes.as_slice()].concat());
    }

    #[test]
    fn any_bytes_are_cookies_or_none(bytes in mixed(COOKIES)) {
        cookies::any_bytes(&bytes);
    }

    #[test]
    fn any_bytes_are_what_a_provider_sends_back_or_an_error(bytes in mixed(CALLBACKS)) {
        callback::any_bytes(&bytes);
    }
}
