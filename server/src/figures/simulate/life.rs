//! One made-up case, from registration on.
//!
//! Shares come from published volumes where there are any (`domain.md` §6); the other chances and delays are invented, and
//! stand here as plain numbers because they are no figures of anything.

use domain::Date;
use domain::parameter::{Parameter, Value};
use domain::parameters::{registration, settlement, volumes};
use domain::timeline::{Event, EventKind as Kind, Outcome, Step, Way};

use super::chance::Chance;
use super::pace::pace;

/// Days of a case are counted from here. Invented: the first registrations.
const FIRST: Date = Date::constant(2020, 1, 1);
/// Published volumes that tell a share apart from a later one.
const END_OF_2022: Date = Date::constant(2022, 12, 31);
const END_OF_2023: Date = Date::constant(2023, 12, 31);
const NEWEST: Date = Date::constant(2025, 4, 30);
/// Invented: when the settlement route took its first cases.
const FIRST_SETTLEMENTS: Date = Date::constant(2023, 7, 1);
/// New requests for further damage are pointed to the settlement route since then (`domain.md` §1).
const LAST_DAMAGE_REQUESTS: Date = Date::constant(2025, 3, 1);
/// MijnHerstel opened (`domain.md` §5).
const MIJNHERSTEL_OPENED: Date = Date::constant(2025, 11, 25);
/// Invented: who was refused and asks for the assessment all the same.
const GOES_ON_AFTER_A_REFUSAL: f64 = 0.8;

/// Everything that happened in the next case up to that day.
pub fn events(chance: &mut Chance, on: Date) -> Vec<Event> {
    let mut life = Life { chance, events: Vec::new() };
    life.live();
    let mut events = life.events;
    events.retain(|event| event.on <= on);
    events.sort_unstable();
    events
}

struct Life<'a> {
    chance: &'a mut Chance,
    events: Vec<Event>,
}

/// A day of a case, counted from [`FIRST`].
type Day = i32;

fn day_of(date: Date) -> Day {
    FIRST.days_until(date)
}

