//! `herstelroute simulate`: a made-up caseload as an office would send it.

use crate::program::run;

const HEADER: &str = "case,on,kind,step,outcome,until,way,code";

#[test]
fn a_caseload_is_printed_case_by_case_and_again_the_same() {
    let command = ["simulate", "--cases", "40", "--seed", "7", "--on", "2025-09-01"];
    let printed = run(&command, b"").printed();
    assert_eq!(printed.lines().next(), Some(HEADER));
    let cases: Vec<&str> = printed.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert!(cases.is_sorted());
    assert_eq!((cases.first(), cases.last()), (Some(&"SIM-000001"), Some(&"SIM-000040")));
    let days: Vec<&str> = printed.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert!(days.iter().all(|day| *day <= "2025-09-01"), "what happens later isn't known yet");
    assert_eq!(run(&command, b"").printed(), printed);
}

#[test]
fn its_help_says_what_is_published_and_what_is_invented() {
    let help = run(&["simulate", "--help"], b"").printed();
    assert!(help.contains("published") && help.contains("Invented are"), "{help}");
}

#[test]
fn a_day_that_doesnt_exist_is_refused() {
    let refused = run(&["simulate", "--cases", "1", "--seed", "1", "--on", "2025-02-30"], b"");
    assert_eq!(refused.code, Some(2));
    assert!(refused.told.contains("--on"), "{}", refused.told);
}
