//! One statement for each thing said: rivals on one head are decided, repetitions become `also`.

use tandem_model::{Body, Kind, Mark, Meeting, MeetingType, Period, Span, Statement};

use super::quantities::only_multiple;
use super::{Draft, order, sizes, unreal};
use crate::discourse::attribution::Speakers;
use crate::reading::Reading;

/// Decides between rivals, joins repetitions, and seals what is left.
pub(super) fn settle(
    reading: &Reading<'_>,
    speakers: &Speakers,
    mut drafts: Vec<Draft>,
    spelled_out: &[(String, u32)],
) -> Vec<Statement> {
    unreal::without(reading, &mut drafts);
    sizes::of_works(reading, &mut drafts);
    drafts.sort_by(|a, b| {
        (a.head.start, order(a.body.kind()), std::cmp::Reverse(a.rank), a.rule).cmp(&(
            b.head.start,
            order(b.body.kind()),
            std::cmp::Reverse(b.rank),
            b.rule,
        ))
    });
    let mut drafts =
        without_appositions(reading, without_echoes(reading, without_worths(reading, decide(drafts))));
    drafts.retain(|draft| !only_multiple(reading, spelled_out, draft));
    let mut kept: Vec<(Draft, Vec<Span>)> = Vec::new();
    for draft in drafts {
        match kept.iter_mut().find(|(k, _)| same(reading, k, &draft)) {
            Some((first, also)) => absorb(reading, first, also, draft),
            None => kept.push((draft, Vec::new())),
        }
    }
    let mut sealed: Vec<Statement> = kept
        .into_iter()
        .filter(|(draft, also)| !also.is_empty() || !only_the_visit(reading, draft))
        .filter_map(|(draft, also)| seal(reading, speakers, draft, also))
        .collect();
    sealed.sort_by_key(|s| (s.evidence.start, order(s.kind()), s.evidence.end, s.id.clone()));
    sealed.dedup_by(|b, a| a.id == b.id);
    sealed
}

/// Of several drafts about one head the highest rank stays; a value is a target or a figure, not both.
fn decide(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        let rival =
            |k: &Draft| group(k.body.kind()) == group(draft.body.kind()) && overlaps(k.head, draft.head);
        match kept.iter().position(rival) {
            None => kept.push(draft),
            Some(at) if draft.rank > kept[at].rank => {
                let lesser = std::mem::replace(&mut kept[at], draft);
                complete(&mut kept[at], &lesser);
            }
            Some(at) => complete(&mut kept[at], &draft),
        }
    }
    kept
}

/// Of two readings of one project the better takes from the other what it lacks: one rule knows the stage, another
/// the sum.
fn complete(better: &mut Draft, lesser: &Draft) {
    let (Body::Project(x), Body::Project(y)) = (&mut better.body, &lesser.body) else { return };
    if x.status == tandem_model::ProjectStatus::Unknown {
        x.status = y.status;
    }
    if x.value.is_none() {
        (x.value, x.unit, x.bound) = (y.value, y.unit.clone(), y.bound);
        better.worth = lesser.worth;
    }
}

fn overlaps(a: Mark, b: Mark) -> bool {
    a.start < b.end && b.start < a.end
}

/// Figures and targets compete for a value; the others only among themselves.
fn group(kind: Kind) -> Kind {
    if kind == Kind::Target { Kind::Figure } else { kind }
}

/// The worth of a project or a document is not a figure or target besides, unless it is said to be
/// capital that is there.
fn without_worths(reading: &Reading<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let worths: Vec<Mark> = drafts.iter().filter_map(|d| d.worth).collect();
    let is_worth = |draft: &Draft| worths.iter().any(|w| overlaps(*w, draft.head));
    // "Have put $470 million into 32 projects" is an investment whatever it went into.
    let capital = |draft: &Draft| {
        let from = reading.back(draft.head.start, 5);
        (from..draft.head.start).any(|t| reading.is(t, "capital"))
            || reading.within(from, draft.head.start, reading.classes.invest_verb).next().is_some()
    };
    drafts
        .into_iter()
        .filter(|d| match &d.body {
            Body::Target(_) => !is_worth(d),
            Body::Figure(_) => !is_worth(d) || capital(d),
            _ => true,
        })
        .collect()
}

