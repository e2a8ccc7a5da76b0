//! Whether two names name one thing.
//!
//! Names are cut to content tokens (lower case, spelling folded, small words and the parties' pair
//! dropped). One name may say less than the other ("industrial cooperation centre" and "“Central
//! Asia” International Industrial Cooperation Centre"), but where each has a word of its own that
//! matters ("industrial", "trade") they are two things, however alike they sound. Refused
//! alternative: string distance, by which an industrial centre is closer to a trade centre than to
//! its own full name.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use strsim::jaro_winkler;

use crate::ids::StableHash;
use crate::names;

/// One word of a name: its spelling folded, so that transliterations agree.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) struct Token {
    pub(crate) word: String,
    /// Of the word, for a quick comparison.
    hash: u64,
    /// What sharing it tells: less for nouns that many things have.
    pub(crate) weight: f64,
    /// Whether a letter may differ: not in short words, never in numbers.
    fuzzy: bool,
}

/// A name ready to be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    /// Content tokens, sorted, each once.
    pub(crate) tokens: Vec<Token>,
    /// Tokens that carry little: "joint", "international".
    pub(crate) light: Vec<Token>,
    /// Years in it: two editions of one programme are two programmes.
    years: Vec<String>,
    /// Initials of all its words of weight, in their order, for acronyms.
    initials: String,
    /// The acronym that it is or that it gives in brackets.
    acronym: Option<String>,
}

/// A list of words, split once.
type Words = LazyLock<FxHashSet<&'static str>>;

/// Spellings and the one of them that is used here.
static CANONICAL: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| SAME.iter().flat_map(|same| same.iter().map(|word| (*word, same[0]))).collect());

/// Words that carry nothing.
static EMPTY: Words = LazyLock::new(|| {
    "the a an of for and on in to between with at by from their its his our regarding concerning \
    field area sphere republic s as or into within until through under worth km across one single"
        .split(' ')
        .collect()
});

/// Words that carry little: two names may differ in them and still be one.
static LIGHT: Words = LazyLock::new(|| {
    "joint new major bilateral international several various mutual common special proposed \
    planned series number large key long term comprehensive official first intergovernmental \
    project two country construction cooperative cross binational"
        .split(' ')
        .collect()
});

/// Spellings of one word, the first being the one used here.
const SAME: [&[&str]; 18] = [
    &["air", "aviation"],
    &["programme", "program", "programs", "programmes"],
    &["centre", "center", "hub", "centers", "centres"],
    &["organisation", "organization"],
    &["railway", "rail", "railroad", "railways"],
    &["highway", "motorway", "road"],
    &["memorandum", "mou", "memorandums", "memoranda"],
    &["commission", "commissions"],
    &["committee", "committees"],
    &["industrial", "industry", "industries"],
    &["trade", "trading"],
    &["hydropower", "hydroelectric", "hpp", "hydro"],
    &["cooperation", "collaboration", "co-operation"],
    &["economic", "economy"],
    &["agriculture", "agricultural"],
    &["transport", "transportation"],
    &["roadmap", "road-map"],
    &["post", "posts", "crossing", "crossings", "checkpoint", "checkpoints"],
];

impl Name {
    pub(crate) fn new(text: &str) -> Self {
        let words = with_present_names(raw_words(text));
        let initials =
            words.iter().filter(|w| !EMPTY.contains(w.lower.as_str())).filter_map(|w| w.lower.chars().next());
        let (mut tokens, mut light, mut years) = (Vec::new(), Vec::new(), Vec::new());
        let words_of = without_pair(&words);
        let whose = directions(&words_of);
        for (word, whose) in words_of.into_iter().zip(whose) {
            if EMPTY.contains(word.lower.as_str()) {
                continue;
            }
            if whose {
                light.push(Token::new(&canonical(&word.lower)));
                continue;
            }
            if is_year(&word.lower) {
                years.push(word.lower.clone());
                continue;
            }
            let word = canonical(&word.lower);
            if LIGHT.contains(word.as_str()) {
                light.push(Token::new(&word))
            } else {
                tokens.push(Token::new(&word))
            }
        }
        for list in [&mut tokens, &mut light] {
            list.sort_by(|a: &Token, b: &Token| a.word.cmp(&b.word));
            list.dedup_by(|a, b| a.word == b.word);
        }
        let acronym = words.iter().find(|w| w.is_acronym() && (words.len() == 1 || w.bracketed));
        Self { initials: initials.collect(), acronym: acronym.map(|w| w.lower.clone()), tokens, light, years }
    }

