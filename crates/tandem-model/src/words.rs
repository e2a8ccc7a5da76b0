//! Closed vocabularies: one word a variant, the same in JSON, in rules and on screen.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("Written `", $word, "`.")] #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// All words of the vocabulary, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word in JSON, in rules and on screen.
            pub fn word(self) -> &'static str { match self { $(Self::$variant => $word),+ } }
            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> { match word { $($word => Some(Self::$variant),)+ _ => None } }
        }
    };
}
