//! Acts: verb phrases that an undertaking can have as its object ("to increase trade turnover, devise a
//! programme and execute projects" is three).

use tandem_model::{ClassId, Mark};

use crate::reading::{Reading, Thing, letters};

/// Longest act in tokens; longer ones are cut.
const LONGEST: u32 = 40;

/// Marks ACTION for the first act of a chain and ACTION_AND for those coordinated with it.
pub(crate) fn mark(reading: &mut Reading<'_>) {
    let (mut first, mut more) = (Vec::new(), Vec::new());
    for index in reading.readable().filter(|index| useful(reading, *index)) {
        let starts = starts(reading, index);
        let end = reading.sentence(index).end_token;
        for (position, (start, chained)) in starts.iter().enumerate() {
            let next = starts.get(position + 1).map_or(end, |s| s.0);
            let thing = act(reading, *start, next, end);
            if *chained { more.push(thing) } else { first.push(thing) }
        }
    }
    let c = reading.classes;
    reading.add_things(c.action, first);
    reading.add_things(c.action_and, more);
}

/// Tokens at which an act starts, and whether it continues a chain. A verb without an object shares the
/// next one's: "negotiating and signing the treaty" is one act.
fn starts(reading: &Reading<'_>, index: usize) -> Vec<(u32, bool)> {
    let sentence = reading.sentence(index);
    let mut chain = Chain::default();
    for token in sentence.first_token + 1..sentence.end_token {
        let theirs = token == chain.theirs;
        if !theirs && !likely(reading, token) || inside_commitment(reading, token) {
            continue;
        }
        if let Some(start) = chain.start(reading, token) {
            let shares =
                chain.found.last().is_some_and(|(last, _)| token - last <= 3 && reading.is(token - 1, "and"));
            if !(start && shares) {
                chain.found.push((token, start));
            }
        }
    }
    chain.found
}

/// Whether an act can start at the token at all; most tokens are sorted out here, cheaply.
fn likely(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    if reading.starts_any(token, c.masks.acts) || reading.is(token - 1, "that") || reading.ends(token, "ing")
    {
        return true;
    }
    let before = before(reading, token);
    reading.starts_any(before, c.bit(c.to))
        || reading.is(before, "will")
        || reading.covered(token - 1, c.commit_verb)
}

/// The token before a verb, adverbs and an opening quote left out: "to *jointly* develop", "to *soon* sign", "instructed
/// them to *“*start".
fn before(reading: &Reading<'_>, verb: u32) -> u32 {
    const MOST: u32 = 2;
    const ADVERBS: [&str; 10] =
        ["soon", "further", "better", "together", "each", "both", "all", "promptly", "once", "more"];
    const LETTERS: u32 = letters(&ADVERBS);
    let c = reading.classes;
    let first = reading.sentence(reading.sentence_at(verb)).first_token;
    let adverb = |t: u32| {
        reading.starts_any(t, c.bit(c.adverb))
            || reading.begins_with(t, LETTERS) && ADVERBS.iter().any(|w| reading.is(t, w))
            || reading.ends(t, "ly") && !reading.capital(t) && reading.starts(t, c.action_verb).is_none()
            || reading.is_quote(t) && t + 1 == verb
    };
    let mut at = verb - 1;
    while at > first && verb - at <= MOST && adverb(at) {
        at -= 1;
    }
    at
}

/// Whether any rule could use an act in this sentence: few sentences hold what such rules need besides.
fn useful(reading: &Reading<'_>, index: usize) -> bool {
    let c = reading.classes;
    let rules = &reading.parts.rules;
    let acts = [c.action, c.action_and];
    let mut present = rules.presence(reading.marks_of(index).iter().map(|mark| mark.class));
    acts.iter().for_each(|class| present.add(*class));
    reading.thorough || rules.heeds(&acts, &present)
}

/// The acts of a sentence found so far.
#[derive(Default)]
struct Chain {
    found: Vec<(u32, bool)>,
    gerunds: bool,
    /// The verb of the wish last opened: it starts no act of its own.
    wished: u32,
    /// The verb of a wish whose subject is a pronoun: the act starts there.
    theirs: u32,
}

