//! The classes that code (rather than rules) asks for, looked up once.

use std::collections::BTreeMap;

use tandem_lexicon::Lexicon;
use tandem_model::ClassId;

macro_rules! classes {
    ($($field:ident = $name:literal),+ $(,)?) => {
        /// Numbers of the classes that the code names.
        #[derive(Clone, Debug)]
        pub(crate) struct Classes { $(pub $field: ClassId),+ }
        impl Classes {
            /// Looks every class up; a class that no table fills gets a number that no mark carries.
            pub(crate) fn of(lexicon: &Lexicon) -> Self {
                Self { $($field: lexicon.class($name).unwrap_or(ClassId(u16::MAX))),+ }
            }
        }
    };
}

classes! {
    money = "MONEY", percent = "PERCENT", quantity = "QUANTITY", times = "TIMES", count = "COUNT", counted = "COUNTED",
    number = "NUMBER", period = "PERIOD", day = "DAY", deadline = "DEADLINE", duration = "DURATION", vague = "VAGUE",
    set = "SET", anchored = "ANCHORED", doc = "DOC", doc_item = "DOC_ITEM", doc_part = "DOC_PART", body_name = "BODY_NAME", joint = "JOINT", body_np = "BODY_NP", project = "PROJECT", project_name = "PROJECT_NAME", award_np = "AWARD_NP", topic_verb = "TOPIC_VERB", involve = "INVOLVE", exist_verb = "EXIST_VERB", host = "HOST", need = "NEED", action = "ACTION",
    action_and = "ACTION_AND", who = "WHO", heading = "HEADING", item = "ITEM", prose = "PROSE",
    country = "COUNTRY", country_adj = "COUNTRY_ADJ", demonym = "DEMONYM", capital = "CAPITAL", city = "CITY",
    bloc = "BLOC", person = "PERSON", body = "BODY", place = "PLACE", goal_noun = "GOAL_NOUN", page_end = "PAGE_END", strife = "STRIFE", decoy = "DECOY", prefix_adj = "PREFIX_ADJ",
    indicator = "INDICATOR", commodity = "COMMODITY", yoy = "YOY",
    clause_end = "CLAUSE_END", det = "DET", prep = "PREP", conj = "CONJ", aux = "AUX", pron = "PRON", rel = "REL",
    adverb = "ADVERB", to = "TO", between = "BETWEEN", with = "WITH", action_noun = "ACTION_NOUN", action_verb = "ACTION_VERB",
    commit_verb = "COMMIT_VERB", pledge_verb = "PLEDGE_VERB", stress_verb = "STRESS_VERB",  title = "TITLE", leader_title = "LEADER_TITLE", group = "GROUP", pronoun = "PRONOUN",
    pronoun_he = "PRONOUN_HE", say_verb = "SAY_VERB", according = "ACCORDING", press = "PRESS", office_noun = "OFFICE_NOUN",
    level_verb = "LEVEL_VERB", up_verb = "UP_VERB", down_verb = "DOWN_VERB", meet_verb = "MEET_VERB", meeting = "MEETING",
    hold_verb = "HOLD_VERB", doc_noun = "DOC_NOUN", doc_verb = "DOC_VERB",
    project_noun = "PROJECT_NOUN", project_verb = "PROJECT_VERB", body_noun = "BODY_NOUN", body_verb = "BODY_VERB",
    sector = "SECTOR", hedge = "HEDGE", admit = "ADMIT", award_noun = "AWARD_NOUN", award_verb = "AWARD_VERB",
    soft_object = "SOFT_OBJECT", visit_verb = "VISIT_VERB2", visit_go = "VISIT_GO", sport = "SPORT", cancelled = "CANCELLED", neg = "NEG", reach_verb = "REACH_VERB", multiply_verb = "MULTIPLY_VERB", worth = "WORTH", growth_rate = "GROWTH_RATE",
}

impl Classes {
    /// Classes whose marks lead to phrases.
    pub(crate) fn things(&self) -> [ClassId; 11] {
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