/// Verbs by which an undertaking only says that a thing of another kind is to come about.
const ECHOES: [(Kind, &[&str]); 4] = [
    (Kind::Agreement, &["adopt", "sign", "conclud"]),
    (
        Kind::Meeting,
        &[
            "hold", "held", "host", "conven", "meet", "organis", "organiz", "visit", "postpon", "cancel",
            "call", "pay", "mak", "join", "attend",
        ],
    ),
    (Kind::Project, &["build", "construct", "open", "launch"]),
    (Kind::Institution, &["establish", "creat", "set", "form", "found", "open"]),
];

/// Verbs of acts that are counted by what flows: their content is the target itself.
const FLOWS: [&str; 32] = [
    "redoubl",
    "pay",
    "bid",
    "aim",
    "pick",
    "go",
    "provid",
    "export",
    "import",
    "supply",
    "suppl",
    "invest",
    "buy",
    "purchas",
    "sell",
    "deliver",
    "ship",
    "produc",
    "generat",
    "process",
    "receiv",
    "handl",
    "employ",
    "creat",
    "cut",
    "reduc",
    "lower",
    "expand",
    "acceler",
    "train",
    "trad",
    "transport",
];

/// Tokens within which a clause on a thing tells what was agreed about it: "the bridge that A and B agreed to build".
const CLAUSE: u32 = 14;

/// An undertaking whose whole content is a target or a document is that target or document: "agreed to
/// raise trade to $5 billion" is no commitment besides; "instructed to take measures in order to …" is.
fn without_echoes(reading: &Reading<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let heads =
        |kind: Kind| drafts.iter().filter(|d| d.body.kind() == kind).map(|d| d.head).collect::<Vec<Mark>>();
    let targets: Vec<(Mark, bool)> = drafts
        .iter()
        .filter_map(|d| match &d.body {
            Body::Target(t) => Some((d.head, t.indicator.starts_with("other:"))),
            _ => None,
        })
        .collect();
    let things = ECHOES.map(|(kind, verbs)| (heads(kind), verbs));
    let echo = |draft: &Draft| {
        let (start, end) = (draft.head.start, draft.head.end);
        let second_verb = |to: u32| {
            (start + 1..to).any(|t| {
                reading.starts(t, reading.classes.to).is_some()
                    && reading.starts(t + 1, reading.classes.action_verb).is_some()
            })
        };
        // "Offered 120 scholarships" is a promise besides; "to bring the number of students to 8,000" is none.
        let told = verb_of(reading, start, end);
        let reached = [reading.classes.reach_verb, reading.classes.multiply_verb]
            .into_iter()
            .any(|class| reading.starts(start, class).is_some() || reading.starts(told, class).is_some());
        // "To finish the financing of the 683 MW project" is about the project, whatever its size.
        let object = |t: &Mark| reached || !reading.covered(t.start, reading.classes.project);
        // "To decide nine in ten requests", "to hand over 20 engines by June": an act of its own, whatever it counts; to
        // export two million tonnes is to reach them.
        let verb = verb_of(reading, start, end);
        let reaches = |t: u32| reading.starts(t, reading.classes.reach_verb).is_some();
        let flows = reaches(verb)
            || FLOWS.iter().any(|w| reading.begins(verb, w))
            || reading.starts(verb, reading.classes.multiply_verb).is_some()
            || strives(reading, verb);
        let falls = reading.starts(verb, reading.classes.down_verb).is_some();
        let target = targets.iter().any(|(t, things)| {
            t.end > told
                && t.start < end
                && !second_verb(t.start)
                && (reached || falls || !things && (flows || (verb + 1..t.start).any(reaches)))
                && object(t)
        });
        let thing = things.iter().any(|(heads, verbs)| {
            verbs.iter().any(|v| reading.begins(verb, v))
                && heads.iter().any(|p| {
                    let clause = || ["that", "which"].iter().any(|w| reading.is(p.end, w));
                    p.start < end.min(start + 9) && start < p.end + if clause() { CLAUSE } else { 4 }
                })
        });
        // An order to others is more than the document or the meeting that it is to bring about.
        let ordered =
            matches!(&draft.body, Body::Commitment(c) if c.strength == tandem_model::Strength::Ordered);
        target || thing && !ordered
    };
    let keep: Vec<bool> = drafts.iter().map(|d| d.body.kind() != Kind::Commitment || !echo(d)).collect();
    drafts.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(draft, _)| draft).collect()
}

