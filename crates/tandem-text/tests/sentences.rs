//! How texts are cut into sentences with the word lists of English, shown as `K|sentence` lines.

use proptest::prelude::*;
use tandem_model::{Article, Document, SentenceKind};
use tandem_text::{Language, LanguageError, document};

fn english() -> Result<Language, LanguageError> {
    Language::parse(
        include_str!("../../../languages/en/language.tsv"),
        include_str!("../../../languages/en/irregular.tsv"),
    )
}

fn read(text: &str) -> Document {
    let language = english().unwrap_or_default();
    document(Article { text: text.to_owned(), ..Article::default() }, &language)
}

/// Every sentence with the letter of its kind; line breaks within are shown as `⏎`.
fn check(text: &str, expected: &[&str]) {
    let found = read(text);
    let kind = |kind| match kind {
        SentenceKind::Prose => 'P',
        SentenceKind::Heading => 'H',
        SentenceKind::Item => 'I',
        SentenceKind::Clutter => 'C',
    };
    let show = |sentence: &tandem_model::Sentence| {
        format!("{}|{}", kind(sentence.kind), sentence.span.of(text).replace('\n', "⏎"))
    };
    assert_eq!(found.sentences.iter().map(show).collect::<Vec<_>>(), expected, "{text:?}");
}

