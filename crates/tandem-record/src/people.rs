//! Whether two spellings name one person, or one company.
//!
//! Names are put into plain Latin letters, particles and legal forms are dropped, and spellings that
//! transliteration swaps are folded. What is left is matched word by word: initials match what they
//! stand for, a name may say less than the other, but where each has a word of its own they are two.
//! Companies must match in every word, since "Deutsche Bank Trust" is not "Deutsche Bank". Refused
//! alternative: one string distance over the whole name, by which Hassan is closer to Hasan al-Rawi's
//! brother than to Hasan.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use strsim::jaro_winkler;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, office or other body.
    Body,
}

/// Likeness from which two words are one word in two spellings.
const ONE_WORD: f64 = 0.9;
/// Likeness from which two whole names are one, misspelt.
const ONE_NAME: f64 = 0.965;
/// Words of fewer letters must be the same.
const SHORT: usize = 4;

static PARTICLES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "al el bin ibn bint von van de der den di da del la le dr mr mrs ms sir president prime minister general ul abu \
    abd ould dos do das"
        .split_whitespace()
        .collect()
});

static LEGAL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "inc incorporated ltd limited llc plc ag gmbh sa spa srl jsc ojsc pjsc cjsc oao ooo zao pao corporation corp \
    company co kg bv nv ab as oy lp llp holding holdings group aktiengesellschaft joint stock the and of for de public \
    open closed sarl sas se kgaa pte pvt private"
        .split_whitespace()
        .collect()
});

/// Whether two names, in whatever spelling, are of one bearer as far as names can tell.
pub fn same_name(kind: NameKind, a: &str, b: &str) -> bool {
    let (a, b) = (words(kind, a), words(kind, b));
    let (joined_a, joined_b) = (folded(&a.concat()), folded(&b.concat()));
    if joined_a == joined_b || sorted(&a) == sorted(&b) {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let matched = matched(kind, &short, &long);
    let left = long.len() - matched.all;
    match kind {
        NameKind::Body => matched.all == short.len() && left == 0 && matched.full > 0,
        NameKind::Person if matched.all < short.len() => {
            short.len() == long.len() && jaro_winkler(&joined_a, &joined_b) >= ONE_NAME
        }
        NameKind::Person if left == 0 => matched.full > 0,
        NameKind::Person => matched.full >= 2 && left <= matched.all,
    }
}

fn sorted(words: &[String]) -> String {
    let mut words = words.to_vec();
    words.sort();
    folded(&words.concat())
}

/// How many words of the shorter name the longer one has.
struct Matched {
    all: usize,
    /// Of them those that are no initials.
    full: usize,
}

fn matched(kind: NameKind, short: &[String], long: &[String]) -> Matched {
    let mut left: Vec<&String> = long.iter().collect();
    let mut matched = Matched { all: 0, full: 0 };
    for word in short {
        let fits = |other: &&&String| one_word(kind, word, other);
        let exact = left.iter().position(|other| *other == word);
        let Some(place) = exact.or_else(|| left.iter().position(|other| fits(&other))) else { continue };
        let other = left.remove(place);
        matched.all += 1;
        matched.full += usize::from(word.len() > 2 && other.len() > 2 || word == other && word.len() > 1);
    }
    matched
}

fn one_word(kind: NameKind, a: &str, b: &str) -> bool {
    // "Sh." stands for Shavkat: one letter in other scripts.
    let initial =
        |word: &str| word.chars().count() == 1 || matches!(word, "sh" | "ch" | "zh" | "kh" | "yu" | "ya");
    if a == b {
        return true;
    }
    if kind == NameKind::Person && (initial(a) || initial(b)) {
        return a.starts_with(b) || b.starts_with(a);
    }
    let (x, y) = (folded(a), folded(b));
    let digits = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let latin = x.is_ascii() && y.is_ascii() && !digits(a) && !digits(b);
    x == y || (latin && x.len().min(y.len()) >= SHORT && jaro_winkler(&x, &y) >= ONE_WORD)
}

/// The words that tell: in Latin letters without marks, particles and legal forms left out unless
/// nothing else is there.
fn words(kind: NameKind, name: &str) -> Vec<String> {
    let plain = latin(name);
    let pieces = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let all: Vec<String> = pieces.map(str::to_owned).collect();
    let dropped = if kind == NameKind::Person { &*PARTICLES } else { &*LEGAL };
    let telling: Vec<String> = all.iter().filter(|word| !dropped.contains(word.as_str())).cloned().collect();
    let telling = if telling.is_empty() { all } else { telling };
    match kind {
        NameKind::Person => telling,
        NameKind::Body => telling.into_iter().map(counted).collect(),
    }
}

/// Small numbers in figures, however written.
fn counted(word: String) -> String {
    let figure = match word.as_str() {
        "one" | "first" | "i" => "1",
        "two" | "second" | "ii" => "2",
        "three" | "third" | "iii" => "3",
        "four" | "iv" => "4",
        "five" => "5",
        _ => return word,
    };
    figure.to_owned()
}

/// Small plain Latin letters for Latin letters with marks and for Cyrillic ones; apostrophes and the
/// points of abbreviations are dropped, other scripts stay.
fn latin(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let alone = |at: usize| letters.get(at.wrapping_sub(1)).is_none_or(|c| !c.is_alphanumeric());
        match letter {
            '\'' | '’' | '‘' | 'ʻ' | '`' | 'ʹ' | '"' => {}
            // "p.l.c.", but not "Bank. Trust".
            '.' if at > 0 && alone(at - 1) => {}
            // Marks that stand behind their letter.
            '\u{300}'..='\u{36f}' => {}
            other => match plain_letter(*other) {
                Some(letters) => plain.push_str(letters),
                None => plain.push(*other),
            },
        }
    }
    plain
}