impl Chain {
    /// Whether "to" only says what the act before it is for: "found a firm to finance the works".
    fn purpose(&self, reading: &Reading<'_>, token: u32) -> bool {
        let Some((last, _)) = self.found.last() else { return false };
        let before = before(reading, token).saturating_sub(1);
        let governed = reading.within(*last + 1, token, reading.classes.commit_verb).next().is_some();
        !governed && !reading.is(before, "and") && !reading.is(before, ",")
    }

    /// Whether a verb behind "and" goes on with a verb nearer than the last act: with what that act is for ("set up a group
    /// *to fight* fraud and *train* guards"), or with a clause in it ("a line that *could let* them sell and *buy*").
    fn of_another(&self, reading: &Reading<'_>, token: u32) -> bool {
        let c = reading.classes;
        let Some((last, _)) = self.found.last() else { return false };
        let listed = |t: u32| reading.is(t, "and") || reading.is(t, ",");
        let purpose = |t: u32| {
            reading.starts(t, c.to).is_some()
                && !listed(t - 1)
                && reading.starts(t + 1, c.action_verb).is_some()
                && base_form(reading, t + 1)
        };
        let clause = |t: u32| {
            ["that", "which"].iter().any(|w| reading.is(t, w)) && reading.starts(t + 1, c.modal).is_some()
        };
        (*last + 1..token).any(|t| purpose(t) || clause(t))
    }

    /// Whether "to" takes up the "to" of an undertaking again: "agreed to replace it, *to have* an alarm designed".
    fn chained(&self, reading: &Reading<'_>, token: u32) -> bool {
        let before = before(reading, token).saturating_sub(1);
        let listed = reading.is(before, "and") || reading.is(before, ",");
        let first = self.found.first().map(|(first, _)| *first);
        let opened = first
            .is_some_and(|t| reading.starts(t - 1, reading.classes.to).is_some() && undertaking(reading, t));
        listed && opened && plain_verb(reading, token)
    }

    /// Whether an act starts at the token, and then whether it goes on with the chain.
    fn start(&mut self, reading: &Reading<'_>, token: u32) -> Option<bool> {
        let c = reading.classes;
        if set_phrase(reading, token) {
            return None;
        }
        let verb = reading.starts(token, c.action_verb).is_some();
        // "Agreed on during the visit": not every word in "-ing" is a verb's.
        let gerund = reading.word(token).ends_with("ing") && reading.starts(token, c.prep).is_none();
        let previous = before(reading, token);
        let opened = !self.found.is_empty();
        let listed = reading.is(previous, "and") || reading.is(previous, ",");
        if reading.starts(previous, c.to).is_some()
            && (verb || passive(reading, token) || undertaken(reading, token) || self.chained(reading, token))
        {
            if self.purpose(reading, token) {
                return None;
            }
            let before = previous.saturating_sub(1);
            self.gerunds = false;
            return Some(opened && (reading.is(before, "and") || reading.is(before, ",")));
        }
        if token == self.theirs {
            self.gerunds = false;
            return Some(false);
        }
        if let Some(own) = wished(reading, token) {
            // "Promised that she would push for it": the act is hers whose promise it is.
            if reading.starts_any(token, c.bit(c.pron) | c.bit(c.pronoun_he)) && own <= token + 3 {
                (self.theirs, self.wished) = (own, own);
                return None;
            }
            (self.gerunds, self.wished) = (false, own);
            return Some(false);
        }
        let said = verb || will(reading, token);
        if token != self.wished && (said && promised(reading, token) || pledged(reading, token)) {
            self.gerunds = false;
            return Some(false);
        }
        if gerund && !listed && (verb && gerund_object(reading, previous, opened) || charged(reading, token))
        {
            let goes_on = opened && self.gerunds;
            self.gerunds = true;
            return (!goes_on).then_some(false);
        }
        if opened && listed && verb && gerund == self.gerunds && (gerund || base_form(reading, token)) {
            return (gerund || !self.of_another(reading, token)).then_some(true);
        }
        let noun = reading.starts(token, c.action_noun).is_some();
        let needed = reading.is(previous, "for") || reading.is(previous, "of");
        let nominal = noun && (needed && need_before(reading, previous) || nominal(reading, token));
        nominal.then_some(false)
    }
}

/// Whether "be" and a participle of an act start at the token: "is to *be finished* by 2027".
fn passive(reading: &Reading<'_>, token: u32) -> bool {
    reading.is(token, "be")
        && reading.starts(token + 1, reading.classes.action_verb).is_some()
        && !base_form(reading, token + 1)
}

