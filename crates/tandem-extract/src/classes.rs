//! The classes that code (rather than rules) asks for, looked up once.

use std::collections::BTreeMap;

use tandem_lexicon::Lexicon;
use tandem_model::ClassId;

use crate::grammar::MADE_CLASSES;

/// A set of the classes that code names, a bit each.
pub(crate) type Bits = u128;

macro_rules! classes {
    ($($field:ident = $name:literal),+ $(,)?) => {
        /// Numbers of the classes that the code names.
        #[derive(Clone, Debug)]
        pub(crate) struct Classes {
            $(pub $field: ClassId,)+
            /// For every class by number, its bit; 0 for a class that only rules name, and for those that are listed
            /// behind the last bit.
            bits: Vec<Bits>,
            /// For every class by number, its place in the list; [`NAMED`] for a class that only rules name.
            slots: Vec<u8>,
            /// Sets of classes that are asked for together.
            pub masks: Masks,
            /// Classes that no table fills, with what their marks are made of.
            pub made: Vec<(Origin, ClassId)>,
        }

        /// How many classes the code names. The first have a bit each, the others are only looked for by their marks
        /// ([`crate::reading::Reading::within`], [`crate::reading::Reading::starts`]).
        pub(crate) const NAMED: u32 = [$($name),+].len() as u32;
        const _: () = assert!(NAMED < u8::MAX as u32, "more classes than places: widen `slots`");

        impl Classes {
            /// Looks every class up; a class that no table fills gets a number that no mark carries.
            pub(crate) fn of(lexicon: &Lexicon) -> Self {
                let class = |name: &str| lexicon.class(name).unwrap_or(ClassId(u16::MAX));
                let mut bits = vec![0; lexicon.classes().len()];
                let mut slots = vec![NAMED as u8; lexicon.classes().len()];
                for (name, place) in [$($name),+].into_iter().zip(0..) {
                    let number = usize::from(class(name).0);
                    if let Some((bit, slot)) = bits.get_mut(number).zip(slots.get_mut(number)) {
                        *bit = Bits::from(1_u8).checked_shl(u32::from(place)).unwrap_or(0);
                        *slot = place;
                    }
                }
                let mut own =
                    Self { $($field: class($name),)+ bits, slots, masks: Masks::default(), made: Vec::new() };
                own.masks = Masks::of(&own);
                own.made = made(lexicon, &own);
                own
            }
        }
    };
}