fn plain_letter(letter: char) -> Option<&'static str> {
    const TABLE: [(&str, &str); 45] = [
        ("àáâãäåāăąаəә", "a"),
        ("çćčĉċ", "c"),
        ("đďд", "d"),
        ("èéêëēęěėеёэє", "e"),
        ("ğĝġģгғґ", "g"),
        ("ìíîïīįıийыіїўј", "i"),
        ("ñńňņнңњ", "n"),
        ("òóôõöøōőоө", "o"),
        ("řŕр", "r"),
        ("śšşșс", "s"),
        ("ťţțт", "t"),
        ("ùúûüūůűųуұү", "u"),
        ("ýÿ", "y"),
        ("źžżз", "z"),
        ("łļľлљ", "l"),
        ("ķкқ", "k"),
        ("ĥхһҳ", "h"),
        ("ŵ", "w"),
        ("ĵж", "j"),
        ("б", "b"),
        ("в", "v"),
        ("м", "m"),
        ("п", "p"),
        ("ф", "f"),
        ("ц", "ts"),
        ("чћ", "ch"),
        ("ш", "sh"),
        ("щ", "sh"),
        ("ю", "iu"),
        ("я", "ia"),
        ("ъьʼ", ""),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("þ", "th"),
        ("ð", "d"),
        ("α", "a"),
        ("ά", "a"),
        ("κ", "k"),
        ("ρ", "r"),
        ("τ", "t"),
        ("ο", "o"),
        ("ό", "o"),
        ("ν", "n"),
        ("ς", "s"),
    ];
    if letter.is_ascii() {
        return None;
    }
    TABLE.iter().find(|(letters, _)| letters.contains(letter)).map(|(_, plain)| *plain)
}

/// One spelling for what transliterations swap: kh and h, zh, dj and j, y and i, w and v.
fn folded(word: &str) -> String {
    const SWAPPED: [(&str, &str); 17] = [
        ("zh", "j"),
        ("dj", "j"),
        ("kh", "h"),
        ("ts", "c"),
        ("tz", "c"),
        ("ck", "k"),
        ("ph", "f"),
        ("q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("y", "i"),
        ("ei", "e"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("sch", "sh"),
        ("tch", "ch"),
    ];
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let word = SWAPPED.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars() {
        if !folded.ends_with(letter) {
            folded.push(letter);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_and_two_bearers() {
        let person = |a: &str, b: &str, same: bool| {
            assert_eq!(same_name(NameKind::Person, a, b), same, "{a} / {b}");
            assert_eq!(same_name(NameKind::Person, b, a), same, "{b} / {a}");
        };
        person("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", true);
        person("Shavkat Mirziyoyev", "Sh. Mirziyoyev", true);
        person("Joko Widodo", "Widodo, Joko", true);
        person("Luiz Inácio Lula da Silva", "Luiz Inacio Lula da Silva", true);
        person("William Ruto", "William Mutua", false);
        person("Nana Addo", "Joko Widodo", false);
        let body =
            |a: &str, b: &str, same: bool| assert_eq!(same_name(NameKind::Body, a, b), same, "{a} / {b}");
        body("HSBC Holdings p.l.c.", "HSBC Holdings plc", true);
        body("Standard & Poor's", "Standard and Poor's", true);
        body("Deutsche Bank Trust Company", "Deutsche Bank", false);
        body("Management Company 23", "Management Company", false);
    }
}
