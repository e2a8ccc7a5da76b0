//! Texts that can hold no statement, told from the few sentences that name anybody.
//!
//! Of company news one sentence in six names a country, a bloc, a person of office or "the two countries". Only
//! such sentences can speak of relations between countries ([`trust::relation`]) or stand alone
//! ([`trust::stands_alone`]), and a text without either gives nothing. So only these are marked; of the others no
//! more is asked than whether somebody in office is in them, or company news.
//! The question asked here is weaker than [`trust::Judged::promising`]: a text that is not hopeless is judged again.

use tandem_lexicon::{Entry, Gate, Lexicon};
use tandem_model::{Dating, Document};

use crate::Extractor;
use crate::classes::Classes;
use crate::discourse::parties::Parties;
use crate::glance::Glance;
use crate::phrases;
use crate::reading::Reading;
use crate::trust::{self, Subject};

/// Forms that bring a country, a bloc or a group of them in.
const NAMES: u16 = 1;
/// Offices, which show who a name beside them is, and houses of states, which are a country's only beside it.
const TITLES: u16 = 2;
/// Offices of states and their bodies that need no country beside them.
const OFFICES: u16 = 4;
/// Words of company news.
const BUSINESS: u16 = 8;

/// Sentences at the head of a text by which it is known to be on countries: then the gate would only cost.
const HEAD: usize = 10;
/// Sentences on relations there that are enough for that.
const MUCH: u32 = 3;

/// Whether half of some sentences name somebody.
fn names_many(kinds: &[u16]) -> bool {
    kinds.iter().filter(|kinds| **kinds & NAMES != 0).count() * 2 >= kinds.len()
}

/// The gate of a lexicon.
pub(crate) fn of(lexicon: &Lexicon, classes: &Classes) -> Gate {
    lexicon.gate(|entry, first| kinds(classes, entry, first))
}

/// What a form that begins with the word `first` can be evidence of.
fn kinds(c: &Classes, entry: &Entry, first: &str) -> u16 {
    let class = entry.class;
    // Asked of every form while a program starts.
    let counts = [c.group, c.person, c.title, c.state_office, c.business];
    if c.known_bit(class) & c.masks.parties == 0 && !counts.contains(&class) {
        return 0;
    }
    let group = class == c.group && entry.get("weak").is_none();
    // A body without a country of its own names nobody.
    let body = class == c.body && entry.get("country").is_some();
    let party = class != c.body && c.known_bit(class) & c.masks.parties != 0;
    let names = group || body || party || class == c.person;
    // An office that companies have too says nothing in a sentence that names no country.
    let own = class == c.title && entry.get("firm").is_none() && !trust::SHARED_OFFICES.contains(&first);
    let office = own || class == c.body && trust::state_body(entry.get("kind"));
    // A word that is company news or not by what stands around it is left to the full look.
    let business = class == c.business && ![trust::SHARED_WORD, trust::FOUNDED].contains(&first);
    let flags = [
        (names, NAMES),
        (class == c.title || class == c.state_office, TITLES),
        (office, OFFICES),
        (business, BUSINESS),
    ];
    flags.iter().filter(|(is, _)| *is).fold(0, |all, (_, kind)| all | kind)
}