/// Whether a word after "to" is a verb because an undertaking governs it: "called on firms to come back".
fn undertaken(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let to = before(reading, token);
    let from = to.saturating_sub(9).max(reading.sentence(reading.sentence_at(token)).first_token);
    let governor = reading.within(from, to, c.commit_verb).last();
    let Some(governor) = governor else { return false };
    let nominal = reading.word(governor.end - 1).to_lowercase().starts_with("commit") && governor.end == to;
    let broken = (governor.end..to).any(|t| reading.starts(t, c.clause_end).is_some() || reading.is(t, ","));
    !nominal && !broken && plain_verb(reading, token)
}

/// Whether an undertaking stands shortly before the first act of a chain.
fn undertaking(reading: &Reading<'_>, act: u32) -> bool {
    reading.within(reading.back(act, 6), act, reading.classes.commit_verb).next().is_some()
}

/// Whether a word after "to" can be a verb in its base form.
fn plain_verb(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let word = reading.word(token);
    // "Agreed to *have* the line studied", "intends to *have construction* started".
    let object =
        reading.starts(token + 1, c.det).is_some() || reading.starts(token + 1, c.action_noun).is_some();
    let caused = reading.is(token, "have") && object;
    let plain = reading.is_word(token)
        && !reading.capital(token)
        && (caused || !reading.closed(token) && base_form(reading, token));
    // "Has committed 2 billion euros to date".
    let noun = word == "date"
        || ["tion", "ment", "ity", "ship", "ness", "ence", "ance", "ly"].iter().any(|e| word.ends_with(e))
        || [c.det, c.soft_object, c.country].iter().any(|class| reading.starts(token, *class).is_some());
    plain && !noun
}

/// Whether a verb that the tables do not know stands behind "will" with a party right before it: "Ghana will *dismantle* the
/// posts". What merely befalls somebody (IDLE_VERB) is no act.
fn will(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let at = before(reading, token);
    let object = [c.det, c.count, c.number, c.money, c.country_adj]
        .iter()
        .any(|class| reading.starts(token + 1, *class).is_some())
        || reading.is_word(token + 1) && !reading.closed(token + 1);
    reading.is(at, "will")
        && reading.starts(token, c.action_verb).is_none()
        && reading.starts(token, c.idle_verb).is_none()
        && plain_verb(reading, token)
        && object
        && by_party(reading, token)
}

/// Whether "will", or "would" in reported speech, stands before the verb of an act.
fn promised(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let idle = reading.starts(token, c.action_verb).is_some_and(|m| reading.entry(m).get("idle").is_some());
    let checkable = !idle || improves(reading, token) && by_party(reading, token);
    let will = before(reading, token);
    let first = reading.sentence(reading.sentence_at(token)).first_token;
    let reported = || {
        [c.say_verb, c.commit_verb].iter().any(|class| reading.within(first, will, *class).next().is_some())
            || resolved(reading, first, will)
    };
    checkable
        && base_form(reading, token)
        && !bare(reading, token)
        && (["will", "shall", "must"].iter().any(|w| reading.is(will, w))
            || reading.is(will, "would") && reported())
}

/// Whether a verb of bettering has an object that can be checked: "help *the islands* adapt", "develop *travel
/// programmes*", not "develop *ties*".
fn improves(reading: &Reading<'_>, token: u32) -> bool {
    const BETTER: [&str; 10] = [
        "develop",
        "improve",
        "upgrade",
        "help",
        "support",
        "strengthen",
        "expand",
        "facilitate",
        "speed",
        "step",
    ];
    let c = reading.classes;
    let object = token + 1;
    let soft = [c.soft_object, c.indicator]
        .iter()
        .any(|class| reading.within(object, object + 5, *class).next().is_some());
    let verb = reading.starts(object, c.action_verb).is_some() || reading.starts(object, c.to).is_some();
    BETTER.iter().any(|w| reading.is(token, w)) && reading.is_word(object) && !soft && !verb
}

/// Whether a party stands right before "will", adverbs aside.
fn by_party(reading: &Reading<'_>, verb: u32) -> bool {
    let c = reading.classes;
    let mut at = verb - 1;
    while at > 0 && (reading.starts(at, c.adverb).is_some() || reading.is(at, "will")) {
        at -= 1;
    }
    [c.country, c.capital, c.group, c.side, c.bloc].iter().any(|class| reading.covered(at, *class))
}