impl Life<'_> {
    fn live(&mut self) {
        let registered = self.registration();
        let tested = registered + self.chance.days(pace(Step::FirstTest));
        let recognised = self.chance.happens(recognised_at_the_first_test());
        self.decided(Kind::FirstTestDecided, tested, recognised);
        let begins = if recognised {
            if self.finishes_early(tested) {
                return;
            }
            tested
        } else {
            if !self.chance.happens(GOES_ON_AFTER_A_REFUSAL) {
                return;
            }
            let again = tested + self.chance.between(20, 150);
            self.tell(Kind::AssessmentStarted, again);
            again
        };
        self.conversation(begins);
        let decided = self.assessment(registered, begins);
        let recognised = recognised || self.chance.happens(recognised_by_the_assessment());
        self.decided(Kind::AssessmentDecided, decided, recognised);
        self.after(decided, recognised);
    }

    fn registration(&mut self) -> Day {
        let before_2023 = part(&volumes::REGISTERED, END_OF_2022, &volumes::REGISTERED, END_OF_2023);
        let closed = registration::CLOSED_ON.entry.values.last().and_then(|dated| dated.value);
        let closed = if let Some(Value::Date(day)) = closed { day } else { END_OF_2023 };
        let registered = if self.chance.happens(before_2023) {
            self.chance.early_in(day_of(END_OF_2022))
        } else {
            self.chance.between(day_of(END_OF_2022) + 1, day_of(closed))
        };
        self.tell(Kind::Registered, registered);
        // The others got no letter about it, or lost it.
        if self.chance.happens(0.92) {
            let confirmed = registered + self.chance.days(pace(Step::Registration));
            self.tell(Kind::RegistrationConfirmed, confirmed);
        }
        registered
    }

    fn finishes_early(&mut self, tested: Day) -> bool {
        let finishes = self.chance.happens(0.03);
        if finishes {
            let finished = tested + self.chance.between(30, 200);
            self.tell(Kind::FinishedEarly, finished);
            self.aftercare(finished);
        }
        finishes
    }

    fn conversation(&mut self, begins: Day) {
        if self.chance.happens(0.75) {
            let planned = begins + self.chance.between(20, 120);
            let held = planned + self.chance.days(pace(Step::Conversation));
            self.tell(Kind::ConversationPlanned, planned);
            self.tell(Kind::ConversationHeld, held);
        }
    }

    /// Gives back the day of the decision, which is told by who knows its outcome.
    fn assessment(&mut self, registered: Day, begins: Day) -> Day {
        let step = Step::IntegralAssessment;
        let decided = begins + self.chance.days(pace(step));
        let rounds = self.chance.between(0, 4);
        self.information(step, begins, decided - 70, rounds);
        self.third_party(step, begins, decided, 0.35);
        self.extension(step, registered + 150, registered + 182, begins, decided, 0.7);
        if decided - begins > 90 {
            let announced = decided - self.chance.between(45, 65);
            self.tell(Kind::AssessmentAnnounced, announced);
            if self.chance.happens(0.65) {
                let given = announced + self.chance.between(10, 40);
                self.tell(Kind::ViewGiven, given);
            }
        }
        // Late after a year: half a year by law and half a year more.
        let noticed = registered + 366 + self.chance.between(0, 250);
        if noticed > begins && noticed < decided && self.chance.happens(notices_among_the_late()) {
            self.add(Kind::NoticeOfDefault, noticed, |event| event.step = Some(step));
        }
        decided
    }

    fn after(&mut self, decided: Day, recognised: bool) {
        if self.chance.happens(part(&volumes::OBJECTIONS, END_OF_2022, &volumes::ASSESSMENTS, END_OF_2022)) {
            self.objection(decided);
        }
        if self.chance.happens(0.04) {
            let strange = decided + self.chance.between(1, 90);
            self.add(Kind::Other, strange, |event| event.code = Some("UHT-B77".to_owned()));
        }
        if !recognised {
            return;
        }
        if self.chance.happens(0.15) {
            let requested = decided + self.pause();
            self.damage(requested);
        }
        if self.chance.happens(0.3) {
            let requested = decided + self.pause();
            self.settlement(requested);
        } else {
            self.aftercare(decided);
        }
    }

    fn pause(&mut self) -> Day {
        self.chance.between(20, 400)
    }

    fn objection(&mut self, about: Day) {
        let step = Step::Objection;
        let lodged = about + self.chance.between(10, 42);
        let decided = lodged + self.chance.days(pace(step));
        self.tell(Kind::ObjectionLodged, lodged);
        self.extension(step, about + 42 + 60, about + 42 + 84, lodged, decided, 0.8);
        let rounds = self.chance.between(0, 2);
        self.information(step, lodged, decided, rounds);
        let withdrawn = lodged + self.chance.between(20, 500);
        if withdrawn < decided && self.chance.happens(0.1) {
            self.tell(Kind::ObjectionWithdrawn, withdrawn);
            // What came after it never came.
            self.events.retain(|event| event.step != Some(step) || event.on < after_first(withdrawn));
            return;
        }
        let granted = self.chance.happens(0.4);
        self.decided(Kind::ObjectionDecided, decided, granted);
        if granted {
            self.tell(Kind::AssessmentStarted, decided + 1);
            let again = decided + 1 + self.chance.days(pace(Step::IntegralAssessment));
            self.decided(Kind::AssessmentDecided, again, true);
        } else if self.chance.happens(0.2) {
            self.appeal(decided);
        }
    }

    fn appeal(&mut self, about: Day) {
        let lodged = about + self.chance.between(10, 42);
        let decided = lodged + self.chance.days(pace(Step::Appeal));
        self.tell(Kind::AppealLodged, lodged);
        let granted = self.chance.happens(0.3);
        self.decided(Kind::AppealDecided, decided, granted);
    }

    fn damage(&mut self, requested: Day) {
        if requested > day_of(LAST_DAMAGE_REQUESTS) {
            return;
        }
        let step = Step::Damage;
        let decided = requested + self.chance.days(pace(step));
        self.tell(Kind::DamageRequested, requested);
        let rounds = self.chance.between(0, 2);
        self.information(step, requested, decided, rounds);
        self.third_party(step, requested, decided, 0.5);
        self.extension(step, requested + 120, requested + 180, requested, decided, 0.8);
        if decided - requested > 60 {
            self.tell(Kind::DamageAdvised, decided - 30);
        }
        let granted = self.chance.happens(0.6);
        self.decided(Kind::DamageDecided, decided, granted);
    }

    fn settlement(&mut self, asked: Day) {
        let requested = asked.max(day_of(FIRST_SETTLEMENTS) + self.chance.between(0, 200));
        let last = settlement::APPLY_UNTIL.entry.values.last().and_then(|dated| dated.value);
        if matches!(last, Some(Value::Date(last)) if requested > day_of(last)) {
            return;
        }
        let with_help = requested < day_of(MIJNHERSTEL_OPENED) || self.chance.happens(0.5);
        let way = if with_help { Way::Sgh } else { Way::MijnHerstel };
        self.add(Kind::SettlementRequested, requested, |event| event.way = Some(way));
        let takes = self.chance.days(pace(Step::Settlement));
        if takes > 10 {
            if with_help {
                self.tell(Kind::FactsRecorded, requested + takes / 3);
            }
            self.tell(Kind::DamageStated, requested + takes * 2 / 3);
            self.tell(Kind::SettlementOffered, requested + takes * 9 / 10);
        }
        let is_signed = self.chance.happens(0.85);
        self.tell(
            if is_signed { Kind::SettlementSigned } else { Kind::SettlementDeclined },
            requested + takes,
        );
        if is_signed {
            self.aftercare(requested + takes);
        }
    }

    fn aftercare(&mut self, from: Day) {
        if self.chance.happens(0.35) {
            let started = from + self.chance.between(1, 60);
            let ended = started + self.chance.days(pace(Step::Aftercare));
            self.tell(Kind::AftercareStarted, started);
            self.tell(Kind::AftercareEnded, ended);
        }
    }

    /// Rounds of questions to her, one after the other.
    fn information(&mut self, step: Step, from: Day, to: Day, rounds: i32) {
        let room = (to - from) / rounds.max(1);
        if room < 40 {
            return;
        }
        for round in 0..rounds {
            let asked = from + round * room + self.chance.between(1, room - 35);
            let until = FIRST.plus_days(asked + 28);
            self.add(Kind::InformationAsked, asked, |event| (event.step, event.until) = (Some(step), until));
            // Who doesn't answer isn't waited for any longer than that.
            if self.chance.happens(0.9) {
                let sent = asked + self.chance.between(3, 34);
                self.add(Kind::InformationSent, sent, |event| event.step = Some(step));
            }
        }
    }

    fn third_party(&mut self, step: Step, from: Day, to: Day, share: f64) {
        if to - from > 120 && self.chance.happens(share) {
            let asked = from + self.chance.between(10, to - from - 100);
            let answered = asked + self.chance.between(14, 90);
            self.add(Kind::ThirdPartyAsked, asked, |event| event.step = Some(step));
            self.add(Kind::ThirdPartyAnswered, answered, |event| event.step = Some(step));
        }
    }

    /// More time is taken shortly before the end of the term, where the step runs by then.
    fn extension(&mut self, step: Step, early: Day, late: Day, begins: Day, ends: Day, share: f64) {
        let day = self.chance.between(early, late);
        if day > begins && day < ends && self.chance.happens(share) {
            self.add(Kind::Extended, day, |event| event.step = Some(step));
        }
    }

    fn decided(&mut self, kind: Kind, day: Day, is_granted: bool) {
        let outcome = if is_granted { Outcome::Granted } else { Outcome::Refused };
        self.add(kind, day, |event| event.outcome = Some(outcome));
    }

    fn tell(&mut self, kind: Kind, day: Day) {
        self.add(kind, day, |_| {});
    }

    fn add(&mut self, kind: Kind, day: Day, more: impl FnOnce(&mut Event)) {
        let mut event = Event {
            on: after_first(day),
            kind,
            step: None,
            outcome: None,
            until: None,
            way: None,
            code: None,
        };
        more(&mut event);
        self.events.push(event);
    }
}

