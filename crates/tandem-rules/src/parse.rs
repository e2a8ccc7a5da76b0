//! Reading a rule: recursive descent over lines, one fault a line, then on with the next.
//!
//! Only form is judged here; what names mean is left to [`crate::check`]. One thing needs the whole
//! rule: whether a bare word in a `fill` line names a capture, so that is settled at the end.

use tandem_model::Span;

use crate::error::{Fault, Problem, RuleError};
use crate::lex::{Kind, Token, lex};
use crate::rule::{
    Alts, Condition, Element, Example, FillLine, Gap, Group, Guard, Item, No, Place, Rule, Side, Source,
    Test, Text, Yes,
};

/// How often a rule is taken to be right when it says nothing of it.
const DEFAULT_CONFIDENCE: f64 = 0.7;

/// Words that begin a section when they begin a line.
const SECTIONS: [&str; 8] = ["match", "where", "unless", "fill", "confidence", "yes", "no", "also"];

/// Words that cannot name a capture because they mean something beside one.
const RESERVED: [&str; 18] = [
    "rule", "gap", "head", "not", "in", "is", "bound", "before", "after", "sentence", "clause", "when",
    "null", "match", "where", "unless", "yes", "no",
];

/// Reads one rule; `file` is only a name for messages.
///
/// # Errors
/// Everything that is not well formed, in order of place.
///
/// ```
/// let source = "rule figure/x\n\"Doc.\"\nmatch\n  a: money\nfill\n  amount = a\n";
/// let errors = tandem_rules::parse("x.rule", source).unwrap_err();
/// assert!(errors[0].to_string().contains("x.rule:4:6"));
/// ```
pub fn parse(file: &str, source: &str) -> Result<Rule, Vec<RuleError>> {
    let (tokens, faults) = lex(source);
    let mut parser = Parser { tokens, at: 0, faults, matched: false, filled: false };
    let mut rule = Rule {
        name: Text { text: String::new(), span: Span::new(0, 0) },
        kind: String::new(),
        doc: String::new(),
        elements: Vec::new(),
        conditions: Vec::new(),
        fills: Vec::new(),
        confidence: DEFAULT_CONFIDENCE,
        examples: Vec::new(),
        file: file.to_owned(),
        source: source.to_owned(),
    };
    parser.rule(&mut rule);
    if parser.faults.is_empty() {
        return Ok(rule);
    }
    parser.faults.sort_by_key(|fault| fault.span);
    Err(parser.faults.into_iter().map(|fault| RuleError::new(file, source, fault)).collect())
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    faults: Vec<Fault>,
    matched: bool,
    filled: bool,
}

/// A part read, or the fault that stopped it.
type Read<T> = Result<T, Fault>;

impl Parser {
    // ---- tokens

    fn token(&self) -> &Token {
        // The last token is `End`, and `advance` never passes it.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn kind(&self) -> &Kind {
        &self.token().kind
    }

    fn next_kind(&self) -> &Kind {
        &self.tokens[(self.at + 1).min(self.tokens.len() - 1)].kind
    }

