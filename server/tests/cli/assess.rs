//! `herstelroute assess`: the contract of `design.md` §4.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::thread;
use std::time::Instant;

use domain::amounts::answer_line;
use serde_json::{Value, json};

use crate::cases;
use crate::program::{program, run};

/// In eurocents.
const EURO: i64 = 100;

/// Word for word as the contract has it.
const EXAMPLE: &str = r#"{"on":"2026-11-22","recognised":true,"received":3000000,
 "years":[{"year":2012,"ground":"compensation","reclaimed":1200000,"interest_and_costs_paid":0,"missed_interest":0}],
 "first_correction_on":"2014-07-01","decision_on":"2019-12-31","legal_help":0,
 "damages":[{"kind":"income","low":500000,"high":1500000}],
 "children":[{"born_on":"2010-03-01"}],"former_partner":false}"#;

#[test]
fn the_example_of_the_contract_comes_out_as_computed_by_hand() {
    let answer = read(&run(&["assess"], EXAMPLE.as_bytes()).printed());

    // From 2014-07-01 to 2019-12-31: ten full half years, the eleventh had started.
    let immaterial = (10 * 500 * EURO, 11 * 500 * EURO);
    let material = 12_000 * EURO / 4;
    let parts = (12_000 * EURO + material + immaterial.0, 12_000 * EURO + material + immaterial.1);
    let supplement = (parts.0 / 100, parts.1 / 100);
    let assessed = (parts.0 + supplement.0, parts.1 + supplement.1);
    let with_income = (assessed.0 + 5_000 * EURO, assessed.1 + 15_000 * EURO);
    let nothing = (0, 0);
    let floor = (30_000 * EURO, 30_000 * EURO);

    check_route(&answer, "finish_after_30k", floor, nothing, &[("floor", floor)]);
    let lines = [
        ("ib.start_amount", (12_000 * EURO, 12_000 * EURO)),
        ("ib.material_damage", (material, material)),
        ("ib.immaterial_damage", immaterial),
        ("ib.supplement", supplement),
        ("floor", (30_000 * EURO - assessed.0, 30_000 * EURO - assessed.1)),
    ];
    check_route(&answer, "integral_assessment", floor, nothing, &lines);
    let lines =
        [("damage.income", (5_000 * EURO, 15_000 * EURO)), ("floor", (30_000 * EURO - with_income.0, 0))];
    for route in ["settlement", "damage_commission"] {
        check_route(
            &answer,
            route,
            (30_000 * EURO, with_income.1),
            (0, with_income.1 - 30_000 * EURO),
            &lines,
        );
    }
    let child = json!({"born_on": "2010-03-01", "eligible": true, "age_on_reference_date": 13, "amount": 6_000 * EURO});
    assert_eq!(answer["children"], json!([child]));
    assert_eq!(answer["former_partner"], Value::Null);
    assert_eq!(answer["missing"], json!([]));
}

#[test]
fn a_file_and_the_input_give_the_same_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("situation.json");
    fs::write(&file, EXAMPLE).expect("a file");
    let file = file.to_str().expect("a path");
    let printed = run(&["assess", file], b"").printed();
    assert_eq!(printed, run(&["assess"], EXAMPLE.as_bytes()).printed());

    fs::write(file, EXAMPLE.replace('\n', "")).expect("a file");
    assert_eq!(read(&run(&["assess", "--lines", file], b"").printed()), read(&printed));
}