    /// Whether the two can name one thing, with a score from 0 to 1.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        if !self.years.is_empty() && !other.years.is_empty() && self.years != other.years {
            return 0.0;
        }
        if self.is_acronym_of(other) || other.is_acronym_of(self) {
            return 0.9;
        }
        let (short, long) =
            if self.tokens.len() <= other.tokens.len() { (self, other) } else { (other, self) };
        let shared = short.tokens.iter().filter(|token| long.has(token)).count();
        let all_of_short = shared == short.tokens.len();
        if !all_of_short || shared == 0 {
            return 0.0;
        }
        let all_of_long = long.tokens.iter().filter(|token| short.has(token)).count() == long.tokens.len();
        let share = shared as f64 / long.tokens.len() as f64;
        let weight: f64 = short.tokens.iter().map(|token| token.weight).sum();
        match (all_of_long, shared) {
            // The same words of weight; one word alone must not rest on a general noun.
            (true, 1) => {
                if short.tokens[0].is_general() && short.light != long.light {
                    0.5
                } else {
                    0.85
                }
            }
            (true, _) => 1.0,
            (false, _) if weight < SUBSET_FROM => 0.5 * share,
            (false, _) => 0.55 + 0.4 * share,
        }
    }

    /// Whether it says more than that there is such a thing: two words, or one that few things have ("laboratory").
    pub(crate) fn tells_one(&self) -> bool {
        self.tokens.len() > 1 || self.tokens.iter().any(|token| !token.is_general())
    }

    fn has(&self, token: &Token) -> bool {
        self.tokens.iter().any(|own| own.same(token))
    }

    /// How many words that are this name's own, not of many things, another name has, too.
    pub(crate) fn own_words_in(&self, other: &Self) -> usize {
        self.tokens.iter().filter(|token| !token.is_general() && other.has(token)).count()
    }

    fn is_acronym_of(&self, other: &Self) -> bool {
        self.acronym.as_ref().is_some_and(|acronym| {
            acronym.chars().count() >= 3
                && (*acronym == other.initials || Some(acronym) == other.acronym.as_ref())
        })
    }

    /// Whether another name has all of this name's words but those that carry little.
    pub(crate) fn says_no_more_than(&self, other: &Self) -> bool {
        self.tokens.iter().all(|token| other.has(token))
    }

    /// Share of this name's words of weight that the other text has.
    pub(crate) fn covered_by(&self, other: &Self) -> f64 {
        let all = || self.tokens.iter().chain(&self.light);
        let shared =
            all().filter(|token| other.has(token) || other.light.iter().any(|own| own.same(token))).count();
        if all().count() == 0 { 0.0 } else { shared as f64 / all().count() as f64 }
    }
}

/// Weight of shared words from which a name that says less may be the one that says more.
const SUBSET_FROM: f64 = 1.5;

fn weight(token: &str) -> f64 {
    static PAPERS: Words = LazyLock::new(|| {
        "agreement memorandum document protocol plan declaration statement contract treaty roadmap package"
            .split(' ')
            .collect()
    });
    match token {
        _ if PAPERS.contains(token) => 0.25,
        _ if is_general(token) => 0.5,
        _ => 1.0,
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|b| b.is_ascii_digit())
}

/// Nouns so common among joint works that they name nothing by themselves.
fn is_general(token: &str) -> bool {
    static GENERAL: Words = LazyLock::new(|| {
        "cooperation agreement document memorandum protocol plan initiative centre commission company \
    council committee partnership declaration statement group portfolio venture treaty contract \
    work relation development trade industrial transport energy event package roadmap programme \
    corridor line route road"
            .split(' ')
            .collect()
    });
    GENERAL.contains(token)
}

#[derive(Clone, Debug)]
struct Word {
    lower: String,
    capital: bool,
    upper: bool,
    bracketed: bool,
}

impl Word {
    fn is_acronym(&self) -> bool {
        self.upper && self.lower.chars().count() >= 3
    }
}

fn raw_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut bracketed = false;
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric() && !"'’‘ʻ`".contains(c)) {
        let word: String = piece.chars().filter(|c| c.is_alphanumeric()).collect();
        if !word.is_empty() {
            words.push(Word {
                lower: word.to_lowercase(),
                capital: word.chars().next().is_some_and(char::is_uppercase),
                upper: word.chars().all(char::is_uppercase),
                bracketed,
            });
        }
        bracketed = (bracketed || piece.ends_with('(')) && !piece.ends_with(')');
    }
    words
}