/// One paragraph of prose, its expected cuts shown as ` / `.
fn prose(expected: &str) {
    let parts: Vec<String> = expected.split(" / ").map(|part| format!("P|{part}")).collect();
    check(&expected.replace(" / ", " "), &parts.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn the_tables_are_well_formed() {
    assert!(english().is_ok_and(|language| language.code == "en"));
}

#[test]
fn stops_and_abbreviations() {
    prose("He came. / She left.");
    prose("It rose to $1.5 bn. / Exports rose 3.2%. / Imports fell.");
    prose("On Sept. 16 they met. / The U.S. President came on Jan. 5, 2024. / He left.");
    prose("Mr. Smith, Dr. Lee and Gen. Mark A. Milley met H.E. K. K. Tokayev. / They spoke.");
    prose("Sh.M. Mirziyoyev and Sh. Mirziyoyev signed Decree No. 5. / It is in force.");
    prose("Talks began at 5 p.m. Tashkent time. / They ended at 8 p.m. / The sides parted.");
    prose("It trades with the U.S. / In 2024 it grew. / St. Petersburg hosts it.");
    prose(
        "Samsung Co. Ltd. signed. / Firms (Boeing Inc. etc.) came. / Approx. 5 firms left, i.e. half of them.",
    );
    prose("The answer was no. / Trade fell.");
    prose(
        "Trade grew by 18. 1 percent to $13. 9 billion. / It fell in 2019. / 5 million people came by 12. / 120 left.",
    );
    prose("Kazpravda.kz and Gazeta.Uz report. / See president.uz for more.");
    prose("U.S.-Kazakhstan trade grew. / Prices rose ... and fell. / Wait... / Then it rose!");
}

#[test]
fn quotations() {
    prose("“We agreed.” / He left.");
    prose("“We agreed!” he said. / “Good.” / She left.");
    prose("\"We agreed.\" / \"It is good,\" he said. / (He smiled.) / They left.");
    prose("He said: ‘It is done.’ / Then he left. / «Trade grows.» / So it does.");
}

#[test]
fn missing_spaces() {
    check("Trade grew in 2026.He said so.", &["P|Trade grew in 2026.", "P|He said so."]);
    check("“It grew.”He left.A day passed.", &["P|“It grew.”", "P|He left.", "P|A day passed."]);
    check("Version 2.5 of vol.3 is out.", &["P|Version 2.5 of vol.3 is out."]);
}

#[test]
fn paragraphs() {
    check("He came\n\nShe left now.", &["H|He came", "P|She left now."]);
    check(
        "The president of the republic, who came on Monday, met the\nprime minister of Uzbekistan. They spoke\nof trade.",
        &[
            "P|The president of the republic, who came on Monday, met the⏎prime minister of Uzbekistan.",
            "P|They spoke⏎of trade.",
        ],
    );
    check(
        "The talks in Astana were attended by President Kassym-Jomart\nTokayev of Kazakhstan and by the ministers of both countries.\nTashkent was represented by the Prime Minister Abdulla Aripov\nand others.",
        &[
            "P|The talks in Astana were attended by President Kassym-Jomart⏎Tokayev of Kazakhstan and by the ministers of both countries.",
            "P|Tashkent was represented by the Prime Minister Abdulla Aripov⏎and others.",
        ],
    );
    check(
        "Kazakhstan and Uzbekistan agree to raise trade to $10 billion by 2030\nThe presidents met in Astana.",
        &[
            "H|Kazakhstan and Uzbekistan agree to raise trade to $10 billion by 2030",
            "P|The presidents met in Astana.",
        ],
    );
    check(
        "They agreed:\r\n- trade\r\n- transit;\r\nAll is well.",
        &["P|They agreed:", "I|- trade", "I|- transit;", "P|All is well."],
    );
    check(
        "1. Trade grew. It did.\n2) Transit\n(iii) Water talks\na) Energy talks\n• Gas",
        &[
            "I|1. Trade grew.",
            "I|It did.",
            "I|2) Transit",
            "I|(iii) Water talks",
            "I|a) Energy talks",
            "I|• Gas",
        ],
    );
    check("2024 was good. Trade grew.", &["P|2024 was good.", "P|Trade grew."]);
}

#[test]
fn clutter() {
    check(
        " date 2025-07-24 MENAFN - Trade grew. It did.",
        &["C|date 2025-07-24", "P|MENAFN - Trade grew.", "P|It did."],
    );
    check(
        "Images | Akorda\nBy Andrew Wasike\nThursday, December 16, 2021\nHome > News >",
        &["C|Images | Akorda", "C|By Andrew Wasike", "C|Thursday, December 16, 2021", "C|Home > News >"],
    );
    check(
        "Trade grew.\nRead more\nTags: trade, gas\nSIGN UP FOR OUR BRIEFING\n© 2024 Trend\n***",
        &[
            "P|Trade grew.",
            "C|Read more",
            "C|Tags: trade, gas",
            "C|SIGN UP FOR OUR BRIEFING",
            "C|© 2024 Trend",
            "C|***",
        ],
    );
    check(
        "TBILISI, April 19. /TASS/. Goods changed hands.",
        &["C|TBILISI, April 19.", "C|/TASS/.", "P|Goods changed hands."],
    );
    check("By 2030 trade will grow.", &["P|By 2030 trade will grow."]);
}

#[test]
fn odd_texts() {
    check("", &[]);
    check(" \n\u{FEFF}\n", &[]);
    check(".", &["C|."]);
    check("😀. 😀 Trade grew!", &["P|😀. 😀 Trade grew!"]);
}

/// Sentences hold all tokens, in order, and stand where their tokens stand.
fn is_whole(document: &Document) -> Result<(), TestCaseError> {
    let mut token = 0;
    let mut paragraph = 0;
    for sentence in &document.sentences {
        prop_assert_eq!(sentence.first_token, token);
        prop_assert!(sentence.end_token > token && sentence.paragraph >= paragraph);
        let tokens = document.tokens_of(sentence);
        prop_assert_eq!(sentence.span.start(), tokens[0].span.start());
        prop_assert_eq!(sentence.span.end(), tokens[tokens.len() - 1].span.end());
        (token, paragraph) = (sentence.end_token, sentence.paragraph);
    }
    prop_assert_eq!(token as usize, document.tokens.len());
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_cut_whole(text in "(?s).{0,200}") {
        is_whole(&read(&text))?;
    }

    #[test]
    fn text_of_marks_is_cut_whole(text in "([A-Za-z]{1,3}|[0-9.]{1,3}|[.!?…]|[\"'“”’()«»-]|[ \n\r\t]|U\\.S\\.|\u{301}|😀|\u{AD}){0,80}") {
        is_whole(&read(&text))?;
    }
}

/// Texts that invite quadratic work take time in proportion to their length.
#[test]
fn long_texts() {
    let language = english().unwrap_or_default();
    let units =
        ["a ", ". ", "A.", "\n", "\" ", "(", "...", "\u{AD}", "a\n", "- ", "1.", "’s", "Trade grew in U.S. "];
    for unit in units {
        let text = unit.repeat(2_000_000 / unit.len());
        let start = std::time::Instant::now();
        let found = document(Article { text, ..Article::default() }, &language);
        let seconds = start.elapsed().as_secs();
        assert!(seconds < 10, "{unit:?}: {seconds} s for {} tokens", found.tokens.len());
    }
}
