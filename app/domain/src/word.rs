//! Choices that have a word: the same one in forms, in the database and in texts.

/// Makes an enum of which every variant has a word.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $variant,)+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in forms and in the database.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)+ }
            }

            /// The one with that word.
            #[must_use]
            pub fn parse(id: &str) -> Option<$name> {
                match id { $($id => Some($name::$variant),)+ _ => None }
            }

            /// Those among words with spaces between; unknown words are left out.
            #[must_use]
            pub fn list(words: &str) -> Vec<$name> {
                words.split_whitespace().filter_map($name::parse).collect()
            }
        }
    };
}

pub(crate) use words;
