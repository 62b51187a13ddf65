//! The tabs of one browser, to each other: is one of you in a meeting? Each tab keeps its own meeting, and the cookie that
//! they share may outlive it.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "herstelroute.meeting";
const QUESTION: &str = "?";
const ANSWER: &str = "!";

/// Answers for as long as this tab is in a meeting.
pub fn answer(is_in_meeting: impl Fn() -> bool + 'static) {
    on_word(move |channel, word| {
        if word == QUESTION && is_in_meeting() {
            say(channel, ANSWER);
        }
    });
}

/// Calls back if another tab is in a meeting, once.
pub fn ask(call: impl FnOnce() + 'static) {
    let call = std::cell::Cell::new(Some(call));
    let channel = on_word(move |_, word| {
        if word == ANSWER
            && let Some(call) = call.take()
        {
            call();
        }
    });
    if let Some(channel) = channel {
        say(&channel, QUESTION);
    }
}

fn on_word(call: impl Fn(&BroadcastChannel, &str) + 'static) -> Option<BroadcastChannel> {
    // Absent in very old browsers: there each tab speaks for itself.
    let channel = BroadcastChannel::new(CHANNEL).ok()?;
    let here = channel.clone();
    let call = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        call(&here, &event.data().as_string().unwrap_or_default());
    });
    channel.set_onmessage(Some(call.as_ref().unchecked_ref()));
    call.forget();
    Some(channel)
}

fn say(channel: &BroadcastChannel, word: &str) {
    let _ = channel.post_message(&JsValue::from_str(word));
}