    fn advance(&mut self) -> Token {
        let token = self.token().clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    /// Bytes from `start` through the token before this one.
    fn span_from(&self, start: usize) -> Span {
        let end = self.tokens[self.at.saturating_sub(1)].span.end();
        Span::new(start, end.max(start))
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let found = self.kind() == kind;
        if found {
            self.advance();
        }
        found
    }

    fn word(&self) -> Option<&str> {
        match self.kind() {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let found = self.word() == Some(wanted);
        if found {
            self.advance();
        }
        found
    }

    fn expected(&self, what: &'static str) -> Fault {
        Fault::new(self.token().span, Problem::Expected { what, found: self.kind().describe() })
    }

    fn expect(&mut self, kind: &Kind, what: &'static str) -> Read<()> {
        if self.take(kind) { Ok(()) } else { Err(self.expected(what)) }
    }

    fn expect_word(&mut self, what: &'static str) -> Read<Text> {
        let Some(word) = self.word().map(str::to_owned) else { return Err(self.expected(what)) };
        Ok(Text { text: word, span: self.advance().span })
    }

    fn expect_quoted(&mut self, what: &'static str) -> Read<Text> {
        let Kind::Quoted(text) = self.kind().clone() else { return Err(self.expected(what)) };
        Ok(Text { text, span: self.advance().span })
    }

    fn end_of_line(&mut self) -> Read<Option<String>> {
        match self.kind().clone() {
            Kind::Newline(comment) => {
                self.advance();
                Ok(comment)
            }
            Kind::End => Ok(None),
            _ => Err(self.expected("the end of the line")),
        }
    }

    fn skip_newlines(&mut self) {
        while matches!(self.kind(), Kind::Newline(_)) {
            self.advance();
        }
    }

    fn skip_line(&mut self) {
        while !matches!(self.kind(), Kind::Newline(_) | Kind::End) {
            self.advance();
        }
    }

    /// Keeps a fault and goes on with the next line; a line that begins a section is not lost.
    fn recover(&mut self, fault: Fault) {
        self.faults.push(fault);
        if !(self.at_line_start() && self.starts_section()) {
            self.skip_line();
        }
    }

    /// Keeps a fault and goes on with the next section: the lines before it would all be faults too.
    fn recover_section(&mut self, fault: Fault) {
        self.recover(fault);
        loop {
            self.skip_newlines();
            if self.starts_section() {
                return;
            }
            self.skip_line();
        }
    }

    fn at_line_start(&self) -> bool {
        self.at == 0 || matches!(self.tokens[self.at - 1].kind, Kind::Newline(_))
    }

    // ---- rule and sections

    fn rule(&mut self, rule: &mut Rule) {
        if let Err(fault) = self.header(rule) {
            self.recover_section(fault);
        }
        loop {
            self.skip_newlines();
            if *self.kind() == Kind::End {
                break;
            }
            self.section(rule);
        }
        let missing = [(self.matched, "match"), (self.filled, "fill")].into_iter().find(|(found, _)| !found);
        if let Some((_, name)) = missing
            && self.faults.is_empty()
        {
            self.faults.push(Fault::new(rule.name.span, Problem::MissingSection(name)));
        }
        settle_sources(rule);
    }

    fn header(&mut self, rule: &mut Rule) -> Read<()> {
        self.skip_newlines();
        if !self.take_word("rule") {
            return Err(self.expected("`rule kind/name`"));
        }
        let name = self.expect_word("the rule's name")?;
        let kind = name.text.split('/').next().unwrap_or_default().to_owned();
        (rule.kind, rule.name) = (kind, name.clone());
        if !is_rule_name(&name.text) {
            return Err(Fault::new(name.span, Problem::BadRuleName(name.text)));
        }
        self.end_of_line()?;
        self.skip_newlines();
        rule.doc = self.expect_quoted("a quoted sentence on what the rule reads")?.text;
        self.end_of_line()?;
        Ok(())
    }

    fn section(&mut self, rule: &mut Rule) {
        let span = self.token().span;
        match self.word().unwrap_or_default().to_owned().as_str() {
            "match" => {
                self.once(span, "match");
                self.elements(rule);
            }
            "where" => self.guards(rule, true),
            "unless" => self.guards(rule, false),
            "fill" => {
                self.once(span, "fill");
                self.lines(|parser| {
                    let line = parser.fill_line()?;
                    rule.fills.push(line);
                    Ok(())
                });
            }
            "confidence" => self.line(|parser| {
                rule.confidence = parser.confidence()?;
                Ok(())
            }),
            "yes" | "no" | "also" => self.line(|parser| parser.example(rule)),
            _ if matches!(self.kind(), Kind::Arrow(_)) => self.line(|parser| parser.example(rule)),
            _ => {
                let fault =
                    self.expected("match, where, unless, fill, confidence, yes or no at the start of a line");
                self.recover_section(fault);
            }
        }
    }

    /// Enters a section that a rule has once.
    fn once(&mut self, span: Span, name: &'static str) {
        self.advance();
        let seen = if name == "match" { &mut self.matched } else { &mut self.filled };
        if std::mem::replace(seen, true) {
            self.faults.push(Fault::new(span, Problem::RepeatedSection(name)));
        }
    }

    /// Whether a section begins here, at the start of a line. A field may be called like a section.
    fn starts_section(&self) -> bool {
        let section = self.word().is_some_and(|word| SECTIONS.contains(&word));
        section && !matches!(self.next_kind(), Kind::Equals | Kind::Colon)
            || matches!(self.kind(), Kind::Arrow(_) | Kind::End)
    }

    /// Reads one line of a section.
    fn line(&mut self, read: impl FnOnce(&mut Self) -> Read<()>) {
        if let Err(fault) = read(self) {
            self.recover(fault);
        }
    }

    /// Reads lines until the next section.
    fn lines(&mut self, mut read: impl FnMut(&mut Self) -> Read<()>) {
        loop {
            self.skip_newlines();
            if self.starts_section() {
                return;
            }
            self.line(&mut read);
        }
    }

    // ---- match

    fn elements(&mut self, rule: &mut Rule) {
        self.lines(|parser| {
            while !matches!(parser.kind(), Kind::Newline(_) | Kind::End) {
                let element = parser.element(false)?;
                rule.elements.push(element);
            }
            Ok(())
        });
    }

    fn element(&mut self, in_group: bool) -> Read<Element> {
        let named = *self.next_kind() == Kind::Colon;
        match self.kind() {
            Kind::Open if in_group => Err(Fault::new(self.token().span, Problem::NestedGroup)),
            Kind::Open => self.group().map(Element::Group),
            Kind::Word(word) if word == "gap" && !named => self.gap().map(Element::Gap),
            _ => self.item().map(Element::Item),
        }
    }

    fn group(&mut self) -> Read<Group> {
        let start = self.advance().span.start();
        let mut elements = Vec::new();
        loop {
            self.skip_newlines();
            if self.take(&Kind::Close) {
                break;
            }
            if self.starts_section() {
                return Err(self.expected("`)?` at the end of the group"));
            }
            elements.push(self.element(true)?);
        }
        self.expect(&Kind::Question, "`?` after the group: groups are optional")?;
        Ok(Group { elements, span: self.span_from(start) })
    }

    fn gap(&mut self) -> Read<Gap> {
        let start = self.advance().span.start();
        let min = self.number();
        let dots = self.take(&Kind::Dots);
        let max = if dots { self.number() } else { None };
        let (Some(min), Some(max)) = (min, max) else {
            return Err(Fault::new(self.span_from(start), Problem::UnboundedGap));
        };
        let not = if self.take_word("not") { self.alts()? } else { Alts::default() };
        Ok(Gap { min, max, not, span: self.span_from(start) })
    }

    /// A whole number; one beyond all use counts as the largest.
    fn number(&mut self) -> Option<u32> {
        let word = self.word().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?;
        let number = word.parse().unwrap_or(u32::MAX);
        self.advance();
        Some(number)
    }

    fn item(&mut self) -> Read<Item> {
        let start = self.token().span.start();
        let head = *self.next_kind() != Kind::Colon && self.take_word("head");
        let name = if *self.next_kind() == Kind::Colon { Some(self.capture_name()?) } else { None };
        if name.is_some() {
            self.expect(&Kind::Colon, "`:` after the name")?;
        }
        let alts = self.alts()?;
        Ok(Item { name, head, alts, span: self.span_from(start) })
    }

    /// The name given to a capture.
    fn capture_name(&mut self) -> Read<Text> {
        let name = self.expect_word("a name before `:`")?;
        if RESERVED.contains(&name.text.as_str()) {
            return Err(Fault::new(name.span, Problem::ReservedName(name.text)));
        }
        if !is_field_name(&name.text) {
            return Err(Fault::new(name.span, Problem::CaptureSpelling(name.text)));
        }
        Ok(name)
    }

    /// `A | ~b | "c"`, also over several lines when a line ends or starts with `|`.
    fn alts(&mut self) -> Read<Alts> {
        let mut alts = vec![self.alt()?];
        while self.pipe() {
            self.skip_newlines();
            alts.push(self.alt()?);
        }
        Ok(Alts(alts))
    }

    fn pipe(&mut self) -> bool {
        let here = self.at;
        self.skip_newlines();
        let found = self.take(&Kind::Pipe);
        if !found {
            self.at = here;
        }
        found
    }

    fn alt(&mut self) -> Read<Text> {
        let start = self.token().span.start();
        let any_form = self.take(&Kind::Tilde);
        let span = self.token().span;
        let text = match (self.kind().clone(), any_form) {
            (Kind::Word(word), true) => format!("~{}", spelled(&word)),
            (Kind::Quoted(words), _) if spelled(&words).is_empty() => {
                return Err(Fault::new(span, Problem::EmptyWord));
            }
            (Kind::Quoted(words), true) => format!("~{}", spelled(&words)),
            (Kind::Quoted(words), false) => format!("={}", spelled(&words)),
            (Kind::Word(word), false) if is_class_name(&word) => word,
            (Kind::Word(word), false) => return Err(Fault::new(span, Problem::ClassSpelling(word))),
            _ => return Err(self.expected("a class, ~word or \"word\"")),
        };
        self.advance();
        Ok(Text { text, span: self.span_from(start) })
    }

    // ---- where, unless, when

    fn guards(&mut self, rule: &mut Rule, holds: bool) {
        self.advance();
        self.lines(|parser| {
            if *parser.next_kind() == Kind::Equals {
                let fault = Fault::new(parser.token().span, Problem::MissingSection("fill"));
                parser.recover_section(fault);
                return Ok(());
            }
            let condition = parser.condition()?;
            rule.conditions.push(Guard { holds, condition });
            parser.end_of_line()?;
            Ok(())
        });
    }

    fn condition(&mut self) -> Read<Condition> {
        let start = self.token().span.start();
        let test = match self.word() {
            Some(word) if is_field_name(word) => self.test_of_name()?,
            _ => self.test_of_alts()?,
        };
        Ok(Condition { test, span: self.span_from(start) })
    }

    /// `NAME is ALTS`, `NAME bound`, `sentence is ALTS`.
    fn test_of_name(&mut self) -> Read<Test> {
        let capture = self.expect_word("a capture")?;
        if self.take_word("bound") {
            return Ok(Test::Bound { capture });
        }
        if !self.take_word("is") {
            return Err(self.expected("`is` or `bound`"));
        }
        let alts = self.alts()?;
        Ok(if capture.text == "sentence" { Test::SentenceIs { alts } } else { Test::Is { capture, alts } })
    }

    /// `ALTS in …`.
    fn test_of_alts(&mut self) -> Read<Test> {
        let alts = self.alts()?;
        if !self.take_word("in") {
            return Err(self.expected("`in`"));
        }
        if let Some(distance) = self.number() {
            return self.nearness(alts, distance);
        }
        let place = self.expect_word("sentence, clause, match, a capture, or a number of tokens")?;
        let place = match place.text.as_str() {
            "sentence" => Place::Sentence,
            "clause" => Place::Clause,
            "match" => Place::Match,
            _ => Place::Capture(place),
        };
        Ok(Test::In { alts, place })
    }

    fn nearness(&mut self, alts: Alts, distance: u32) -> Read<Test> {
        let side = if self.take_word("before") {
            Side::Before
        } else if self.take_word("after") {
            Side::After
        } else {
            return Err(self.expected("`before` or `after`"));
        };
        let capture = self.expect_word("a capture")?;
        Ok(Test::Near { alts, distance, side, capture })
    }

    // ---- fill, confidence

    fn fill_line(&mut self) -> Read<FillLine> {
        let field = self.expect_word("a field")?;
        self.expect(&Kind::Equals, "`=` after the field")?;
        let start = self.token().span.start();
        let source = self.source()?;
        let source_span = self.span_from(start);
        let when = if self.take_word("when") { Some(self.condition()?) } else { None };
        self.end_of_line()?;
        Ok(FillLine { field, source, source_span, when })
    }

    fn source(&mut self) -> Read<Source> {
        if let Kind::Quoted(text) = self.kind().clone() {
            self.advance();
            return Ok(Source::Quoted(text));
        }
        let word = self.expect_word("a capture, a word, a quoted string or null")?;
        if self.take(&Kind::Dots) {
            let last = self.expect_word("the capture that ends the range")?;
            return Ok(Source::Range(word, last));
        }
        Ok(if word.text == "null" { Source::Null } else { Source::Word(word.text) })
    }

    fn confidence(&mut self) -> Read<f64> {
        self.advance();
        let word = self.expect_word("a number from 0 to 1")?;
        let number = word.text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
        let number = number.ok_or_else(|| Fault::new(word.span, Problem::BadConfidence(word.text)))?;
        self.end_of_line()?;
        Ok(number)
    }

    // ---- examples

    fn example(&mut self, rule: &mut Rule) -> Read<()> {
        let token = self.advance();
        match token.kind {
            Kind::Word(word) if word == "yes" => {
                let text = self.expect_quoted("a quoted sentence")?;
                rule.examples.push(Example::Yes(Yes { text, expected: Vec::new(), also: Vec::new() }));
                if !matches!(self.kind(), Kind::Arrow(_)) {
                    self.end_of_line()?;
                }
                Ok(())
            }
            Kind::Word(word) if word == "no" => {
                let text = self.expect_quoted("a quoted sentence")?;
                let comment = self.end_of_line()?;
                rule.examples.push(Example::No(No { text, comment }));
                Ok(())
            }
            Kind::Arrow(text) => {
                let yes = last_yes(rule).ok_or(Fault::new(token.span, Problem::Misplaced("=>")))?;
                yes.expected.push(Text { text, span: token.span });
                self.end_of_line().map(|_| ())
            }
            _ => {
                let other = self.expect_word("the name of another rule")?;
                last_yes(rule).ok_or(Fault::new(token.span, Problem::Misplaced("also")))?.also.push(other);
                self.end_of_line().map(|_| ())
            }
        }
    }
}

/// The `yes` that the lines after it belong to.
fn last_yes(rule: &mut Rule) -> Option<&mut Yes> {
    match rule.examples.last_mut() {
        Some(Example::Yes(yes)) => Some(yes),
        _ => None,
    }
}

/// Turns bare words that name a capture into captures.
fn settle_sources(rule: &mut Rule) {
    let captures: Vec<String> = rule.captures().into_iter().map(str::to_owned).collect();
    for line in &mut rule.fills {
        if let Source::Word(word) = &line.source
            && captures.contains(word)
        {
            line.source = Source::Capture(word.clone());
        }
    }
}

/// The spelling under which the lexicon knows words: small letters, single spaces.
fn spelled(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_class_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

fn is_field_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn is_rule_name(name: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
    };
    name.split_once('/').is_some_and(|(kind, own)| part(kind) && part(own))
}
