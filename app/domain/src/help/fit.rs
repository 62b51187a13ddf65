//! Who fits whom. What she asks is binding; what would be nice comes first.

use super::request::{Gender, Kind, Language, Region, Request, Tie};

/// What a helper told of themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    pub id: String,
    pub kinds: Vec<Kind>,
    pub languages: Vec<Language>,
    pub regions: Vec<Region>,
    /// `None`: rather not told.
    pub gender: Option<Gender>,
    pub ties: Vec<Tie>,
}

/// How well a request fits a helper. What should be seen first is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// It can wait.
    pub can_wait: bool,
    /// She asked for someone, not for this one.
    pub is_for_anyone: bool,
    /// She lives elsewhere.
    pub is_elsewhere: bool,
}

/// How well a request fits a helper; `None`: it isn't for this one.
#[must_use]
pub fn fit(request: &Request, helper: &Helper) -> Option<Fit> {
    let preferences = &request.preferences;
    let is_elsewhere = !helper.regions.contains(&request.region);
    let is_fitting = request.chosen.as_ref().is_none_or(|chosen| *chosen == helper.id)
        && helper.kinds.contains(&request.kind)
        && helper.languages.contains(&request.language)
        && preferences.gender.is_none_or(|gender| helper.gender == Some(gender))
        && preferences.no_ties.iter().all(|tie| !helper.ties.contains(tie))
        && !(request.kind == Kind::PeerOfRegion && is_elsewhere);
    is_fitting.then_some(Fit {
        can_wait: !request.is_urgent,
        is_for_anyone: request.chosen.is_none(),
        is_elsewhere,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::super::request::Preferences;
    use super::*;

    fn request() -> Request {
        Request {
            kind: Kind::Legal,
            about: Vec::new(),
            is_urgent: false,
            language: Language::Turkish,
            region: Region::Utrecht,
            chosen: None,
            preferences: Preferences::default(),
        }
    }

    fn helper() -> Helper {
        Helper {
            id: "a".to_owned(),
            kinds: vec![Kind::Legal, Kind::PeerOfRegion],
            languages: vec![Language::Dutch, Language::Turkish],
            regions: vec![Region::Utrecht],
            gender: Some(Gender::Woman),
            ties: vec![Tie::Municipality],
        }
    }

    #[test]
    fn what_she_asks_is_binding() {
        assert!(fit(&request(), &helper()).is_some());
        for unfit in [
            Request { kind: Kind::Financial, ..request() },
            Request { language: Language::Polish, ..request() },
            Request { chosen: Some("b".to_owned()), ..request() },
            Request { kind: Kind::PeerOfRegion, region: Region::Zeeland, ..request() },
            Request {
                preferences: Preferences { gender: Some(Gender::Man), ..Preferences::default() },
                ..request()
            },
            Request {
                preferences: Preferences { no_ties: vec![Tie::Municipality], ..Preferences::default() },
                ..request()
            },
        ] {
            assert_eq!(fit(&unfit, &helper()), None, "{unfit:?}");
        }
    }

    #[test]
    fn who_tells_no_gender_isnt_given_to_someone_who_asks_for_one() {
        let asks = Preferences { gender: Some(Gender::Woman), same_background: false, no_ties: Vec::new() };
        let silent = Helper { gender: None, ..helper() };
        assert_eq!(fit(&Request { preferences: asks, ..request() }, &silent), None);
    }

    #[test]
    fn urgent_comes_first_then_who_was_chosen_then_who_lives_near() {
        let near = request();
        let far = Request { region: Region::Zeeland, ..request() };
        let chosen = Request { chosen: Some("a".to_owned()), ..far.clone() };
        let urgent = Request { is_urgent: true, ..far.clone() };
        let order = [urgent, chosen, near, far].map(|request| fit(&request, &helper()));
        assert!(order.is_sorted(), "{order:?}");
        assert!(order.iter().all(Option::is_some));
    }

    proptest! {
        /// Someone who can do more, and is bound by less, is never left out.
        #[test]
        fn more_languages_kinds_and_regions_never_fit_less(
            kind in select(Kind::ALL),
            language in select(Language::ALL),
            region in select(Region::ALL),
            no_ties in subsequence(Tie::ALL.to_vec(), 0..=2),
            kinds in subsequence(Kind::ALL.to_vec(), 0..=9),
            languages in subsequence(Language::ALL.to_vec(), 0..=5),
            regions in subsequence(Region::ALL.to_vec(), 0..=5),
            ties in subsequence(Tie::ALL.to_vec(), 0..=2),
        ) {
            let preferences = Preferences { no_ties, ..Preferences::default() };
            let request = Request { kind, language, region, preferences, ..request() };
            let some = Helper { kinds, languages, regions, ties, ..helper() };
            let all = Helper {
                kinds: Kind::ALL.to_vec(),
                languages: Language::ALL.to_vec(),
                regions: Region::ALL.to_vec(),
                ties: Vec::new(),
                ..helper()
            };
            let with_all = fit(&request, &all);
            prop_assert!(with_all.is_some());
            if let Some(fitting) = fit(&request, &some) {
                prop_assert!(with_all <= Some(fitting));
            }
        }
    }
}