impl Extractor {
    /// Whether no statement can stand in a document, by the sentences that name anybody. True is certain.
    pub(crate) fn hopeless(&self, document: &Document, dating: &Dating) -> bool {
        if (document.sentences.len() as u32) < trust::JUDGED {
            return false;
        }
        let settled =
            |kinds: &[u16]| names_many(kinds) && self.glance(document, kinds, MUCH).relations >= MUCH;
        let kinds = self.parts.lexicon.survey(&self.gate, document, HEAD, settled);
        let Some(kinds) = kinds else { return false };
        let company = kinds.iter().filter(|kinds| **kinds & BUSINESS != 0).count();
        if trust::may_be_local(kinds.len(), company) {
            return false;
        }
        let looked_at: Vec<usize> = (0..kinds.len()).filter(|i| worth_a_look(&kinds, *i)).collect();
        if looked_at.is_empty() || self.falls_short(document, &kinds) {
            return true;
        }
        let mut marks = Vec::new();
        self.parts.lexicon.scan_sentences(document, looked_at.iter().copied(), &mut marks);
        let mut reading =
            Reading::bare(&self.parts, (&self.classes, &self.capitals), document, dating, marks);
        phrases::people::mark(&mut reading);
        if comes_back(&reading, &looked_at) {
            return false;
        }
        let mentioned = Parties::mentioned(&reading);
        let range = |i: usize| (document.sentences[i].first_token, document.sentences[i].end_token);
        let alone = |i: usize| {
            let (from, to) = range(i);
            mentioned.count(from, to) >= 2
                && trust::own_subject(&reading, from, to)
                && trust::may_match(&reading, i)
        };
        if looked_at.iter().any(|i| alone(*i)) {
            return false;
        }
        let relations =
            looked_at.iter().filter(|i| trust::relation(&reading, &mentioned, **i)).count() as u32;
        let seen = |i: usize| looked_at.binary_search(&i).is_ok();
        let relations = relations + if relations > 0 { trust::lead(&reading, &mentioned, &seen) } else { 0 };
        relations == 0 || !self.may_be_on_relations(&reading, relations, &kinds, &looked_at)
    }

    /// What sentences can be at most that may name a country.
    fn glance(&self, document: &Document, kinds: &[u16], enough: u32) -> Glance {
        let looked_at = (0..kinds.len()).filter(|i| worth_a_look(kinds, *i));
        let business = |i: usize| kinds[i] & BUSINESS != 0;
        Glance::of(&self.parts.lexicon, (&self.glance, &self.classes), document, looked_at, business, enough)
    }

    /// Whether the names and offices of a text alone show that it can hold no statement. Yes is certain.
    fn falls_short(&self, document: &Document, kinds: &[u16]) -> bool {
        let glance = self.glance(document, kinds, u32::MAX);
        let office =
            |i: &usize| kinds[*i] & OFFICES != 0 || kinds[*i] & TITLES != 0 && kinds[*i] & NAMES != 0;
        let all = || 0..kinds.len();
        let subject = Subject {
            relations: glance.relations + if glance.two { trust::LEAD } else { 0 },
            office: all().filter(office).count() as u32 + glance.persons,
            business: all().filter(|i| kinds[*i] & BUSINESS != 0).count() as u32,
            sentences: kinds.len() as u32,
        };
        !glance.introduces && !glance.alone && (glance.relations == 0 || !subject.on_relations())
    }

    /// Whether a text may be about relations between countries.
    fn may_be_on_relations(
        &self,
        reading: &Reading<'_>,
        relations: u32,
        kinds: &[u16],
        looked_at: &[usize],
    ) -> bool {
        let in_office = |i: &usize| {
            let sentence = reading.sentence(*i);
            trust::in_office(reading, sentence.first_token, sentence.end_token)
        };
        let unseen = |i: &usize| looked_at.binary_search(i).is_err();
        let holding = |kind: u16| (0..kinds.len()).filter(move |i| kinds[*i] & kind != 0);
        let office =
            looked_at.iter().filter(|i| in_office(i)).count() + holding(OFFICES).filter(unseen).count();
        let subject = Subject {
            relations,
            office: office as u32,
            business: holding(BUSINESS).count() as u32,
            sentences: kinds.len() as u32,
        };
        subject.on_relations()
    }
}

/// Whether a sentence may name a country: by a word, or by an office beside a sentence that does, for whose
/// country is looked for a few words on either side.
fn worth_a_look(kinds: &[u16], index: usize) -> bool {
    let is = |at: usize, kind: u16| kinds.get(at).is_some_and(|kinds| kinds & kind != 0);
    is(index, NAMES) || is(index, TITLES) && (is(index + 1, NAMES) || index > 0 && is(index - 1, NAMES))
}

