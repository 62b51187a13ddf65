//! All pages, attacked by Wapiti: as anyone, and as who signed in.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::bait::Bait;
use super::crowd::Crowd;
use super::scanners::{Scanners, folder};
use super::{read_json, run_quietly};
use crate::proof::{Effort, Figures};
use crate::server::Running;

/// Ends the session with which the rest is tried.
const SIGN_OUT: &str = "/uitloggen";
/// What fits in the time that there is. Each page is asked for, each form posted.
const SHORT: &str = "-d 1 --max-scan-time 8 --max-attack-time 2 --max-parameters 60 \
    -m cookieflags,csp,csrf,http_headers,redirect,xss,sql";
/// All that fits the site: not what looks for other people's programs, for words in lists, or for addresses that only the
/// outside knows. All of it ends before a session does.
const LONG: &str = "-d 2 --max-scan-time 300 --max-attack-time 360 --max-parameters 100 \
    -m cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,ldap,permanentxss,redirect,shellshock,sql,ssrf,timesql,upload,xss,xxe";

/// Found, looked at, and left. One that isn't found any more fails as well.
const EXPLAINED: [Explained; 1] = [Explained {
    category: "Cross Site Request Forgery",
    info: "Lack of anti CSRF token",
    // A browser tells with each post from where it comes (Sec-Fetch-Site, or else Origin), and what comes from elsewhere is refused
    // before anything reads it; the desk's cookie stays behind as well (SameSite=Lax). server/tests/http/forms.rs holds that for each form.
    // A token in the page would make pages that are the same for everyone someone's own.
}];

struct Explained {
    category: &'static str,
    info: &'static str,
}

/// Who looks.
#[derive(Clone, Copy)]
pub enum As {
    Anyone,
    /// A helper of the demo in that role, from these pages on.
    Staff(&'static str, &'static [&'static str]),
}

pub const ALL: [As; 3] = [
    As::Anyone,
    As::Staff("coordinator", &["/balie/overzicht"]),
    As::Staff("experience-expert", &["/balie/beschikbaar", "/balie/collega", "/balie/hulpmiddelen"]),
];

pub fn check(start: impl Fn() -> Result<Running>, figures: &Figures, effort: Effort) -> Result<()> {
    let bait = Bait::lay()?;
    let (mut pages, mut requests, mut wrong, mut explained) = (0, 0, Vec::new(), BTreeSet::new());
    let looking = if effort.is_long() { &ALL[..] } else { &ALL[..2] };
    for (number, who) in looking.iter().enumerate() {
        let server = start()?;
        let crowd = Crowd::before(&server)?;
        let told = scan(&server, (&crowd, &bait), *who, number, effort)?;
        requests += crowd.requests();
        pages += told.pointer("/infos/crawled_pages_nbr").and_then(Value::as_u64).context("no pages")?;
        sort(&told, &mut wrong, &mut explained)?;
        super::never_broke(&server)?;
    }
    bait.was_left()?;
    let measured = format!("{pages} · {requests} · {}", wrong.len());
    figures.add(
        "Wapiti as anyone and signed in: pages and forms · requests · findings",
        &measured,
        "0 findings",
    )?;
    ensure!(wrong.is_empty(), "found:\n  {}", wrong.join("\n  "));
    for it in EXPLAINED {
        ensure!(explained.contains(it.info), "nothing to explain any more: {} ({})", it.info, it.category);
    }
    Ok(())
}

fn scan(server: &Running, door: (&Crowd, &Bait), who: As, number: usize, effort: Effort) -> Result<Value> {
    let (here, report) = (door.0.base_url(), folder().join(format!("wapiti-{number}.json")));
    // An old report must not be taken for this one's.
    fs::remove_file(&report).ok();
    let mut wapiti = Scanners::Pages.program("wapiti")?;
    wapiti
        .args(["--flush-session", "--no-bugreport", "--verbose", "1", "--format", "json", "-o"])
        .arg(&report);
    wapiti.arg("--store-session").arg(folder().join("wapiti"));
    wapiti.arg("--store-config").arg(folder().join("wapiti-config"));
    wapiti.args(["--endpoint", &door.1.url(), "--scope", "domain", "-x", &format!("{here}{SIGN_OUT}")]);
    wapiti.args(if effort.is_long() { LONG } else { SHORT }.split(' '));
    let said = folder().join(format!("wapiti-{number}.txt"));
    let As::Staff(role, from) = who else {
        run_quietly(wapiti.args(["-u", &format!("{here}/")]), &said)?;
        return read_json(&report);
    };
    let cookie = server.sign_in(role)?;
    wapiti.args(["-u", &format!("{here}/balie"), "-C", &cookie]);
    for page in from {
        wapiti.args(["-s", &format!("{here}{page}")]);
    }
    run_quietly(&mut wapiti, &said)?;
    let is_in = server.page_as(&cookie, "/balie")?.contains(SIGN_OUT);
    ensure!(is_in, "who signed in as {role} wasn't any more when it ended");
    read_json(&report)
}

/// Everything that it tells, apart from what is explained.
fn sort(told: &Value, wrong: &mut Vec<String>, explained: &mut BTreeSet<&'static str>) -> Result<()> {
    for kind in ["vulnerabilities", "anomalies", "additionals"] {
        let Some(categories) = told[kind].as_object() else { bail!("the report has no {kind}") };
        for (category, findings) in categories {
            for found in findings.as_array().context("no list of findings")? {
                let word = |name: &str| found[name].as_str().unwrap_or_default();
                let known = EXPLAINED.iter().find(|it| it.category == category && it.info == word("info"));
                match known {
                    Some(known) => drop(explained.insert(known.info)),
                    None => wrong.push(format!(
                        "{category}: {} {} {} {}",
                        word("method"),
                        word("path"),
                        word("parameter"),
                        word("info")
                    )),
                }
            }
        }
    }
    Ok(())
}
