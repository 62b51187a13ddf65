//! Made-up families: what a parent types in the form of /bedragen, and the situation that it means.

use domain::amounts::{
    Child, Damage, DamageKind, FormerPartner, FormerPartnerAnswers, Ground, Situation, Year,
};
use domain::{Cents, Date};
use server::clock::Clock;

use crate::app::MORNING;

/// The fields of a form.
pub type Typed = Vec<(String, String)>;

/// Always the same families, each unlike the last, on the day that the server counts with.
pub fn families(count: u64) -> impl Iterator<Item = (Typed, Situation)> {
    (0..count).map(|number| {
        Family { dice: Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1), typed: Vec::new() }.told()
    })
}

/// The day on which the portal of a test stands.
pub fn today() -> Date {
    Clock::standing_at(MORNING).today()
}

/// A family that is being made up, field by field.
struct Family {
    dice: Dice,
    typed: Typed,
}

impl Family {
    fn told(mut self) -> (Typed, Situation) {
        let recognised = !self.dice.one_in(8);
        self.says("recognised", if recognised { "yes" } else { "no" });
        let mut situation = Situation::new(today(), recognised);
        situation.received = self.amount("received");
        let years = self.years();
        situation.years = (!years.is_empty()).then_some(years);
        situation.first_correction_on = self.date("first_correction_on", 2013);
        situation.decision_on = self.date("decision_on", 2020);
        situation.legal_help = self.amount("legal_help");
        situation.damages = self.damages();
        situation.children = (0..self.dice.below(4)).filter_map(|row| self.child(row)).collect();
        situation.former_partner = self.former_partner();
        (self.typed, situation)
    }

    fn says(&mut self, name: &str, value: &str) {
        self.typed.push((name.to_owned(), value.to_owned()));
    }

    /// An amount in one of the ways that people write one, or nothing.
    fn amount(&mut self, name: &str) -> Option<Cents> {
        if self.dice.one_in(4) {
            self.says(name, "");
            return None;
        }
        let (thousands, hundreds) = (self.dice.below(60), self.dice.below(1_000));
        let (written, cents) = match self.dice.below(4) {
            0 => (format!("{thousands}.{hundreds:03}"), 0),
            1 => (format!("€ {thousands}{hundreds:03}"), 0),
            2 => (format!("{thousands} {hundreds:03},25"), 25),
            _ => (format!("{thousands}.{hundreds:03},-"), 0),
        };
        self.says(name, &written);
        Some(Cents(i64::from(thousands * 1_000 + hundreds) * 100 + cents))
    }

    /// A day in one of the ways that people write one, or nothing.
    fn date(&mut self, name: &str, from_year: i16) -> Option<Date> {
        if self.dice.one_in(4) {
            self.says(name, "");
            return None;
        }
        let year = from_year + i16::from(self.dice.small(6));
        let (month, day) = (1 + self.dice.small(12), 1 + self.dice.small(28));
        let written = match self.dice.below(4) {
            0 => format!("{day}-{month}-{year}"),
            1 => format!("{day:02}/{month:02}/{year}"),
            2 => format!("{year}-{month:02}-{day:02}"),
            _ => format!("{day:02}{month:02}{year}"),
        };
        self.says(name, &written);
        Date::new(year, month.cast_signed(), day.cast_signed())
    }

    fn years(&mut self) -> Vec<Year> {
        let mut years = Vec::new();
        for row in 0..self.dice.below(4) {
            let name = |field: &str| format!("years[{row}].{field}");
            // An empty row in between counts for nothing.
            if self.dice.one_in(6) {
                ["year", "reclaimed"].into_iter().for_each(|field| self.says(&name(field), ""));
                continue;
            }
            let year = 2005 + i16::from(self.dice.small(15));
            self.says(&name("year"), &year.to_string());
            let ground = Ground::ALL.get(usize::from(self.dice.small(4))).copied();
            self.says(&name("ground"), ground.map_or("unknown", Ground::id));
            years.push(Year {
                year,
                ground,
                reclaimed: self.amount(&name("reclaimed")),
                interest_and_costs_paid: self.amount(&name("interest_and_costs_paid")),
                missed_interest: self.amount(&name("missed_interest")),
                outstanding: self.amount(&name("outstanding")).unwrap_or_default(),
            });
        }
        years
    }

    fn damages(&mut self) -> Option<Vec<Damage>> {
        if self.dice.one_in(3) {
            self.says("no_damage", "yes");
            return Some(Vec::new());
        }
        let mut damages = Vec::new();
        for row in 0..self.dice.below(3) {
            let kind = DamageKind::ALL[usize::from(self.dice.small(9))];
            self.says(&format!("damages[{row}].kind"), kind.id());
            let low = self.amount(&format!("damages[{row}].low"));
            let high = low.map(|low| low + Cents(i64::from(self.dice.below(2_000)) * 1_000));
            self.says(
                &format!("damages[{row}].high"),
                &high.map_or_else(String::new, |high| high.to_string()),
            );
            damages.push(Damage { kind, low, high });
        }
        (!damages.is_empty()).then_some(damages)
    }

    fn child(&mut self, row: u32) -> Option<Child> {
        let year = 2000 + i16::from(self.dice.small(20));
        self.date(&format!("children[{row}].born_on"), year).map(|born_on| Child { born_on })
    }

    fn former_partner(&mut self) -> FormerPartner {
        if self.dice.one_in(2) {
            self.says("former_partner", "no");
            return FormerPartner::Is(false);
        }
        self.says("former_partner", "yes");
        let mut answer = |question: &str| {
            let known = [Some(true), Some(false), None][usize::from(self.dice.small(3))];
            let said = known.map_or("unknown", |known| if known { "yes" } else { "no" });
            self.says(&format!("former_partner.{question}"), said);
            known
        };
        FormerPartner::Answers(FormerPartnerAnswers {
            ex_recognised: answer("ex_recognised"),
            earlier_compensation: answer("earlier_compensation"),
            parted_before_payment: answer("parted_before_payment"),
            benefit_partner: answer("benefit_partner"),
            harmed_year_own_children: answer("harmed_year_own_children"),
            decision_and_year_after: answer("decision_and_year_after"),
        })
    }
}

/// Falls the same way every time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % u64::from(sides)).expect("less than the sides")
    }

    fn small(&mut self, sides: u8) -> u8 {
        u8::try_from(self.below(sides.into())).expect("less than the sides")
    }

    fn one_in(&mut self, sides: u32) -> bool {
        self.below(sides) == 0
    }
}