/// Whether "would" can tell what was resolved although no verb of saying stands before it: a side is its subject, and
/// nothing makes it depend on something.
fn resolved(reading: &Reading<'_>, first: u32, would: u32) -> bool {
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(would));
    let open = ["if", "could", "whether", "might", "unless"];
    let depends = (first..sentence.end_token).any(|t| open.iter().any(|w| reading.is(t, w)));
    let side = [c.side, c.body, c.group, c.country, c.capital]
        .iter()
        .any(|class| reading.within(first, would, *class).next().is_some());
    side && !depends && would < first + 10
}

/// "Take part", "make sense", "hold that": set phrases that are no act.
fn set_phrase(reading: &Reading<'_>, token: u32) -> bool {
    let with = |verbs: &[&str], next: &[&str]| {
        verbs.iter().any(|w| reading.is(token, w)) && next.iter().any(|w| reading.is(token + 1, w))
    };
    // "Invited firms to take part in the park" asks for it; "to take part in the forum" alone is no act.
    let event = || {
        const REACH: u32 = 8;
        reading.within(token, token + REACH, reading.classes.meeting).next().is_some()
            || (token + 2..token + REACH).any(|t| reading.is(t, "ceremony") || reading.is(t, "celebrations"))
    };
    let part = with(&["take"], &["part"]) && (!undertaken(reading, token) || event());
    part || with(&["taking"], &["part"])
        || with(&["take", "taking"], &["place", "note", "pride", "stock", "advantage", "effect", "shape"])
        || with(&["put"], &["at"])
        || with(&["make", "making"], &["sense", "progress", "clear", "sure"])
        || with(&["hold", "holding"], &["that"])
}

/// Whether a verb that begins or ends something stands without an object: "will begin in June".
fn bare(reading: &Reading<'_>, token: u32) -> bool {
    let phases = [
        "begin", "start", "resume", "continue", "open", "launch", "run", "operate", "finish", "increase",
        "return",
    ];
    let ends = |t: u32| {
        reading.starts(t, reading.classes.prep).is_some() || !reading.is_word(t) && !reading.is_quote(t)
    };
    phases.iter().any(|w| reading.is(token, w)) && ends(token + 1)
}

/// Whether a verb of pledging has a thing for its object ("offered 40 scholarships"), not an act.
fn pledged(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let has = ["has", "have", "had"].iter().any(|w| reading.is(token - 1, w));
    let noun = !has && [c.det, c.prep, c.aux].iter().any(|class| reading.starts(token - 1, *class).is_some());
    let next = token + 1;
    let object = reading.is_word(next)
        || reading.starts(next, c.count).is_some()
        || reading.starts(next, c.number).is_some();
    let other = [c.to, c.prep, c.rel, c.conj, c.money, c.aux]
        .iter()
        .any(|class| reading.starts(next, *class).is_some());
    // A project, a body or a document that is proposed is told as what it is.
    let told = |class: ClassId| reading.within(next.saturating_sub(1), token + 7, class).next().is_some();
    let verb = reading.starts(token, c.pledge_verb);
    let thing = || [c.project, c.body_np, c.doc].into_iter().any(told);
    let compound = ["-", "–"].contains(&reading.word(token - 1));
    let soft = [c.soft_object, c.pron, c.pronoun].into_iter().any(told);
    verb.is_some_and(|m| {
        let entry = reading.entry(m);
        let act = || {
            let noun = if reading.starts(next, c.det).is_some() { next + 1 } else { next };
            reading.starts(noun, c.action_noun).is_some() && reading.is(noun + 1, "of")
        };
        // "Announced the lifting of duties": only an act told as a noun is undertaken by announcing it.
        (entry.get("strength").is_none() || !thing())
            && (entry.get("nominal").is_none() || (act() || facility(reading, next)) && !thing())
    }) && !(noun || other || compound || soft)
        && object
}

/// "Announced *a new $400 million line of credit*", "approved *a grant of $10 million*": money that is promised.
fn facility(reading: &Reading<'_>, from: u32) -> bool {
    const REACH: u32 = 8;
    const MONEY: [&str; 6] = ["grant", "grants", "loan", "loans", "credit", "aid"];
    let end = reading.sentence(reading.sentence_at(from)).end_token.min(from + REACH);
    let money = reading.within(from, end, reading.classes.money).next().is_some();
    money && (from..end).any(|t| MONEY.iter().any(|w| reading.is(t, w)))
}