/// "To strive for a turnover of $20 billion", "to work towards", "to set a target of": the aim itself.
fn strives(reading: &Reading<'_>, verb: u32) -> bool {
    const GOALS: u32 = 5;
    const SETS: [&str; 8] = ["set", "fix", "defin", "adopt", "propos", "announc", "suggest", "agree"];
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let towards =
        is(verb, &["work", "working", "push", "move"]) && is(verb + 1, &["toward", "towards", "for"]);
    let goal = || reading.within(verb, verb + GOALS, reading.classes.goal_noun).next().is_some();
    towards
        || ["striv", "aim"].iter().any(|w| reading.begins(verb, w))
        || SETS.iter().any(|stem| reading.begins(verb, stem)) && goal()
}

/// The verb of an act: its first word, the one behind "be", or that of a clause with a subject of its own.
fn verb_of(reading: &Reading<'_>, start: u32, end: u32) -> u32 {
    if start > 0 && reading.is(start - 1, "that") {
        let verb = reading.within(start + 1, end.min(start + 16), reading.classes.action_verb).next();
        return verb.map_or(start, |m| m.start);
    }
    // "To more than triple", "to gradually increase".
    let led = ["more", "at", "less"].iter().any(|w| reading.is(start, w))
        && ["than", "least"].iter().any(|w| reading.is(start + 1, w));
    let adverb = reading.ends(start, "ly") && reading.starts(start, reading.classes.action_verb).is_none();
    let start = if led { start + 2 } else { start + u32::from(adverb) };
    if reading.is(start, "be") { start + 1 } else { start }
}