// A new class goes to the end. Those that are asked for in sets (`bit`, [`Masks`]) stand among the first 128.
classes! {
    money = "MONEY", percent = "PERCENT", quantity = "QUANTITY", times = "TIMES", count = "COUNT", counted = "COUNTED",
    number = "NUMBER", period = "PERIOD", day = "DAY", deadline = "DEADLINE", duration = "DURATION", vague = "VAGUE",
    set = "SET", anchored = "ANCHORED", doc = "DOC", doc_item = "DOC_ITEM", doc_part = "DOC_PART", body_name = "BODY_NAME", joint = "JOINT", body_np = "BODY_NP", project = "PROJECT", project_name = "PROJECT_NAME", award_np = "AWARD_NP", topic_verb = "TOPIC_VERB", involve = "INVOLVE", exist_verb = "EXIST_VERB", host = "HOST", need = "NEED", action = "ACTION",
    action_and = "ACTION_AND", decided = "DECIDED", owed = "OWED", who = "WHO", heading = "HEADING", item = "ITEM", prose = "PROSE",
    country = "COUNTRY", country_adj = "COUNTRY_ADJ", demonym = "DEMONYM", capital = "CAPITAL", city = "CITY",
    bloc = "BLOC", person = "PERSON", body = "BODY", place = "PLACE", goal_noun = "GOAL_NOUN", page_end = "PAGE_END", strife = "STRIFE", decoy = "DECOY", prefix_adj = "PREFIX_ADJ",
    indicator = "INDICATOR", commodity = "COMMODITY", yoy = "YOY",
    clause_end = "CLAUSE_END", det = "DET", prep = "PREP", conj = "CONJ", aux = "AUX", pron = "PRON", rel = "REL",
    adverb = "ADVERB", to = "TO", between = "BETWEEN", with = "WITH", action_noun = "ACTION_NOUN", action_verb = "ACTION_VERB", idle_verb = "IDLE_VERB",
    commit_verb = "COMMIT_VERB", pledge_verb = "PLEDGE_VERB", stress_verb = "STRESS_VERB",  title = "TITLE", business = "BUSINESS", portfolio = "PORTFOLIO", leader_title = "LEADER_TITLE", group = "GROUP", pronoun = "PRONOUN", side = "SIDE", it_subject = "IT_SUBJECT",
    pronoun_he = "PRONOUN_HE", say_verb = "SAY_VERB", according = "ACCORDING", press = "PRESS", office_noun = "OFFICE_NOUN",
    level_verb = "LEVEL_VERB", up_verb = "UP_VERB", down_verb = "DOWN_VERB", meet_verb = "MEET_VERB", meeting = "MEETING",
    hold_verb = "HOLD_VERB", doc_noun = "DOC_NOUN", doc_verb = "DOC_VERB",
    project_state = "PROJECT_STATE", project_stage = "PROJECT_STAGE", payment = "PAYMENT", generic = "GENERIC", no_project = "NO_PROJECT",
    project_noun = "PROJECT_NOUN", project_verb = "PROJECT_VERB", body_noun = "BODY_NOUN", body_verb = "BODY_VERB",
    sector = "SECTOR", hedge = "HEDGE", admit = "ADMIT", award_noun = "AWARD_NOUN", award_verb = "AWARD_VERB",
    soft_object = "SOFT_OBJECT", visit_verb = "VISIT_VERB2", visit_go = "VISIT_GO", sport = "SPORT", cancelled = "CANCELLED", province = "PROVINCE", neg = "NEG", reach_verb = "REACH_VERB", multiply_verb = "MULTIPLY_VERB", finite = "FINITE", worth = "WORTH", growth_rate = "GROWTH_RATE", own = "OWN", aim = "AIM", modal = "MODAL", filler = "FILLER", sell_verb = "SELL_VERB", trade_verb = "TRADE_VERB", goods = "GOODS", state_office = "STATE_OFFICE", day_first = "DAY_FIRST", day_last = "DAY_LAST", buy_verb = "BUY_VERB", invest_verb = "INVEST_VERB",
}

/// What the marks of a made class are made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin {
    /// A noun of this class in the same sentence.
    Noun(ClassId),
    /// A value.
    Value,
    /// A person.
    Person,
    /// Anything else.
    Other,
}

/// The made classes, each with what it is made of.
fn made(lexicon: &Lexicon, c: &Classes) -> Vec<(Origin, ClassId)> {
    let origin = |class: ClassId| match class {
        _ if [c.doc, c.doc_item, c.doc_part].contains(&class) => Origin::Noun(c.doc_noun),
        _ if [c.body_np, c.body_name].contains(&class) => Origin::Noun(c.body_noun),
        _ if [c.project, c.project_name].contains(&class) => Origin::Noun(c.project_noun),
        _ if class == c.award_np => Origin::Noun(c.award_noun),
        _ if class == c.who => Origin::Person,
        _ if c.values().contains(&class) => Origin::Value,
        _ => Origin::Other,
    };
    let made = MADE_CLASSES.iter().filter_map(|name| lexicon.class(name));
    made.map(|class| (origin(class), class)).collect()
}

/// Sets of classes that code asks for together, of one token or one sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Masks {
    /// Words of the grammar that no noun phrase holds before its head.
    pub closed: Bits,
    /// Verbs.
    pub verbs: Bits,
    /// What no personal name is made of.
    pub no_name: Bits,
    /// What is no plain noun: words of the grammar, verbs of quantity, indicators.
    pub no_plain_noun: Bits,
    /// Where an act can start, seen from its own token.
    pub acts: Bits,
    /// What may bring a country or bloc into a sentence.
    pub parties: Bits,
    /// "The two countries" and their like.
    pub group: Bits,
    /// [`Classes::values`].
    pub values: Bits,
    /// [`Classes::things`].
    pub things: Bits,
}

