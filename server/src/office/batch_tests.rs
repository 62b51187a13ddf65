use proptest::prelude::*;

use super::*;

const HEADER: &str = "case,on,kind,step,outcome,until,way,code,withdrawn\n";

/// What is read, as one line an event.
fn told(rows: &[Row]) -> Vec<String> {
    rows.iter()
        .map(|row| {
            let Row { line, case, event, withdrawn } = row;
            let Event { on, kind, step, outcome, until, way, code } = event;
            format!(
                "{line} {case} {on} {} {} {} {} {} {} {withdrawn}",
                kind.id(),
                step.map_or("-", Step::id),
                outcome.map_or("-", Outcome::id),
                until.map_or("-".to_owned(), |until| until.to_string()),
                way.map_or("-", Way::id),
                code.as_deref().unwrap_or("-"),
            )
        })
        .collect()
}

#[track_caller]
fn check_read(format: Format, body: &str, expected: &[&str]) {
    let rows = read(format, body.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(told(&rows), expected);
}

#[track_caller]
fn check_refused(format: Format, body: impl AsRef<[u8]>, expected: &[(u32, &str, Wrong)]) {
    let problems = read(format, body.as_ref()).expect_err("refused");
    let found: Vec<_> = problems.first.iter().map(|it| (it.line, it.field.as_str(), it.problem)).collect();
    assert_eq!(found, expected);
    assert_eq!(usize::try_from(problems.count), Ok(expected.len()));
}

#[test]
fn csv_is_read_by_the_names_of_its_columns() {
    let whole =
        "V-1,2024-09-02,other,damage,granted,2024-10-01,sgh,X 12,true\r\nV-1,2024-09-03,registered,,,,,,\n";
    let expected = [
        "2 V-1 2024-09-02 other damage granted 2024-10-01 sgh X 12 true",
        "3 V-1 2024-09-03 registered - - - - - false",
    ];
    check_read(Format::Csv, &format!("{HEADER}{whole}"), &expected);
    check_read(Format::Csv, &format!("\u{feff}{HEADER}{whole}"), &expected);
    check_read(
        Format::Csv,
        "on,kind,case\r\n\r\n2024-01-02,registered,V-1\r\n\n2024-01-03,registered,V-1\n",
        &["3 V-1 2024-01-02 registered - - - - - false", "5 V-1 2024-01-03 registered - - - - - false"],
    );
    check_read(
        Format::Csv,
        "kind,case,on\nregistered,\"V,1\",2024-01-02\n",
        &["2 V,1 2024-01-02 registered - - - - - false"],
    );
}

#[test]
fn json_is_read_event_by_event() {
    let event = r#"{"case":"V-1","on":"2024-09-02","kind":"other","step":"damage","outcome":"granted","until":"2024-10-01","way":"sgh","code":"X","withdrawn":true}"#;
    let bare = r#"{"kind":"registered","on":"2024-09-03","case":"V-1","step":null,"outcome":""}"#;
    check_read(
        Format::Json,
        &format!(r#" {{"events":[{event},{bare}]}} "#),
        &[
            "1 V-1 2024-09-02 other damage granted 2024-10-01 sgh X true",
            "2 V-1 2024-09-03 registered - - - - - false",
        ],
    );
}

#[test]
fn a_wrong_csv_file_says_what_is_wrong_with_it() {
    use Wrong::*;
    for (body, expected) in [
        ("", &[(1, "case", MissingField), (1, "on", MissingField), (1, "kind", MissingField)][..]),
        ("case,on,kind\n", &[(0, "", NoEvents)]),
        ("case;on;kind\nV-1;2024-01-02;registered\n", &[(1, "", NotSeparatedByCommas)]),
        ("case\ton\tkind\n", &[(1, "", NotSeparatedByCommas)]),
        ("case,on,kind,bsn\nV-1,2024-01-02,registered,1\n", &[(1, "bsn", UnknownField)]),
        (
            "case,on,sort\nV-1,2024-01-02,registered\n",
            &[(1, "sort", UnknownField), (1, "kind", MissingField)],
        ),
        ("case,on,kind,on\n", &[(1, "on", RepeatedField)]),
        (
            "V-1,2024-01-02,registered\n",
            &[
                (1, "V-1", UnknownField),
                (1, "2024-01-02", UnknownField),
                (1, "registered", UnknownField),
                (1, "case", MissingField),
                (1, "on", MissingField),
                (1, "kind", MissingField),
            ],
        ),
        ("case,on,kind\nV-1,2024-01-02,registered", &[(2, "", CutOff)]),
        ("case,on,kind\nV-1,2024-01-02,registered\nV-2,2024-0", &[(3, "", CutOff)]),
        (
            "case,on,kind\nV-1,2024-01-02\nV-1,2024-01-02,registered,x\n",
            &[(2, "", Unreadable), (3, "", Unreadable)],
        ),
        ("case,on,kind\n\"V-1,2024-01-02,registered\nV-2,2024-01-02,registered\n", &[(2, "", Unreadable)]),
    ] {
        check_refused(Format::Csv, body, expected);
    }
    check_refused(
        Format::Csv,
        b"case,on,kind\nV-1,2024-01-02,registered\nV-\xe9,2024-01-02,registered\n",
        &[(3, "", NotUtf8)],
    );
    check_refused(Format::Csv, b"\xff\xfec\0a\0s\0e\0\n\0", &[(1, "", NotUtf8)]);
}

#[test]
fn every_wrong_line_says_so_at_its_field() {
    use Wrong::*;
    for (line, expected) in [
        (",2024-01-02,registered,,,,,,", &[(2, "case", MissingField)][..]),
        ("V\u{e9},2024-01-02,registered,,,,,,", &[(2, "case", NotAName)]),
        (" V-1,2024-01-02,registered,,,,,,", &[(2, "case", NotAName)]),
        ("\"V\n1\",2024-01-02,registered,,,,,,", &[(2, "case", NotAName)]),
        ("V-1,,registered,,,,,,", &[(2, "on", MissingField)]),
        ("V-1,02-01-2024,registered,,,,,,", &[(2, "on", NotADate)]),
        ("V-1,2024-02-30,registered,,,,,,", &[(2, "on", NotADate)]),
        ("V-1,2024-01-02,,,,,,,", &[(2, "kind", MissingField)]),
        ("V-1,2024-01-02,ZK_17,,,,,,", &[(2, "kind", NotAChoice)]),
        ("V-1,2024-01-02,other,x,x,x,x,\u{e9},x", &[(2, "withdrawn", NotAChoice)]),
        (
            "V-1,2024-01-02,other,x,x,x,x,\u{e9},",
            &[
                (2, "code", NotAName),
                (2, "step", NotAChoice),
                (2, "outcome", NotAChoice),
                (2, "until", NotADate),
                (2, "way", NotAChoice),
            ],
        ),
    ] {
        check_refused(Format::Csv, format!("{HEADER}{line}\n"), expected);
    }
    let long = format!("{HEADER}{},2024-01-02,registered,,,,,,\n", "V".repeat(65));
    check_refused(Format::Csv, long, &[(2, "case", NotAName)]);
}

#[test]
fn wrong_json_says_where() {
    use Wrong::*;
    for (body, expected) in [
        ("", &[(0, "", CutOff)][..]),
        ("[]", &[(0, "", Unreadable)]),
        ("{}", &[(0, "events", MissingField)]),
        (r#"{"events":[]}"#, &[(0, "", NoEvents)]),
        (r#"{"events":[],"office":"x"}"#, &[(0, "office", UnknownField)]),
        (r#"{"events":[{"case":"V-1","on":"2024-01-02","kind":"regis"#, &[(0, "", CutOff)]),
        (r#"{"events":[]}{}"#, &[(0, "", Unreadable)]),
        (
            r#"{"events":[{},["V-1","2024-01-02","registered"],7]}"#,
            &[(1, "case", MissingField), (2, "", Unreadable), (3, "", Unreadable)],
        ),
        (
            r#"{"events":[{"case":"V-1","on":"2024-01-02","kind":"registered","bsn":"1"}]}"#,
            &[(1, "bsn", UnknownField)],
        ),
        (
            r#"{"events":[{"case":"V-1","case":"V-2","on":"2024-01-02","kind":"registered"}]}"#,
            &[(1, "case", RepeatedField)],
        ),
        (r#"{"events":[{"case":5,"on":"2024-01-02","kind":"registered"}]}"#, &[(1, "case", Unreadable)]),
        (
            r#"{"events":[{"case":"V-1","on":"2024-01-02","kind":"registered","withdrawn":"true"}]}"#,
            &[(1, "withdrawn", Unreadable)],
        ),
        (
            r#"{"events":[{"case":"V-1\u0000","on":"2024-01-02","kind":"registered"}]}"#,
            &[(1, "case", NotAName)],
        ),
        (r#"{"events":[{"case":"V-1","on":"2024-01-02","kind":"x"}]}"#, &[(1, "kind", NotAChoice)]),
    ] {
        check_refused(Format::Json, body, expected);
    }
}

#[test]
fn no_more_events_than_fit_and_no_more_problems_than_help() {
    let line = "V-1,2024-01-02,registered\n";
    let full = format!("case,on,kind\n{}", line.repeat(MOST_EVENTS));
    assert_eq!(read(Format::Csv, full.as_bytes()).map(|rows| rows.len()), Ok(MOST_EVENTS));
    check_refused(Format::Csv, full + line, &[(50_002, "", Wrong::TooMany)]);
    let wrong = format!("case,on,kind\n{}", "V-1,2024-01-02,x\n".repeat(1_234));
    let problems = read(Format::Csv, wrong.as_bytes()).expect_err("refused");
    assert_eq!((problems.count, problems.first.len()), (1_234, 1_000));
}

/// A file of whole, right lines.
fn file() -> impl Strategy<Value = String> {
    let line = ("[A-Z0-9-]{1,12}", 2004..2026_i16, 1..=12_i8, 1..=28_i8, 0..EventKind::ALL.len()).prop_map(
        |(case, year, month, day, kind)| {
            format!("{case},{year:04}-{month:02}-{day:02},{}\n", EventKind::ALL[kind].id())
        },
    );
    prop::collection::vec(line, 1..20).prop_map(|lines| format!("case,on,kind\n{}", lines.concat()))
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(body: Vec<u8>) {
        let _ = read(Format::Csv, &body);
        let _ = read(Format::Json, &body);
    }

    #[test]
    fn no_text_beside_a_right_header_makes_it_panic(body: String) {
        let _ = read(Format::Csv, format!("{HEADER}{body}\n").as_bytes());
        let _ = read(Format::Json, format!(r#"{{"events":[{body}]}}"#).as_bytes());
    }

    #[test]
    fn a_file_cut_off_inside_a_line_is_refused(file in file(), at in any::<prop::sample::Index>()) {
        let cut = &file[..at.index(file.len())];
        if !cut.ends_with('\n') {
            prop_assert!(read(Format::Csv, cut.as_bytes()).is_err());
        }
    }

    #[test]
    fn csv_and_json_of_the_same_are_read_alike(file in file()) {
        let rows = read(Format::Csv, file.as_bytes()).expect("right");
        let events: Vec<_> = file.lines().skip(1).map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            serde_json::json!({"case": fields[0], "on": fields[1], "kind": fields[2]})
        }).collect();
        let same = read(Format::Json, serde_json::json!({"events": events}).to_string().as_bytes()).expect("right");
        let bare = |rows: Vec<Row>| rows.into_iter().map(|row| (row.case, row.event)).collect::<Vec<_>>();
        prop_assert_eq!(bare(rows), bare(same));
    }
}