/// Whether two drafts say one thing.
fn same(reading: &Reading<'_>, a: &Draft, b: &Draft) -> bool {
    match (&a.body, &b.body) {
        (Body::Figure(x), Body::Figure(y)) => {
            x.indicator == y.indicator
                && x.measure == y.measure
                && x.value == y.value
                && x.unit == y.unit
                && a.parties == b.parties
                && (x.period == y.period || x.period.is_none() || y.period.is_none() || y.period_carried)
        }
        (Body::Target(x), Body::Target(y)) => {
            x.indicator == y.indicator
                && x.value == y.value
                && x.unit == y.unit
                && a.parties == b.parties
                && (x.deadline == y.deadline || x.deadline.is_none() || y.deadline.is_none())
        }
        (Body::Meeting(x), Body::Meeting(y)) => {
            a.parties == b.parties
                && !others_met(reading, (a, x), (b, y))
                && (a.sentence == b.sentence || !other_rank(reading, a, b))
                && (a.sentence == b.sentence || !met_and_called(x, y))
                && (x.status == y.status || retold(reading, a, x, y) || retold(reading, b, y, x))
                && (days_meet(x.date, y.date) || x.date.is_none() || y.date.is_none())
                && (x.place == y.place || x.place.is_none() || y.place.is_none())
                && (a.sentence == b.sentence && guest(reading, a, b)
                    || a.sentence == b.sentence
                        && !then(reading, a, b)
                        && (setting(x.kind) == setting(y.kind) || !visited(x.kind, y.kind))
                        && !travelled_to(reading, (a, x), (b, y))
                    || x.kind == y.kind
                    || only_an_act(reading, a, x)
                    || only_an_act(reading, b, y)
                    || announces(reading, a, x)
                    || announces(reading, b, y)
                    || setting(x.kind) == setting(y.kind)
                        && (loose(x.kind) || loose(y.kind))
                        && !(body(x.kind) || body(y.kind))
                    || setting(x.kind) == setting(y.kind) && (repeats(reading, a) || repeats(reading, b)))
        }
        (Body::Agreement(x), Body::Agreement(y)) if headline(reading, a, x) || headline(reading, b, y) => {
            x.kind == y.kind && x.status == y.status && a.parties == b.parties
        }
        (Body::Agreement(x), Body::Agreement(y)) => {
            x.kind == y.kind
                && x.count == y.count
                && (alike(&x.title, &y.title) || x.count.is_some_and(|n| n > 2) && a.parties == b.parties)
        }
        (Body::Project(x), Body::Project(y)) => {
            // "Projects worth $5 billion for the renewal of dams": one sum, told of the bare noun and of the work.
            let bare = |name: &str| !name.contains(' ');
            let one_sum = a.sentence == b.sentence && x.value.is_some() && (bare(&x.name) || bare(&y.name));
            x.count == y.count && headline_sum(reading, a, b)
                || x.count == y.count
                    && (x.value == y.value || x.value.is_none() || y.value.is_none())
                    && (one_sum && x.value == y.value || alike(&x.name, &y.name) || titled(reading, a, b))
        }
        (Body::Institution(x), Body::Institution(y)) => alike(&x.name, &y.name),
        (Body::Commitment(x), Body::Commitment(y)) => x.action == y.action,
        (Body::Award(x), Body::Award(y)) => {
            let described = |name: &str| name.starts_with(char::is_lowercase);
            let one = a.sentence == b.sentence && (described(&x.name) || described(&y.name));
            x.to == y.to && (x.name == y.name || one)
        }
        _ => false,
    }
}

/// Whether two days are one, or both begin on one: "arrives on 2 June" and "on 2 June for three days".
fn days_meet(a: Option<Period>, b: Option<Period>) -> bool {
    let (Some(x), Some(y)) = (a, b) else { return a == b };
    let days = |p: Period| p.months() <= 1 && p.first().until(p.last()).is_ok_and(|s| s.get_days() < 21);
    x == y || days(x) && days(y) && x.first() == y.first()
}

/// "The two leaders opened a plant", with no day and no place of its own: what they did where they met.
fn only_an_act(reading: &Reading<'_>, draft: &Draft, meeting: &Meeting) -> bool {
    let c = reading.classes;
    let contact = [c.meeting, c.visit_go, c.meet_verb, c.body_np].contains(&draft.head.class);
    meeting.kind == MeetingType::Other && !contact && meeting.place.is_none() && meeting.date.is_none()
}

/// Whether a headline tells of talks or a meeting, with no day and no place: the text below says which.
fn announces(reading: &Reading<'_>, draft: &Draft, meeting: &Meeting) -> bool {
    reading.sentence(draft.sentence).kind == tandem_model::SentenceKind::Heading
        && talked(meeting.kind)
        && meeting.date.is_none()
        && meeting.place.is_none()
}

/// Whether a headline calls a work by another name than the text below, which has the same term for the same kind of
/// thing: "Bridge over the Negro to be finished by March" over "the new El Espino bridge will be finished by March 2023".
fn titled(reading: &Reading<'_>, a: &Draft, b: &Draft) -> bool {
    const SHORTEST: usize = 4;
    let (Body::Project(x), Body::Project(y)) = (&a.body, &b.body) else { return false };
    let heading = |d: &Draft| reading.sentence(d.sentence).kind == tandem_model::SentenceKind::Heading;
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= SHORTEST);
        words.map(str::to_lowercase).collect()
    };
    let kinds = words(&y.name);
    heading(a) != heading(b)
        && a.parties == b.parties
        && x.deadline.is_some()
        && x.deadline == y.deadline
        && words(&x.name).iter().any(|word| kinds.contains(word))
}

