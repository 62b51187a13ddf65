//! What she asks for, as far as it is needed to find who can help. Her name, number and story aren't part of it.

use crate::amounts::Route;
use crate::timeline::Step;
use crate::word::words;

words! {
    /// The help she asks for: of an independent expert (*onafhankelijke deskundige*), or of a peer.
    Kind {
        Legal = "legal",
        Financial = "financial",
        Psychosocial = "psychosocial",
        Mediation = "mediation",
        /// Someone reads a letter or a decision along with her.
        ReadAlong = "read_along",
        /// *Ervaringsdeskundige*: went through it, and was trained to guide others.
        ExperienceExpert = "experience_expert",
        /// *Lotgenoot* from the same region.
        PeerOfRegion = "peer_of_region",
        PeerOfLanguage = "peer_of_language",
        PeerOfSituation = "peer_of_situation",
    }
}

impl Kind {
    /// Given by someone who went through it too.
    #[must_use]
    pub const fn is_by_a_peer(self) -> bool {
        matches!(
            self,
            Kind::ExperienceExpert | Kind::PeerOfRegion | Kind::PeerOfLanguage | Kind::PeerOfSituation
        )
    }
}

words! {
    /// In which language she wants to talk.
    Language {
        Dutch = "nl",
        Arabic = "ar",
        Berber = "ber",
        Chinese = "zh",
        English = "en",
        French = "fr",
        Papiamento = "pap",
        Persian = "fa",
        Polish = "pl",
        Portuguese = "pt",
        Somali = "so",
        Spanish = "es",
        Sranan = "srn",
        Tigrinya = "ti",
        Turkish = "tr",
        Ukrainian = "uk",
        DutchSignLanguage = "dsl",
        Other = "other",
    }
}

words! {
    /// Where she lives: a province, or a country.
    Region {
        Drenthe = "drenthe",
        Flevoland = "flevoland",
        Friesland = "friesland",
        Gelderland = "gelderland",
        Groningen = "groningen",
        Limburg = "limburg",
        NoordBrabant = "noord_brabant",
        NoordHolland = "noord_holland",
        Overijssel = "overijssel",
        Utrecht = "utrecht",
        Zeeland = "zeeland",
        ZuidHolland = "zuid_holland",
        Aruba = "aruba",
        CaribbeanNetherlands = "caribbean_netherlands",
        Curacao = "curacao",
        SintMaarten = "sint_maarten",
        Belgium = "belgium",
        Germany = "germany",
        Morocco = "morocco",
        Poland = "poland",
        Spain = "spain",
        Suriname = "suriname",
        Turkey = "turkey",
        UnitedKingdom = "united_kingdom",
        Elsewhere = "elsewhere",
    }
}

impl Region {
    /// A province of the Netherlands in Europe; the others are countries.
    #[must_use]
    pub fn is_province(self) -> bool {
        self <= Region::ZuidHolland
    }
}

words! {
    Gender {
        Woman = "woman",
        Man = "man",
    }
}

words! {
    /// What binds a helper to an organisation that she may not trust.
    Tie {
        /// Worked for, or is paid by, the tax office's recovery organisation (UHT).
        RecoveryOrganisation = "uht",
        Municipality = "municipality",
    }
}

words! {
    /// Whether she knows already who should help.
    Wish {
        Find = "find",
        /// One of those who made themselves known here.
        Chosen = "chosen",
        /// One of her own, who may not be known here.
        Own = "own",
    }
}

words! {
    /// How she can be reached.
    Reach {
        Phone = "phone",
        Mail = "mail",
        Message = "message",
        AtTheMunicipality = "municipality",
    }
}

words! {
    /// When it is safe to reach her.
    Moment {
        Morning = "morning",
        Afternoon = "afternoon",
        Evening = "evening",
        Weekend = "weekend",
    }
}

/// What she wants help with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Route(Route),
    Step(Step),
    /// Something else, or she doesn't know.
    Else,
}

impl About {
    pub fn all() -> impl Iterator<Item = About> {
        let routes = Route::ALL.into_iter().map(About::Route);
        routes.chain(Step::ALL.into_iter().map(About::Step)).chain([About::Else])
    }

    /// The word in forms and in the database. A step and a route of the same name are told apart.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            About::Route(route) => format!("route.{}", route.id()),
            About::Step(step) => format!("step.{}", step.id()),
            About::Else => "else".to_owned(),
        }
    }

    #[must_use]
    pub fn parse(id: &str) -> Option<About> {
        About::all().find(|about| about.id() == id)
    }
}

/// Who may help her, and who not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// `None`: no matter.
    pub gender: Option<Gender>,
    /// She would like someone of her own background; only she can tell who is.
    pub same_background: bool,
    /// Nobody with one of these.
    pub no_ties: Vec<Tie>,
}

/// What is known of a request before anyone opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub kind: Kind,
    pub about: Vec<About>,
    pub is_urgent: bool,
    pub language: Language,
    pub region: Region,
    /// The helper she chose.
    pub chosen: Option<String>,
    pub preferences: Preferences,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_has_a_word_of_its_own() {
        let ids: std::collections::BTreeSet<String> = About::all().map(About::id).collect();
        assert_eq!(ids.len(), About::all().count());
        for about in About::all() {
            assert_eq!(About::parse(&about.id()), Some(about));
        }
        assert_eq!(About::parse("settlement"), None, "a step or a route?");
    }

    #[test]
    fn words_are_read_as_written_and_unknown_ones_left_out() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.id()), Some(*kind));
        }
        assert_eq!(Language::list("nl xx tr"), [Language::Dutch, Language::Turkish]);
        assert_eq!(Region::ALL.iter().filter(|region| region.is_province()).count(), 12);
    }
}