/// Where a wish with a subject of its own starts behind an undertaking: "agreed *that the centre should be opened
/// sooner*", "decided *that a joint company would run the ferry*". Gives its verb.
fn wished(reading: &Reading<'_>, token: u32) -> Option<u32> {
    let c = reading.classes;
    // "Suggested *both sides step up* the work": "that" may be left out behind a wish with a side for its subject.
    let side = |t: u32| [c.group, c.country, c.side].iter().any(|class| reading.starts(t, *class).is_some());
    let wish = |m: Mark| reading.entry(m).get("strength") == Some("proposed") && m.end == token;
    let bare = side(token) && reading.within(reading.back(token, 4), token, c.commit_verb).any(wish);
    if !reading.is(token - 1, "that") && !bare || reading.is(token, "there") {
        return None;
    }
    let end = reading.sentence(reading.sentence_at(token)).end_token.min(token + 26);
    let joined = token > 1 && reading.is(token - 2, "and");
    let governed =
        token > 5 && (reading.back(token, 9)..token - 1).any(|t| reading.covered(t, c.commit_verb));
    let modal = |t: u32| ["will", "would", "should", "shall", "must"].iter().any(|w| reading.is(t, w));
    // "Will from now on be", "are to be", "have to be".
    let helped = |t: u32| {
        let bound = ["are", "is", "have", "has", "need", "needs", "ought"];
        modal(t - 1)
            || reading.is(t - 1, "to") && bound.iter().any(|w| reading.is(t - 2, w))
            || (t - 4..t - 1).any(modal) && !reading.starts_any(t - 1, c.bit(c.aux))
    };
    let participle = |t: u32| {
        reading.word(t).ends_with("ed")
            || reading.starts(t, c.action_verb).is_some() && !base_form(reading, t)
            || irregular(reading, t)
    };
    // "Asked that Mexico *reopen* the ferry": behind a wish the verb needs no helper.
    let joined_wish = reading
        .within(reading.back(token, 6), token, c.commit_verb)
        .any(|m| reading.entry(m).get("strength") == Some("proposed"));
    let subject = |t: &u32| {
        [c.country, c.group, c.body, c.who].iter().any(|class| reading.covered(*t, *class))
            || reading.ends(*t, "s")
    };
    let subject = |t: u32| subject(&t);
    let plain = |t: u32| reading.is_word(t) && !reading.capital(t) && !reading.closed(t);
    let wish = (token + 1..end).find(|t| {
        reading.is(*t, "be")
            && participle(t + 1)
            && (helped(*t) || reading.starts(t - 1, c.aux).is_none() && !reading.is(t - 1, "to"))
            || (modal(t - 1) && plain(*t)
                || joined_wish && subject(t - 1) && reading.starts(*t, c.action_verb).is_some())
                && base_form(reading, *t)
    });
    let earlier = || {
        let first = reading.sentence(reading.sentence_at(token)).first_token;
        reading.within(first, token, c.commit_verb).next().is_some()
    };
    wish.filter(|_| governed || joined && earlier())
}

/// Participles of acts that end in no "-ed".
fn irregular(reading: &Reading<'_>, token: u32) -> bool {
    const IRREGULAR: [&str; 12] =
        ["held", "built", "set", "made", "given", "sent", "paid", "kept", "cut", "put", "brought", "taken"];
    IRREGULAR.iter().any(|w| reading.is(token, w))
}

/// Whether a gerund is what somebody was charged with: "tasked with finding money".
fn charged(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let previous = token - 1;
    let from = previous.saturating_sub(9).max(reading.sentence(reading.sentence_at(token)).first_token);
    let charge = ["charge", "task", "entrust"];
    let given = |m: Mark| charge.iter().any(|w| reading.word(m.start).to_lowercase().starts_with(w));
    reading.starts(previous, c.prep).is_some() && previous > 0 && reading.covered(previous - 1, c.commit_verb)
        || reading.covered(previous, c.commit_verb) && reading.is(previous, "of")
        || reading.is(previous, "with") && reading.within(from, previous, c.commit_verb).any(given)
}