/// Whether a headline tells the sum of a work by another name than the text below: "Bank approves nearly $700 million for the
/// Alvaria–Borland railway" over "a package of $696.4 million for Phase II of the Joint Standard Gauge Railway Project".
fn headline_sum(reading: &Reading<'_>, a: &Draft, b: &Draft) -> bool {
    const ROUNDED: f64 = 0.02;
    let (Body::Project(x), Body::Project(y)) = (&a.body, &b.body) else { return false };
    let heading = |d: &Draft| reading.sentence(d.sentence).kind == tandem_model::SentenceKind::Heading;
    let near = |x: f64, y: f64| (x - y).abs() <= ROUNDED * x.abs().max(y.abs());
    let sums = x.value.zip(y.value).is_some_and(|(x, y)| near(x.to_f64(), y.to_f64()));
    heading(a) != heading(b) && sums && x.unit == y.unit && a.parties == b.parties
}

/// Whether a headline speaks of documents without a number: the text below says which.
fn headline(reading: &Reading<'_>, draft: &Draft, agreement: &tandem_model::Agreement) -> bool {
    reading.sentence(draft.sentence).kind == tandem_model::SentenceKind::Heading && agreement.count.is_none()
}

/// Whether two drafts name different people who met: each has one that the other lacks. A body, or a visit
/// and the talks on it, says nothing of that.
fn others_met(reading: &Reading<'_>, (a, x): (&Draft, &Meeting), (b, y): (&Draft, &Meeting)) -> bool {
    let talks = |draft: &Draft, m: &Meeting| {
        matches!(m.kind, MeetingType::Talks | MeetingType::Call)
            && met(reading, draft)
            && m.participants.len() == 2
    };
    let lacks =
        |some: &Meeting, all: &Meeting| some.participants.iter().any(|p| !all.participants.contains(p));
    let another = |later: &Draft, one: &Meeting, other: &Meeting| {
        talked(one.kind) && beside(reading, later) && lacks(one, other)
    };
    talks(a, x) && talks(b, y) && a.sentence != b.sentence && lacks(x, y) && lacks(y, x)
        || a.sentence != b.sentence && another(b, y, x)
}

/// Whether leaders did the one and ministers the other: "the ministers met on Monday. The two presidents opened a bridge".
fn other_rank(reading: &Reading<'_>, a: &Draft, b: &Draft) -> bool {
    matches!((led(reading, a), led(reading, b)), (Some(x), Some(y)) if x != y)
}

/// Whether those named before a meeting, in its clause, are all leaders (true) or all ministers (false).
fn led(reading: &Reading<'_>, draft: &Draft) -> Option<bool> {
    const GUEST: u32 = 8;
    let c = reading.classes;
    let first = reading.sentence(draft.sentence).first_token;
    let said = reading.within(first, draft.head.start, c.say_verb).last();
    let from = said.map_or(first, |m| m.end);
    // "After talks with the president, …".
    let guest = (draft.head.end..draft.head.end + GUEST).take_while(|t| !reading.is(*t, ","));
    let to = if reading.is(draft.head.end, "with") {
        guest.last().map_or(draft.head.end, |t| t + 1)
    } else {
        draft.head.start
    };
    let (mut leaders, mut ministers) = (false, false);
    for token in from..to {
        let prime = token > first && reading.is(token - 1, "prime");
        let vice = token > first && ["vice", "deputy"].iter().any(|w| reading.is(token - 1, w));
        let is = |words: &[&str]| words.iter().any(|w| reading.is(token, w));
        leaders |= !vice && is(&["president", "presidents", "premier", "premiers", "leaders"])
            || prime && is(&["minister", "ministers"]);
        ministers |= !prime && is(&["minister", "ministers"]);
    }
    for person in reading.within(from, to, c.person) {
        match reading.entry(person).get("office") {
            Some("president" | "prime minister" | "king" | "chancellor") => leaders = true,
            Some(office) if office.contains("minister") => ministers = true,
            _ => {}
        }
    }
    (leaders != ministers).then_some(leaders)
}

