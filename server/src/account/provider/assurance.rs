//! How sure a provider must be of who someone is.

/// The levels of eIDAS, from low to high: a higher one is always enough.
const LEVELS: [&str; 3] = [
    "http://eidas.europa.eu/LoA/low",
    "http://eidas.europa.eu/LoA/substantial",
    "http://eidas.europa.eu/LoA/high",
];

/// The least that is asked: a level of eIDAS, or a class of the provider's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assurance(String);

impl Assurance {
    #[must_use]
    pub fn at_least(class: &str) -> Assurance {
        Assurance(class.to_owned())
    }

    /// All that are enough, the least first.
    #[must_use]
    pub fn enough(&self) -> Vec<&str> {
        match LEVELS.iter().position(|level| *level == self.0) {
            Some(least) => LEVELS[least..].to_vec(),
            None => vec![&self.0],
        }
    }

    /// Whether a provider that says this is sure enough.
    #[must_use]
    pub fn is_reached_by(&self, class: &str) -> bool {
        self.enough().contains(&class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_level_is_enough_and_a_lower_one_isnt() {
        let substantial = Assurance::at_least(LEVELS[1]);
        assert_eq!(LEVELS.map(|level| substantial.is_reached_by(level)), [false, true, true]);
        let own = Assurance::at_least("urn:mfa");
        assert!(own.is_reached_by("urn:mfa") && !own.is_reached_by(LEVELS[2]) && !own.is_reached_by(""));
    }
}