/// Whether a gerund after this token is the object of an undertaking ("spoke of building", "discussed
/// improving") and not an adverbial inside another act.
fn gerund_object(reading: &Reading<'_>, previous: u32, opened: bool) -> bool {
    let c = reading.classes;
    let governed = |token: u32| {
        [c.commit_verb, c.stress_verb, c.topic_verb].iter().any(|class| reading.covered(token, *class))
    };
    let preposition = reading.starts(previous, c.prep).is_some();
    governed(previous) || preposition && (!opened || previous > 0 && governed(previous - 1))
}

/// Whether the token belongs to the very phrase that undertakes ("agreed to instruct").
fn inside_commitment(reading: &Reading<'_>, token: u32) -> bool {
    let class = reading.classes.commit_verb;
    let from = reading.back(token, 6);
    (from..token).any(|t| reading.starts(t, class).is_some_and(|m| m.end > token))
}

/// Whether a noun of an act is the object of an undertaking: "committed to *the revival of* the pact", "agreed on
/// *the lifting of* duties". What is told as a paper, a body, a project or a meeting is none.
fn nominal(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let first = reading.sentence(reading.sentence_at(token)).first_token;
    let det = u32::from(token > first && reading.starts(token - 1, c.det).is_some());
    let Some(linked) = (token - det).checked_sub(1).filter(|t| *t > first) else { return false };
    let link = ["on", "to", "upon"].iter().any(|w| reading.is(linked, w));
    let wish = |m: Mark| reading.entry(m).get("strength") == Some("proposed");
    // "Called for the removal of the fee", "requested the reopening of the market".
    let asked = reading
        .within(reading.back(linked, 4), linked + 1, c.commit_verb)
        .any(|m| wish(m) && (m.end == linked + 1 || m.end == linked && reading.is(linked, "for")));
    let told = [c.doc, c.body_np, c.project, c.meeting]
        .into_iter()
        .any(|class| reading.within(token, token + 8, class).next().is_some());
    (asked || link && reading.covered(linked - 1, c.commit_verb)) && reading.is(token + 1, "of") && !told
}

/// Whether "the need for / importance of" stands right before.
fn need_before(reading: &Reading<'_>, preposition: u32) -> bool {
    preposition > 0 && reading.starts(preposition - 1, reading.classes.need).is_some()
}

/// Whether the verb stands in its base form (no -ed, -s, -ing).
fn base_form(reading: &Reading<'_>, token: u32) -> bool {
    let word = reading.word(token).to_ascii_lowercase();
    let kept = ["need", "feed", "speed", "proceed", "exceed", "bring"].contains(&word.as_str());
    let bent =
        ["ed", "ing"].iter().any(|end| word.ends_with(end)) || word.ends_with('s') && !word.ends_with("ss");
    kept || !bent && !PAST.contains(&word.as_str())
}

/// Past forms that end in no "-ed" and are no base form either: ", *made* up of officials".
const PAST: [&str; 14] = [
    "made", "held", "built", "given", "sent", "paid", "kept", "brought", "taken", "took", "led", "met",
    "drawn", "done",
];

/// The act from its verb to the next act, a clause end or the sentence's end.
fn act(reading: &Reading<'_>, start: u32, next: u32, end: u32) -> Thing {
    let c = reading.classes;
    let inserted = insertion(reading, start);
    let mut stop = inserted.map_or(start + 1, |(_, resumed)| resumed);
    while stop < next.min(start + LONGEST).min(end) {
        if reading.starts(stop, c.clause_end).is_some()
            || matches!(reading.word(stop), "." | "!" | "?" | "”" | "»")
            || reading.is_quote(stop) && reading.is(stop - 1, ",")
            || reading.is(stop, "in") && (reading.is(stop + 1, "line") || reading.is(stop + 1, "accordance"))
            || said(reading, stop)
            || new_clause(reading, start, stop)
            || another_deed(reading, stop)
        {
            break;
        }
        stop += 1;
    }
    while stop > start + 1 && (matches!(reading.word(stop - 1), "," | "and" | "to" | "-" | "\"")) {
        stop -= 1;
    }
    let name = match inserted.filter(|(_, resumed)| *resumed < stop) {
        Some((comma, resumed)) => {
            format!("{} {}", reading.words(start, comma), shorten(reading, resumed, stop))
        }
        None => shorten(reading, start, stop),
    };
    Thing { name, start, end: stop, head_token: start, ..Thing::default() }
}