/// People talk, face to face or not.
fn talked(kind: MeetingType) -> bool {
    matches!(kind, MeetingType::Talks | MeetingType::Call)
}

/// Whether one is a call and the other a meeting that has a place: nobody calls whom he sits beside.
fn met_and_called(x: &Meeting, y: &Meeting) -> bool {
    let call = |m: &Meeting| m.kind == MeetingType::Call;
    call(x) && !call(y) && y.place.is_some() || call(y) && !call(x) && x.place.is_some()
}

/// "He also met", "in a separate meeting", "was later received": one more meeting than those told.
fn beside(reading: &Reading<'_>, draft: &Draft) -> bool {
    const REACH: u32 = 10;
    let first = reading.sentence(draft.sentence).first_token;
    let words =
        ["also", "separate", "separately", "afterwards", "later", "earlier", "then", "afternoon", "evening"];
    (draft.head.start.saturating_sub(REACH).max(first)..draft.head.end + 2)
        .any(|t| words.iter().any(|w| reading.is(t, w)))
}

/// Whether a draft's head is the verb of meeting itself.
fn met(reading: &Reading<'_>, draft: &Draft) -> bool {
    let c = reading.classes;
    draft.head.class == c.meet_verb
}

/// Whether a sentence tells of one thing after the other: "received his guest and then took part in the session".
fn then(reading: &Reading<'_>, a: &Draft, b: &Draft) -> bool {
    const NEXT: [&str; 6] = ["then", "later", "afterwards", "subsequently", "thereafter", "followed"];
    let (from, to) = (a.head.end.min(b.head.end), a.head.start.max(b.head.start));
    (from..to).any(|t| NEXT.iter().any(|w| reading.is(t, w)))
}

/// A session of a standing body: talks in another sentence are not it.
fn body(kind: MeetingType) -> bool {
    kind == MeetingType::Commission
}

/// Types that only say "they met".
fn loose(kind: MeetingType) -> bool {
    matches!(kind, MeetingType::Talks | MeetingType::Other)
}

/// "Held talks with the president, who arrived on a state visit": the visit says who the guest is.
fn guest(reading: &Reading<'_>, a: &Draft, b: &Draft) -> bool {
    let (from, to) = (a.head.end.min(b.head.end), a.head.start.max(b.head.start));
    let later = if a.head.start > b.head.start { a } else { b };
    let came = ["arrived", "came", "flew", "travelled"];
    let relative = (from..to)
        .any(|t| reading.is(t, ",") && reading.is(t + 1, "who") && came.iter().any(|w| reading.is(t + 2, w)));
    let visit = matches!(&later.body, Body::Meeting(m) if visited(m.kind, m.kind));
    relative && visit
}

/// Whether one is a visit with a rank: it is told beside the talks that were held on it.
fn visited(a: MeetingType, b: MeetingType) -> bool {
    use MeetingType::{OfficialVisit, StateVisit, WorkingVisit};
    [a, b].iter().any(|kind| matches!(kind, StateVisit | OfficialVisit | WorkingVisit))
}

/// Whether one is the journey and the other the summit or session that it leads to: "flew to Alvaria for the session".
fn travelled_to(reading: &Reading<'_>, (a, x): (&Draft, &Meeting), (b, y): (&Draft, &Meeting)) -> bool {
    let journey =
        |d: &Draft, m: &Meeting| m.kind == MeetingType::Other && d.head.class == reading.classes.visit_go;
    let goal =
        |m: &Meeting| matches!(m.kind, MeetingType::Summit | MeetingType::Commission | MeetingType::Forum);
    journey(a, x) && goal(y) || journey(b, y) && goal(x)
}

/// What a type is a case of: somebody came, a forum sat, or people talked.
fn setting(kind: MeetingType) -> u8 {
    use MeetingType::{Forum, OfficialVisit, Other, StateVisit, WorkingVisit};
    match kind {
        StateVisit | OfficialVisit | WorkingVisit | Other => 0,
        Forum => 1,
        _ => 2,
    }
}