/// The proper words of a name, hashed: its capital words but those that name a country, or a kind of work or body as titles
/// spell them.
pub(crate) fn proper_words(name: &str) -> Vec<u64> {
    static KINDS: Words = LazyLock::new(|| {
        "border post posts one stop check point integrated national road bridge railway rail highway line lines power station \
        plant terminal port dry airport dam project crossing gas oil pipeline transmission electricity grid interconnector \
        interconnection canal tunnel free zone special industrial park phase section north south east west northern southern \
        eastern western central great upper lower river lake sea hub logistics customs house market hospital school university"
            .split_whitespace()
            .collect()
    });
    let words = with_present_names(raw_words(name));
    let (mut proper, mut at) = (Vec::new(), 0);
    while let Some(word) = words.get(at) {
        let country = names::country_at(words[at..].iter().map(|word| word.lower.as_str()));
        let common = || {
            let plain = canonical(&word.lower);
            [word.lower.as_str(), &plain]
                .into_iter()
                .any(|w| KINDS.contains(w) || EMPTY.contains(w) || LIGHT.contains(w) || is_general(w))
                || names::is_adjective(&word.lower)
        };
        if country == 0 && word.capital && word.lower.chars().count() > 2 && !common() {
            proper.push(Token::new(&canonical(&word.lower)).hash);
        }
        at += country.max(1);
    }
    proper.sort_unstable();
    proper.dedup();
    proper
}

/// Old names of cities, regions and countries as they are now, so that one road keeps one name.
fn with_present_names(words: Vec<Word>) -> Vec<Word> {
    let renamed = |at: usize| names::renamed(words[at..].iter().map(|word| word.lower.as_str()));
    if (0..words.len()).all(|at| renamed(at).is_none()) {
        return words;
    }
    let mut present = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let (len, now) = renamed(at).unwrap_or((1, &[]));
        let of = |lower: &String| Word { lower: lower.clone(), capital: true, upper: false, ..word.clone() };
        present.extend(now.iter().map(of));
        if now.is_empty() {
            present.push(word.clone());
        }
        at += len;
    }
    present
}

/// Leaves out "between X and Y" and "of X and Y" with countries: whom a thing ties is said by its parties.
fn without_pair(words: &[Word]) -> Vec<&Word> {
    let mut kept = Vec::new();
    let mut pair = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let owners = owners(&words[at..]);
        if owners > 0 {
            at += owners;
            continue;
        }
        let joins = EMPTY.contains(word.lower.as_str());
        // Towns say which of several roads it is, countries only whose.
        let behind = words[at + 1..].iter().map(|word| word.lower.as_str());
        let opens = word.lower == "between" && countries_next(behind);
        pair = (pair && (word.capital || joins)) || opens;
        if !pair {
            kept.push(word);
        }
        at += 1;
    }
    kept
}

/// Which words are countries that only say whence or whither ("line from Ghana") or between whom ("Ghana-Togo road"):
/// the parties say that already, and who tells of the thing next may leave it out.
fn directions(words: &[&Word]) -> Vec<bool> {
    let mut whose = vec![false; words.len()];
    let country = |at: usize| names::country_at(words[at..].iter().map(|word| word.lower.as_str()));
    let way = |at: usize| matches!(words[at].lower.as_str(), "from" | "to" | "into" | "towards" | "with");
    let mut at = 0;
    while at < words.len() {
        let behind = at
            .checked_sub(1)
            .map(|before| if words[before].lower == "the" { before.saturating_sub(1) } else { before });
        let led = behind.is_some_and(way);
        let len = country(at);
        let joined = if len > 0 && at + len < words.len() { country(at + len) } else { 0 };
        let all = if len > 0 && (led || joined > 0) { len + joined } else { 0 };
        whose[at..at + all].fill(true);
        at += all.max(1);
    }
    whose
}

/// Whether words begin with the name of a country.
fn countries_next<'w>(mut words: impl Iterator<Item = &'w str> + Clone) -> bool {
    if words.clone().next() == Some("the") {
        words.next();
    }
    names::country_at(words) > 0
}

/// How many words "of Ghana and Burkina Faso" has at the head of some words; 0 when they name fewer than
/// two countries.
fn owners(words: &[Word]) -> usize {
    if words.first().is_none_or(|word| word.lower != "of") {
        return 0;
    }
    let (mut at, mut countries) = (1, 0);
    while let Some(word) = words.get(at) {
        let lower = words[at..].iter().map(|word| word.lower.as_str());
        match names::country_at(lower) {
            0 if matches!(word.lower.as_str(), "and" | "the") => at += 1,
            0 => break,
            len => {
                countries += 1;
                at += len;
            }
        }
    }
    if countries >= 2 { at } else { 0 }
}

