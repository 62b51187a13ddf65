//! What people ask of the portal, each kind as often as it comes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};

use super::client::{Answer, Line, Request, between};
use super::requests;
use crate::server::{CLIENT_ADDRESS, Running};

/// Reading matter, the same for everyone.
const READ: [&str; 5] = ["/", "/cijfers", "/over", "/voorbeelden", "/woorden"];
/// Made for each who asks.
const CALCULATORS: [&str; 4] = ["/keuzehulp", "/bedragen", "/vergelijken", "/tijdlijn"];
const DOSSIERS: u32 = 40;
/// So that the desk has a list.
const WAITING: u32 = 60;

/// What a parent with two letters types at /bedragen.
const AMOUNTS: [(&str, &str); 22] = [
    ("recognised", "yes"),
    ("received", "30.000"),
    ("years[0].year", "2012"),
    ("years[0].ground", "compensation"),
    ("years[0].reclaimed", "12.345,67"),
    ("years[0].interest_and_costs_paid", "€ 1.200"),
    ("years[0].missed_interest", ""),
    ("years[0].outstanding", "0"),
    ("years[1].year", "2013"),
    ("years[1].ground", "hardship"),
    ("years[1].reclaimed", "9 876"),
    ("years[1].interest_and_costs_paid", ""),
    ("first_correction_on", "1-7-2014"),
    ("decision_on", "31-12-2019"),
    ("legal_help", "750"),
    ("damages[0].kind", "income"),
    ("damages[0].low", "5.000"),
    ("damages[0].high", "15.000"),
    ("children[0].born_on", "1-3-2010"),
    ("children[1].born_on", "12-9-2013"),
    ("former_partner", "no"),
    ("action", "calculate"),
];

/// Requests in a fixed order that begins again.
pub struct Mix {
    parts: Vec<Part>,
    sent: AtomicU32,
}

enum Part {
    /// The same each time.
    Ready(Vec<u8>),
    /// A request for help, each by somebody else.
    Help,
}

impl Mix {
    /// What anyone can open and compute: half of it reading matter.
    pub fn public() -> Mix {
        let read = READ.map(|path| ready(Request::get(path)));
        let calculators = CALCULATORS.map(|path| ready(Request::get(path)));
        let amounts = [(); 2].map(|()| ready(Request::post("/bedragen", &AMOUNTS)));
        let [one, two] = amounts;
        let [r1, r2, r3, r4, r5] = read;
        let [c1, c2, c3, c4] = calculators;
        Mix::of(vec![r1, c1, r2, one, c2, r3, c3, r4, two, c4, r5])
    }

    /// All that the portal does: public pages, dossiers, requests for help and the desk. Makes what it opens.
    ///
    /// # Errors
    /// Something of it can't be made.
    pub fn of_everything(server: &Running) -> Result<Mix> {
        let mut line = Line::to(server.address());
        let codes = (0..DOSSIERS).map(|number| dossier(&mut line, number)).collect::<Result<Vec<_>>>()?;
        for _ in 0..WAITING {
            requests::send(&mut line, requests::next())?;
        }
        let cookie = server.sign_in("experience-expert")?;
        let place = picked_up(&mut line, server, &cookie)?;
        let desk = |path: &str| ready(Request::get(path).with("Cookie", &cookie));
        let mut parts = Vec::new();
        for (number, part) in (0_usize..).zip(Mix::public().parts) {
            parts.push(part);
            let code = &codes[number % codes.len()];
            match number % 4 {
                0 => parts.push(ready(Request::post("/dossier", &[("action", "open"), ("code", code)]))),
                1 => parts.push(Part::Help),
                2 => parts.push(desk("/balie")),
                _ => parts.push(desk(&place)),
            }
        }
        Ok(Mix::of(parts))
    }

    fn of(parts: Vec<Part>) -> Mix {
        Mix { parts, sent: AtomicU32::new(0) }
    }

    /// The next that somebody asks.
    pub fn next(&self) -> Vec<u8> {
        let number = self.sent.fetch_add(1, Ordering::Relaxed) as usize;
        match &self.parts[number % self.parts.len()] {
            Part::Ready(bytes) => bytes.clone(),
            Part::Help => requests::request(requests::next()).bytes(),
        }
    }
}

fn ready(request: Request) -> Part {
    Part::Ready(request.compressed().bytes())
}

/// Makes a dossier with two letters; gives its code.
fn dossier(line: &mut Line, number: u32) -> Result<String> {
    let form = format!("{:032x}", 0xd055_0000_0000_4000_8000_0000_0000_0000_u128 + u128::from(number));
    let fields = [
        ("action", "make"),
        ("form", form.as_str()),
        ("letters[0].kind", "registered"),
        ("letters[0].on", "16-1-2023"),
        ("letters[1].kind", "first_test_decided"),
        ("letters[1].on", "1-5-2023"),
    ];
    // Everyone lives somewhere else, for the limits.
    let request = Request::post("/dossier", &fields).with(CLIENT_ADDRESS, &format!("10.7.0.{number}"));
    let page = line.ask(&request.bytes())?.text();
    let code = between(&page, "class=\"code\"", "</p>").and_then(|rest| rest.split_once('>'));
    Ok(code.context("no code on the page")?.1.to_owned())
}

/// A helper tells what she does, and picks up what stands first; gives where it stands from then on.
fn picked_up(line: &mut Line, server: &Running, cookie: &str) -> Result<String> {
    server.post_form_as(cookie, "/balie/beschikbaar", &requests::WHAT_A_HELPER_DOES)?;
    let list = line.ask(&Request::get("/balie").with("Cookie", cookie).bytes())?.text();
    let form =
        between(&list, "action=\"/balie/oppakken\"", "</form>").context("nothing waits on the list")?;
    let mut fields = Vec::new();
    for input in form.split("<input").skip(1) {
        let named = between(input, "name=\"", "\"");
        fields.extend(named.map(|name| (name, between(input, "value=\"", "\"").unwrap_or_default())));
    }
    let request = Request::post("/balie/oppakken", &fields).with("Cookie", cookie).bytes();
    let answer = line.ask(&request)?;
    let location = answer.header("location").with_context(|| format!("picking up gave {}", answer.status))?;
    let place = location.split('?').next().unwrap_or(location);
    ensure!(place.starts_with("/balie/aanvraag/"), "somebody else was first: {location}");
    Ok(place.to_owned())
}

/// Whether it is what was asked for.
pub fn is_right(answer: &Answer<'_>) -> bool {
    answer.status == 200 && answer.body.len() > 1_000
}

/// Where requests go: one after the other to each.
pub fn addresses(servers: &[&Running]) -> Vec<SocketAddr> {
    servers.iter().map(|server| server.address()).collect()
}