/// "During the talks", "at their meeting": said of a meeting that is told elsewhere.
fn repeats(reading: &Reading<'_>, draft: &Draft) -> bool {
    let Body::Meeting(meeting) = &draft.body else { return false };
    let definite = ["the", "this", "that", "these", "their", "his", "her"];
    let before = draft.head.start.saturating_sub(1);
    meeting.place.is_none() && meeting.date.is_none() && definite.iter().any(|w| reading.is(before, w))
}

/// "At the retreat", of one that was told to be coming: what takes place there is not over.
fn retold(reading: &Reading<'_>, draft: &Draft, meeting: &Meeting, other: &Meeting) -> bool {
    let talks = |m: &Meeting| matches!(m.kind, MeetingType::Talks | MeetingType::Informal);
    talks(meeting) && talks(other) && repeats(reading, draft)
}

/// "During the visit", of a visit that no other sentence told: whose it is, and when, is not known.
fn only_the_visit(reading: &Reading<'_>, draft: &Draft) -> bool {
    let Body::Meeting(meeting) = &draft.body else { return false };
    let before = draft.head.start.saturating_sub(1);
    meeting.kind == MeetingType::Other
        && draft.head.class == reading.classes.meeting
        && draft.head.end == draft.head.start + 1
        && reading.is(before, "the")
        && !["of", "by", "to"].iter().any(|w| reading.is(draft.head.end, w))
        && meeting.place.is_none()
        && meeting.date.is_none()
}

/// How much a meeting's type says; a visit names the occasion that talks are part of.
fn rank(kind: MeetingType) -> u8 {
    match kind {
        MeetingType::StateVisit => 9,
        MeetingType::OfficialVisit => 8,
        MeetingType::WorkingVisit => 7,
        MeetingType::Call => 6,
        MeetingType::Commission => 5,
        MeetingType::Summit => 5,
        MeetingType::Forum => 4,
        MeetingType::Informal => 4,
        MeetingType::Talks => 2,
        MeetingType::Other => 1,
    }
}

/// A word as it is spelled overseas.
fn spelled(word: String) -> String {
    let spelled = [("centre", "center"), ("programme", "program")];
    // Next to no word holds either.
    spelled.iter().fold(word, |word, (here, there)| match word.find(here) {
        Some(_) => word.replace(here, there),
        None => word,
    })
}

/// Names that share most of their content words.
fn alike(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric())
            .map(|w| spelled(w.to_lowercase()))
            .filter(|w| {
                (w.len() > 2 || w.starts_with(|c: char| c.is_ascii_digit()))
                    && !["the", "and", "for", "with", "between"].contains(&w.as_str())
            })
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|w| b.contains(w)).count();
    let least = a.len().min(b.len());
    least > 0 && (shared == least && least >= 2 || shared * 3 >= a.len().max(b.len()) * 2)
}

/// "The line", of a project named before, without a sum: the first wording says more, whatever the stage told later.
fn points_back(reading: &Reading<'_>, draft: &Draft) -> bool {
    let bare = draft.head.end <= draft.head.start + 2;
    let definite = ["the", "this", "that", "it"].iter().any(|w| reading.is(draft.head.start, w));
    matches!(&draft.body, Body::Project(p) if p.value.is_none()) && bare && definite
}