fn after_first(day: Day) -> Date {
    FIRST.plus_days(day).unwrap_or(FIRST)
}

/// Of those whose first test was done at the end of 2023.
fn recognised_at_the_first_test() -> f64 {
    part(&volumes::RECOGNISED, END_OF_2023, &volumes::FIRST_TESTS, END_OF_2023)
}

/// Of those who were refused before, so that in the end as many are recognised as was published.
fn recognised_by_the_assessment() -> f64 {
    let before = recognised_at_the_first_test();
    let in_the_end = part(&volumes::RECOGNISED, NEWEST, &volumes::REGISTERED, NEWEST);
    (in_the_end - before) / ((1.0 - before) * GOES_ON_AFTER_A_REFUSAL)
}

/// Published are notices among all who registered; invented is that 58 of 100 of them had been late for long enough by then.
fn notices_among_the_late() -> f64 {
    part(&volumes::NOTICES_OF_DEFAULT, END_OF_2022, &volumes::REGISTERED, END_OF_2022) / 0.58
}

/// One published volume as a part of another.
fn part(of: &Parameter<u32>, on: Date, all: &Parameter<u32>, all_on: Date) -> f64 {
    of.at(on).zip(all.at(all_on)).map_or(0.0, |(of, all)| f64::from(of) / f64::from(all))
}