impl Masks {
    fn of(c: &Classes) -> Self {
        let all = |classes: &[ClassId]| classes.iter().fold(0, |bits, class| bits | c.bit(*class));
        let closed = all(&[c.prep, c.conj, c.aux, c.pron, c.rel, c.adverb, c.to]);
        let changes = all(&[c.level_verb, c.up_verb, c.down_verb]);
        let verbs = [
            c.meet_verb,
            c.doc_verb,
            c.project_verb,
            c.body_verb,
            c.say_verb,
            c.commit_verb,
            c.visit_verb,
            c.hold_verb,
            c.award_verb,
            c.reach_verb,
            c.action_verb,
            c.involve,
            c.exist_verb,
            c.finite,
        ];
        let names = [c.country, c.country_adj, c.demonym, c.bloc, c.title, c.press, c.group, c.say_verb];
        let grammar = [c.det, c.prep, c.conj, c.aux, c.pron, c.doc_noun, c.body_noun];
        Self {
            closed,
            verbs: all(&verbs) | changes,
            no_name: all(&names) | all(&grammar),
            no_plain_noun: closed | changes | all(&[c.det, c.multiply_verb, c.indicator]),
            acts: all(&[c.action_verb, c.action_noun, c.pledge_verb]),
            parties: all(&[
                c.country,
                c.country_adj,
                c.demonym,
                c.prefix_adj,
                c.bloc,
                c.capital,
                c.body,
                c.who,
            ]),
            group: c.bit(c.group),
            values: all(&c.values()),
            things: all(&c.things()),
        }
    }
}

impl Classes {
    /// The bit of a class, to ask a set of classes for it.
    pub(crate) fn bit(&self, class: ClassId) -> Bits {
        let bit = self.known_bit(class);
        debug_assert!(
            bit != 0 || self.slot(class).is_none(),
            "a class behind the last bit is asked for by it"
        );
        bit
    }

    /// The bit of a class; 0 for a class that has none, whose marks have to be looked at.
    pub(crate) fn known_bit(&self, class: ClassId) -> Bits {
        self.bits.get(usize::from(class.0)).copied().unwrap_or(0)
    }

    /// The place of a class that the code names in its list, below [`NAMED`]; `None` for others.
    pub(crate) fn slot(&self, class: ClassId) -> Option<usize> {
        self.slots
            .get(usize::from(class.0))
            .map(|slot| usize::from(*slot))
            .filter(|slot| *slot < NAMED as usize)
    }

    /// Classes made from values.
    pub(crate) fn values(&self) -> [ClassId; 14] {
        [
            self.money,
            self.percent,
            self.quantity,
            self.times,
            self.count,
            self.counted,
            self.number,
            self.period,
            self.day,
            self.deadline,
            self.duration,
            self.vague,
            self.set,
            self.anchored,
        ]
    }

    /// Classes whose marks lead to phrases.
    pub(crate) fn things(&self) -> [ClassId; 13] {
        [
            self.doc,
            self.doc_item,
            self.doc_part,
            self.body_name,
            self.body_np,
            self.project,
            self.project_name,
            self.award_np,
            self.action,
            self.action_and,
            self.decided,
            self.owed,
            self.who,
        ]
    }
}

/// The capital of each country, by code: the first of its capitals in the tables.
pub(crate) fn capitals(lexicon: &Lexicon, classes: &Classes) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in lexicon.entries().iter().filter(|e| e.class == classes.capital) {
        if let (Some(code), Some(place)) = (entry.get("code"), entry.get("place")) {
            found.entry(code.to_owned()).or_insert_with(|| place.to_owned());
        }
    }
    found
}