/// Joins a repetition into the first wording; the fuller one gives the fields.
fn absorb(reading: &Reading<'_>, first: &mut Draft, also: &mut Vec<Span>, mut draft: Draft) {
    let heading = |d: &Draft| reading.sentence(d.sentence).kind == tandem_model::SentenceKind::Heading;
    let below = heading(first) && !heading(&draft);
    let fuller = fullness(&draft) > fullness(first) && !points_back(reading, &draft);
    if below || heading(first) == heading(&draft) && fuller {
        std::mem::swap(first, &mut draft);
    }
    if let (Body::Meeting(x), Body::Meeting(y)) = (&mut first.body, &draft.body) {
        if rank(y.kind) > rank(x.kind) {
            x.kind = y.kind;
        }
        x.place = x.place.take().or_else(|| y.place.clone());
        x.date = x.date.or(y.date);
        for person in &y.participants {
            if !x.participants.contains(person) && x.participants.len() < 6 {
                x.participants.push(person.clone());
            }
        }
    }
    if let (Body::Project(x), Body::Project(y)) = (&mut first.body, &draft.body) {
        use tandem_model::ProjectStatus::{Completed, Launched, Planned, UnderWay, Unknown};
        // What is still to be done of a work that has begun leaves it begun.
        let begun = matches!(y.status, UnderWay | Launched | Completed);
        if x.status == Unknown || x.status == Planned && begun {
            x.status = y.status;
        }
        if x.value.is_none() {
            (x.value, x.unit, x.bound) = (y.value, y.unit.clone(), y.bound);
        }
        // By when it is to be there may be told elsewhere than what it costs.
        if matches!(x.status, Planned | UnderWay) && x.deadline.is_none() {
            x.deadline.clone_from(&y.deadline);
        }
        if y.name.len() > x.name.len() && y.name.contains(&x.name) {
            x.name.clone_from(&y.name);
        }
    }
    if !draft.span.overlaps(first.span) {
        also.push(draft.span);
    }
}

/// "The Volta bridge, a joint project of Ghana and Togo, has begun" speaks of one project, not of two.
fn without_appositions(reading: &Reading<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    // The article may stand inside the phrase or before it, and a sum between: "a $1.1 billion industrial zone".
    let article = |at: u32| reading.is(at, "a") || reading.is(at, "an");
    let comma = |start: u32| {
        let sum = start > 0 && reading.covered(start - 1, reading.classes.money);
        let money = || reading.within(reading.back(start, 8), start, reading.classes.money).last();
        let start = if sum { money().map_or(start, |m| m.start) } else { start };
        if article(start) { start.checked_sub(1) } else { start.checked_sub(2).filter(|at| article(at + 1)) }
    };
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        let of = comma(draft.head.start).filter(|at| reading.is(*at, ","));
        let project = |k: &Draft| k.body.kind() == Kind::Project && Some(k.head.end) == of;
        match kept.iter_mut().find(|k| draft.body.kind() == Kind::Project && project(k)) {
            Some(host) => complete(host, &draft),
            None => kept.push(draft),
        }
    }
    kept
}

/// How much a draft says.
fn fullness(draft: &Draft) -> usize {
    let own = match &draft.body {
        Body::Figure(f) => {
            usize::from(f.period.is_some() && !f.period_carried) * 4 + usize::from(f.base.is_some())
        }
        Body::Target(t) => usize::from(t.deadline.is_some()) * 4,
        Body::Agreement(a) => {
            usize::from(a.value.is_some()) * 2
                + a.title.len().min(80) / 40
                + usize::from(a.status != tandem_model::AgreementStatus::Unknown) * 3
        }
        Body::Project(p) => {
            usize::from(p.status != tandem_model::ProjectStatus::Unknown) * 3
                + usize::from(p.value.is_some()) * 5
        }
        Body::Meeting(m) => usize::from(m.date.is_some()) * 2 + usize::from(m.place.is_some()),
        _ => 0,
    };
    own + usize::from(draft.confidence >= 0.7)
}

fn seal(reading: &Reading<'_>, speakers: &Speakers, draft: Draft, also: Vec<Span>) -> Option<Statement> {
    let article = &reading.doc.article;
    let rule = &reading.parts.rules.rules()[draft.rule as usize];
    let sentence = reading.sentence(draft.sentence).span;
    let by = speakers.of_sentence(draft.sentence);
    let mut statement = Statement::seal(
        &article.id,
        &article.text,
        draft.span,
        sentence,
        draft.body,
        draft.parties,
        by,
        draft.modality,
        &rule.name.text,
        draft.confidence,
    )
    .ok()?;
    statement.also =
        also.into_iter().filter_map(|span| tandem_model::Evidence::at(&article.text, span)).collect();
    Some(statement)
}
