//! The curve as a drawing: the share that is still going on, against the time since the step began.

use std::fmt::Write as _;

use domain::Ppm;
use domain::figures::{Curve, Estimate, NINE_OF_TEN, ONE_OF_TWO};
use maud::{Markup, html};

use super::time::Unit;
use crate::content::figures as text;

/// The drawing and the part of it within the axes, in its own units; about as many as pixels on a phone.
const WIDTH: i32 = 360;
const HEIGHT: i32 = 238;
const LEFT: i32 = 64;
const RIGHT: i32 = 346;
const TOP: i32 = 34;
const BOTTOM: i32 = 186;
const WHOLE: Ppm = Ppm(1_000_000);
/// No finer than the eye sees; a curve may fall on thousands of days.
const SAMPLES: i32 = 73;

/// How far the time goes, and where it is marked.
pub struct Scale {
    unit: Unit,
    /// Days that the drawing has room for.
    days: i32,
    /// Counts of the unit.
    marks: Vec<i32>,
}

/// Between two marks lies one of these, so that there are few of them.
const STEPS: [i32; 8] = [1, 2, 3, 6, 12, 24, 48, 96];
const MOST_MARKS: i32 = 6;

impl Scale {
    /// As far as something is known; a long thin tail is left off.
    pub fn of(estimate: &Estimate) -> Scale {
        let last_day = estimate.curve.last_day;
        let far = estimate.spread.high_days.map_or(last_day, |high| last_day.min(high * 3 / 2)).max(1);
        let unit = Unit::of(far);
        let needed = unit.full(far - 1) + 1;
        let step = STEPS.into_iter().find(|step| needed <= step * MOST_MARKS).unwrap_or(needed);
        let most = (needed + step - 1) / step;
        let marks: Vec<i32> = (0..=most).map(|mark| mark * step).collect();
        Scale { unit, days: unit.days(most * step).max(1), marks }
    }

    /// What is still going on at each mark of which something is known: the time in words, and the share.
    pub fn table<'a>(&'a self, curve: &'a Curve) -> impl Iterator<Item = (String, Ppm)> + 'a {
        let marks = self.marks.iter().skip(1).map(|count| (*count, self.unit.days(*count)));
        marks
            .filter(|(_, day)| *day <= curve.last_day)
            .map(|(count, day)| (self.unit.words(count), curve.still_after(day).ppm()))
    }

    fn x(&self, day: i32) -> i32 {
        LEFT + (RIGHT - LEFT) * day.clamp(0, self.days) / self.days
    }
}

fn y(share: Ppm) -> i32 {
    let height = i64::from(BOTTOM - TOP);
    BOTTOM - i32::try_from((height * share.0 + WHOLE.0 / 2) / WHOLE.0).unwrap_or(0)
}

/// The drawing. `words` say the same to who can't see it.
pub fn plot(estimate: &Estimate, scale: &Scale, words: &str) -> Markup {
    let time = match scale.unit {
        Unit::Days => text::IN_DAYS,
        Unit::Weeks => text::IN_WEEKS,
        Unit::Months => text::IN_MONTHS,
    };
    let found = [(estimate.spread.low_days, ONE_OF_TWO), (estimate.spread.high_days, NINE_OF_TEN)];
    let found = found.into_iter().filter_map(|(day, share)| Some((scale.x(day?), y(share))));
    html! {
        svg.plot viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(text::plot_label(words)) {
            text x=(0) y=(TOP - 16) { (text::STILL) }
            @for share in [WHOLE, ONE_OF_TWO, NINE_OF_TEN] {
                text.plot-share x=(LEFT - 6) y=(y(share) + 5) { (share) }
                path.plot-grid d={ "M" (LEFT) " " (y(share)) "H" (RIGHT) } {}
            }
            @for count in &scale.marks {
                @let x = scale.x(scale.unit.days(*count));
                path.plot-axis d={ "M" (x) " " (BOTTOM) "v5" } {}
                text.plot-time x=(x) y=(BOTTOM + 22) { (count) }
            }
            path.plot-axis d={ "M" (LEFT) " " (TOP) "V" (BOTTOM) "H" (RIGHT) } {}
            path.plot-curve d=(steps(&estimate.curve, scale)) {}
            @for (x, y) in found {
                path.plot-found d={ "M" (x) " " (y) "V" (BOTTOM) } {}
                circle.plot-dot cx=(x) cy=(y) r="5" {}
            }
            text.plot-time x=((LEFT + RIGHT) / 2) y=(HEIGHT - 8) { (time) }
        }
    }
}

/// Down in steps, as far as something is known.
fn steps(curve: &Curve, scale: &Scale) -> String {
    let mut path = format!("M{LEFT} {}", y(curve.still_after(0).ppm()));
    let mut height = y(curve.still_after(0).ppm());
    for sample in 1..=SAMPLES {
        let day = scale.days * sample / SAMPLES;
        let now = y(curve.still_after(day).ppm());
        if day > curve.last_day {
            break;
        }
        if now != height {
            // Writing to a text can't fail.
            let _ = write!(path, "H{}V{now}", scale.x(day));
            height = now;
        }
    }
    let _ = write!(path, "H{}", scale.x(curve.last_day));
    path
}

#[cfg(test)]
mod tests {
    use domain::Date;
    use domain::figures::{Durations, Spread};
    use domain::timeline::Step;

    use super::*;

    fn estimate(times: &[(i32, bool)]) -> Estimate {
        let mut durations = Durations::default();
        times.iter().for_each(|(days, has_ended)| durations.add(*days, *has_ended));
        let curve = durations.curve();
        let spread = Spread {
            step: Step::Objection,
            low_days: curve.first_day_at_most(ONE_OF_TWO),
            high_days: curve.first_day_at_most(NINE_OF_TEN),
            longer_than_days: None,
            cases: 60,
            as_of: Date::EARLIEST,
            invented: false,
        };
        Estimate { spread, ended: 0, curve }
    }

    #[test]
    fn the_time_is_marked_a_few_times_and_reaches_the_last_day() {
        for last_day in [1, 5, 27, 28, 29, 100, 182, 183, 400, 1_000, 2_500, 6_000] {
            let estimate = estimate(&[(last_day, false)]);
            let scale = Scale::of(&estimate);
            assert!(scale.days >= last_day, "{last_day}: {}", scale.days);
            assert!((2..=8).contains(&scale.marks.len()), "{last_day}: {:?}", scale.marks);
        }
    }

    #[test]
    fn the_line_stays_within_the_axes_and_ends_where_nothing_is_known_any_more() {
        let estimate = estimate(&[(300, true), (400, true), (700, false)]);
        let scale = Scale::of(&estimate);
        let path = steps(&estimate.curve, &scale);
        assert!(path.starts_with(&format!("M{LEFT} {TOP}")), "{path}");
        assert!(path.ends_with(&format!("H{}", scale.x(700))), "{path}");
        assert!(scale.x(700) < RIGHT, "nothing is drawn after the last day: {path}");
    }

    #[test]
    fn the_table_says_nothing_of_days_that_nobody_saw() {
        let estimate = estimate(&[(300, true), (400, false)]);
        let scale = Scale::of(&estimate);
        let rows: Vec<(String, i64)> =
            scale.table(&estimate.curve).map(|(time, share)| (time, share.0)).collect();
        assert_eq!(
            rows.iter().map(|(time, share)| (time.as_str(), *share)).collect::<Vec<_>>(),
            [
                ("3 maanden", 1_000_000),
                ("6 maanden", 1_000_000),
                ("9 maanden", 1_000_000),
                ("12 maanden", 500_000)
            ]
        );
    }
}