/// What is told between commas of the subject of a wish: "agreed that the company, *which has its seat in Busia,* will be
/// registered". Its first comma and where the wish goes on.
fn insertion(reading: &Reading<'_>, start: u32) -> Option<(u32, u32)> {
    let verb = wished(reading, start).filter(|verb| *verb > start)?;
    let comma = (start..verb).find(|t| reading.is(*t, ","))?;
    let relative = ["which", "who", "whose", "that", "where"];
    let opened = (comma + 1..comma + 3).any(|t| relative.iter().any(|w| reading.is(t, w)));
    let last = (comma + 1..verb).rev().find(|t| reading.is(*t, ","))?;
    (opened && verb - last < 5).then_some((comma, last + 1))
}

/// Whether a comma here ends the act because somebody "said" follows.
fn said(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    if !reading.is(token, ",") {
        return false;
    }
    let person = [c.who, c.title, c.leader_title, c.country_adj, c.pron, c.det, c.body]
        .iter()
        .any(|class| reading.starts(token + 1, *class).is_some());
    let reach = if person { 12 } else { 6 };
    reading.within(token, token + reach, c.say_verb).next().is_some_and(|m: Mark| m.start > token)
        && !reading.is(token + 1, "and")
        || as_agreed(reading, token)
}

/// "The tariff is to stay until 2026, they agreed": who undertakes it comes last.
fn as_agreed(reading: &Reading<'_>, comma: u32) -> bool {
    const SUBJECT: u32 = 8;
    reading.is(comma, ",")
        && (comma + 2..comma + 2 + SUBJECT)
            .find(|t| ["agreed", "decided"].iter().any(|w| reading.is(*t, w)))
            .is_some_and(|verb| !reading.is_word(verb + 1) && !(comma + 1..verb).any(|t| reading.is(t, ",")))
}

/// Whether another clause begins: a finite auxiliary without a relative before it, or "and" with a new
/// person for its subject.
fn new_clause(reading: &Reading<'_>, start: u32, token: u32) -> bool {
    let c = reading.classes;
    let finite = ["is", "are", "was", "were", "has", "have", "had", "will", "would"]
        .iter()
        .any(|w| reading.is(token, w));
    let opened = || {
        (start..token).any(|t| {
            reading.starts(t, c.rel).is_some()
                || ["how", "what", "whether", "if", "as"].iter().any(|w| reading.is(t, w))
        })
    };
    let person = || {
        let subject = if reading.starts(token + 1, c.det).is_some() { token + 2 } else { token + 1 };
        [c.who, c.title, c.leader_title].iter().any(|class| reading.starts(subject, *class).is_some())
            || reading.is(token + 1, "he")
            || reading.is(token + 1, "they")
            || reading.is(token + 1, "she")
    };
    let wish = || reading.is(start - 1, "that");
    finite && !wish() && !opened()
        || reading.is(token, "and") && (person() || wish() && reading.is(token + 1, "that"))
}

/// "…, and instructed their officials to meet": another thing that the same people did.
fn another_deed(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let next = token + 1;
    let did = [c.commit_verb, c.topic_verb].iter().any(|class| reading.starts(next, *class).is_some());
    let pledge = reading.starts(next, c.pledge_verb).is_some();
    (reading.is(token, "and") || reading.is(token, ",")) && did && !pledge && reading.ends(next, "ed")
}

/// At most fifteen words, the verb first; where the cut leaves a function word or a sign at the end, that
/// goes too.
pub(super) fn shorten(reading: &Reading<'_>, start: u32, end: u32) -> String {
    const MOST: usize = 15;
    let words = reading.words(start, end);
    let mut kept: Vec<&str> = words.split(' ').collect();
    if kept.len() <= MOST {
        return words;
    }
    kept.truncate(MOST);
    let loose =
        ["to", "of", "the", "a", "an", "in", "and", "for", "with", "on", "by", "at", "from", "between"];
    while kept.len() > 1
        && kept.last().is_some_and(|w| loose.contains(w) || !w.chars().any(char::is_alphanumeric))
    {
        kept.pop();
    }
    kept.join(" ").trim_end_matches(',').to_owned()
}