#[test]
fn what_is_refused_is_told_with_its_path() {
    for (json, path) in [
        ("", ""),
        ("geen json", ""),
        ("[]", ""),
        (r#"["2026-11-22",true]"#, ""),
        (r#"{"on":"2026-11-22","recognised":true} {}"#, ""),
        (r#"{"on":"2026-11-22","recognised":true,"recognised":true}"#, "recognised"),
        ("\u{feff}{}", ""),
        ("{}", "on"),
        (r#"{"on":"2026-11-22"}"#, "recognised"),
        (r#"{"on":"22-11-2026","recognised":true}"#, "on"),
        (r#"{"on":"2026-02-30","recognised":true}"#, "on"),
        (r#"{"on":"1999-01-01","recognised":true}"#, "on"),
        (r#"{"on":"2026-11-22","recognised":"ja"}"#, "recognised"),
        (r#"{"on":"2026-11-22","recognised":true,"surprise":1}"#, "surprise"),
        (r#"{"on":"2026-11-22","recognised":true,"received":-1}"#, "received"),
        (r#"{"on":"2026-11-22","recognised":true,"received":30000.50}"#, "received"),
        (r#"{"on":"2026-11-22","recognised":true,"received":9223372036854775807}"#, "received"),
        (r#"{"on":"2026-11-22","recognised":true,"decision_on":"2026-11-23"}"#, "decision_on"),
        (r#"{"on":"2026-11-22","recognised":true,"years":[{"year":2012},{"year":1990}]}"#, "years[1].year"),
        (r#"{"on":"2026-11-22","recognised":true,"years":[[2012,"compensation"]]}"#, "years[0]"),
        (r#"{"on":"2026-11-22","recognised":true,"years":[{"year":2012,"year":2013}]}"#, "years[0].year"),
        (
            r#"{"on":"2026-11-22","recognised":true,"years":[{"year":2012,"ground":"geluk"}]}"#,
            "years[0].ground",
        ),
        (
            r#"{"on":"2026-11-22","recognised":true,"years":[{"year":2012,"reclaimed":-5}]}"#,
            "years[0].reclaimed",
        ),
        (
            r#"{"on":"2026-11-22","recognised":true,"damages":[{"kind":"income","low":2,"high":1}]}"#,
            "damages[0].high",
        ),
        (r#"{"on":"2026-11-22","recognised":true,"damages":[["income",1,2]]}"#, "damages[0]"),
        (r#"{"on":"2026-11-22","recognised":true,"children":[["2010-03-01"]]}"#, "children[0]"),
        (
            r#"{"on":"2026-11-22","recognised":true,"children":[{"born_on":"2027-01-01"}]}"#,
            "children[0].born_on",
        ),
        (r#"{"on":"2026-11-22","recognised":true,"former_partner":[true]}"#, "former_partner"),
        (
            r#"{"on":"2026-11-22","recognised":true,"former_partner":{"ex_recognised":"ja"}}"#,
            "former_partner.ex_recognised",
        ),
    ] {
        check_refused(json.as_bytes(), path);
    }
    check_refused(b"{\"on\":\"2026-11-22\",\"recognised\":true,\"\xff\":1}", "");
}

#[test]
fn a_file_that_isnt_there_is_told() {
    let ran = run(&["assess", "/nergens/situation.json"], b"");
    assert_eq!((ran.code, ran.printed.as_str()), (Some(1), ""));
    assert!(ran.told.contains("/nergens/situation.json"), "{}", ran.told);
}

#[test]
fn line_by_line_the_program_answers_what_the_rules_answer() {
    let cases = cases::lines();
    let printed = run(&["assess", "--lines"], cases.join("\n").as_bytes()).printed();
    let expected: Vec<String> = cases.iter().map(|case| answer_line(case)).collect();
    assert!(printed.lines().eq(expected.iter().map(String::as_str)), "the answers differ");
}

#[test]
fn after_a_refused_line_the_rest_goes_on() {
    let good = r#"{"on":"2026-11-22","recognised":false}"#;
    let bad = r#"{"on":"2026-11-22","recognised":true,"years":[{"year":1990}]}"#;
    let input =
        [good.as_bytes(), bad.as_bytes(), b"", b"  \r", b"\xff\xfe", &[b'['; 10_000], good.as_bytes()]
            .join(&b"\n"[..]);
    let printed = run(&["assess", "--lines"], &input).printed();
    let answers: Vec<Value> = printed.lines().map(read).collect();
    assert_eq!(answers.len(), 5, "one answer a line, none for an empty one");
    assert_eq!(answers[0], answers[4]);
    assert!(answers[0]["routes"].is_array());
    assert_eq!(answers[1]["path"], "years[0].year");
    for refusal in &answers[1..4] {
        let fields: Vec<&String> = refusal.as_object().expect("an object").keys().collect();
        assert_eq!(fields, ["error", "path"]);
    }
}

/// The contract asks for 10.000 situations a second, of the program that people run.
#[test]
fn many_situations_are_answered_fast() {
    let line = EXAMPLE.replace('\n', "") + "\n";
    let count = if cfg!(debug_assertions) { 2_000 } else { 50_000 };
    let started = Instant::now();
    let printed = run(&["assess", "--lines"], line.repeat(count).as_bytes()).printed();
    let per_second =
        f64::from(u32::try_from(count).expect("a small count")) / started.elapsed().as_secs_f64();
    println!("{per_second:.0} situations a second");
    assert_eq!(printed.lines().count(), count);
    assert!(cfg!(debug_assertions) || per_second >= 10_000.0, "only {per_second:.0} situations a second");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut running = program().args(["assess", "--lines"]).spawn().expect("the program runs");
    let mut stdin = running.stdin.take().expect("its input");
    let writer = thread::spawn(move || {
        let line = EXAMPLE.replace('\n', "") + "\n";
        while stdin.write_all(line.as_bytes()).is_ok() {}
    });
    let mut first = String::new();
    BufReader::new(running.stdout.take().expect("its output")).read_line(&mut first).expect("a line");
    let ended = running.wait_with_output().expect("it ends");
    writer.join().expect("the writer noticed");
    assert!(read(&first)["routes"].is_array());
    assert_eq!((ended.status.code(), ended.stderr), (Some(0), Vec::new()));
}

#[track_caller]
fn check_refused(json: &[u8], path: &str) {
    let ran = run(&["assess"], json);
    let shown = String::from_utf8_lossy(json);
    assert_eq!((ran.code, ran.printed.as_str()), (Some(2), ""), "{shown}");
    let told = ran.told.strip_prefix("herstelroute: ").expect("who tells");
    assert!(
        if path.is_empty() { !told.trim().is_empty() } else { told.starts_with(&format!("{path}: ")) },
        "{shown}: {told}"
    );
    assert_eq!(told.lines().count(), 1, "{shown}: {told}");
}

/// Totals, and the lines that aren't nil: eurocents, low and high.
#[track_caller]
fn check_route(
    answer: &Value,
    route: &str,
    total: (i64, i64),
    still: (i64, i64),
    lines: &[(&str, (i64, i64))],
) {
    let routes = answer["routes"].as_array().expect("routes");
    let found = routes.iter().find(|found| found["route"] == route).expect("the route");
    let range = |(low, high): (i64, i64)| json!({"low": low, "high": high});
    assert_eq!(found["complete"], true, "{route}");
    assert_eq!(found["total"], range(total), "{route}");
    assert_eq!(found["still_to_receive"], range(still), "{route}");
    let amount_of = |id: &str| {
        found["lines"].as_array()?.iter().find(|line| line["id"] == id).map(|line| line["amount"].clone())
    };
    for (id, amount) in lines {
        assert_eq!(amount_of(id), Some(range(*amount)), "{route}: {id}");
    }
    let sum = |end: &str| {
        found["lines"]
            .as_array()
            .expect("lines")
            .iter()
            .filter_map(|line| line["amount"][end].as_i64())
            .sum::<i64>()
    };
    assert_eq!((sum("low"), sum("high")), total, "{route}: the lines add up");
}

#[track_caller]
fn read(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}