/// Whether somebody introduced with a country may be named again, by family name alone, in a sentence that was
/// not looked at.
fn comes_back(reading: &Reading<'_>, looked_at: &[usize]) -> bool {
    let introduced = reading.things.iter().filter(|t| t.head.is_none() && !t.codes.is_empty());
    introduced.into_iter().any(|person| {
        let family = reading.word(person.end.saturating_sub(1));
        let later = person.end..reading.doc.tokens.len() as u32;
        later.into_iter().any(|token| {
            reading.is_exactly(token, family) && looked_at.binary_search(&reading.sentence_at(token)).is_err()
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tandem_model::Article;

    use super::*;
    use crate::dating;

    /// What the gate says of a text, and what a full look says.
    fn judged(extractor: &Extractor, text: &str) -> (bool, bool) {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let document = tandem_text::document(article.clone(), &extractor.parts.language);
        let anniversaries = &extractor.anniversaries;
        let mut marks = dating::Marks::new(&extractor.parts.lexicon);
        let dating = dating::date(&article, &document, &extractor.values, anniversaries, &mut marks);
        let reading = extractor.names(&document, &dating, &mut marks);
        let mentioned = Parties::mentioned(&reading);
        let promising = trust::Judged::of(&reading, &mentioned).promising(&reading, &mentioned);
        (extractor.hopeless(&document, &dating), promising)
    }

    /// The texts of a folder of this repository.
    fn texts(folder: &str) -> Vec<String> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
        let mut paths: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let texts = paths.iter().filter(|path| path.extension().is_some_and(|e| e == "txt"));
        texts.map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }

    /// Sentences of company news of the kinds that weigh: with a country, with an office, with neither.
    const COMPANY: [&str; 14] = [
        "The company said that its customers in Kenya liked the new app.",
        "Jane Doe, President and CEO of the startup, was thrilled.",
        "Shareholders will vote on the acquisition in the third quarter.",
        "The hotel brand opened two restaurants in London and in Paris.",
        "The two companies signed an agreement.",
        "The Minister of Trade visited the plant.",
        "Ghana's president met the founders.",
        "The Ghanaian Trade Ministry gives its traders no advice on Togo.",
        "It grew by five percent.",
        "Ghana's Minister of Energy, Kofi Mensah, opened the fair.",
        "Mensah thanked the guests from Togo.",
        "Trade with Kenya doubled, and exports to Central Asia fell.",
        "A chamber of the two cities will be founded in Nairobi by the government of Kenya.",
        "The President of the club, Mary Ann Doe of Canada, and the Ambassador of Peru cut the ribbon.",
    ];

    #[test]
    fn no_text_with_a_prospect_is_turned_away() {
        let extractor = Extractor::shipped();
        let mut turned_away = 0;
        let folders = ["corpus/gold/articles", "corpus/wide/articles", "samples"];
        for text in folders.into_iter().flat_map(texts) {
            let (hopeless, promising) = judged(&extractor, &text);
            assert!(!hopeless || !promising, "{text}");
            turned_away += u32::from(hopeless);
        }
        assert!(turned_away < 10, "{turned_away} annotated articles are turned away");
        assert_eq!(judged(&extractor, &COMPANY[1..5].repeat(3).join(" ")), (true, false));
    }

    #[test]
    fn nor_is_any_mixture_of_sentences() {
        let extractor = Extractor::shipped();
        let news: Vec<String> = texts("corpus/gold/articles")
            .iter()
            .flat_map(|text| text.split_inclusive(". ").map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let sentence = prop_oneof![
            (0..news.len()).prop_map(|at| news[at].clone()),
            (0..COMPANY.len()).prop_map(|at| COMPANY[at].to_owned()),
        ];
        let text = proptest::collection::vec(sentence, 5..14);
        proptest!(ProptestConfig::with_cases(400), |(sentences in text)| {
            let text = sentences.join(" ");
            let (hopeless, promising) = judged(&extractor, &text);
            prop_assert!(!hopeless || !promising, "{}", text);
        });
    }
}