/// A word in the singular and in the one of several spellings that is used here.
fn canonical(lower: &str) -> String {
    if let Some(word) = CANONICAL.get(lower) {
        return (*word).to_owned();
    }
    let singular = match (lower.strip_suffix("ies"), lower.strip_suffix('s')) {
        (Some(stem), _) if stem.len() > 2 => format!("{stem}y"),
        (_, Some(stem)) if stem.len() > 3 && !stem.ends_with(['s', 'u']) => stem.to_owned(),
        _ => return lower.to_owned(),
    };
    CANONICAL.get(singular.as_str()).map_or(singular, |word| (*word).to_owned())
}

impl Token {
    fn new(word: &str) -> Self {
        let digits = word.bytes().any(|byte| byte.is_ascii_digit());
        let (weight, fuzzy) = (weight(word), !digits && word.len() > 6);
        let word = folded(word);
        Self { hash: StableHash::default().part(&word).finish(), word, weight, fuzzy }
    }

    /// Whether many things have it in their name.
    pub(crate) fn is_general(&self) -> bool {
        self.weight < 1.0
    }

    /// One word, maybe in two spellings: Uchkuduq and Uchkuduk, Kyzylorda and Qyzylorda.
    fn same(&self, other: &Self) -> bool {
        let (a, b) = (&self.word, &other.word);
        let close = || a.as_bytes().first() == b.as_bytes().first() && a.len().abs_diff(b.len()) <= 1;
        self.hash == other.hash || (self.fuzzy && other.fuzzy && close() && jaro_winkler(a, b) >= 0.96)
    }
}

/// Letters that transliterations swap are made one; short words are left alone.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    if word.len() < 5 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        folded.push_str(word);
        return folded;
    }
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut pair = |second: char| letters.next_if_eq(&second).is_some();
        let letter = match letter {
            'z' if pair('h') => 'j',
            'd' if pair('j') => 'j',
            'k' if pair('h') => 'h',
            't' if pair('s') => 's',
            'q' => 'k',
            'y' => 'i',
            'w' => 'v',
            other => other,
        };
        if !folded.ends_with(letter) {
            folded.push(letter);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From here on two names are taken for one thing.
    const SAME_FROM: f64 = 0.6;

    #[test]
    fn one_thing_under_several_names_and_look_alikes_apart() {
        let check = |a: &str, b: &str, same: bool| {
            let score = Name::new(a).likeness(&Name::new(b));
            assert_eq!(score, Name::new(b).likeness(&Name::new(a)), "{a} / {b}");
            assert_eq!(score >= SAME_FROM, same, "{a} / {b}: {score}");
        };
        let industrial = "“Central Asia” International Industrial Cooperation Centre";
        check("International Center for Industrial Cooperation", industrial, true);
        check("ICIC", "International Center for Industrial Cooperation", true);
        check("International Centre for Trade and Economic Cooperation \"Central Asia\"", industrial, false);
        check("Industrial Cooperation Program", "long-term programme for industrial cooperation", true);
        check("Industrial Cooperation Program", "Industrial Cooperation Centre", false);
        check("Uchkuduq–Kyzylorda corridor", "Uchkuduk-Qyzylorda road", false);
        check("Uchkuduq–Kyzylorda corridor", "the Uchkuduk - Qyzylorda corridor", true);
        check("Kambarata HPP-1", "Kambarata HPP-2", false);
        check("Atameken-Gulistan border crossing", "Atameken chamber of entrepreneurs", false);
        check(
            "Program of Strategic Partnership and Alliance between Uzbekistan and Kazakhstan until 2034",
            "Strategic Partnership and Alliance Programme until 2034",
            true,
        );
        check("joint foreign trade company", "trade centre", false);
        check("Business Council", "Business Forum", false);
        check("agreement on water", "agreement on the joint management of transboundary water bodies", false);
        check("Tema-Ouagadougou railway of Ghana and Burkina Faso", "railway from Tema to Ouagadougou", true);
        check("Lima–Hanoi shipping line", "shipping line Hanoi - Lima", true);
        check("Nur-Sultan–Tashkent railway", "Astana - Tashkent railway", true);
        check("second power line between the two countries", "second power line from Kenya", true);
        check("Ghana-Togo gas pipeline", "gas pipeline from Ghana", true);
        check("line from Ghana to Togo", "Lomé line", false);
        check("Turkey-Iraq Development Road", "Türkiye–Iraq Development Road", true);
    }
}
