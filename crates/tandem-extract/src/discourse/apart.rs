//! Which of several partners each amount of one sentence is told of.
//!
//! "Alvaria sold Borland goods worth 7 million and Cedonia goods worth 4 million" gives the first amount to Alvaria and
//! Borland, the second to Alvaria and Cedonia. Who stands before the first amount, and who alone stands between two
//! amounts, tells the pattern; where it does not hold from end to end nothing is said.

use tandem_model::Mark;

use super::namings::{How, Naming, TIES, behind_dateline, joiner};
use super::parties::{Parties, join};
use crate::reading::Reading;

/// The amounts of a sentence, those with nobody named between them as one, and who is named before, between and after.
struct Chain<'n> {
    /// First and last token of each.
    amounts: Vec<(u32, u32)>,
    /// One more than there are amounts.
    named: Vec<Vec<&'n Naming>>,
}

impl Parties {
    /// The parties of an amount in a sentence that tells several amounts of several partners.
    pub(super) fn told_apart(&self, reading: &Reading<'_>, value: Mark) -> Option<Vec<String>> {
        let chain = self.chain(reading, value)?;
        let at = chain.amounts.iter().position(|(start, end)| (*start..*end).contains(&value.start))?;
        let pairs = self
            .parts(reading, &chain)
            .or_else(|| self.swapped(reading, &chain))
            .or_else(|| self.elliptic(reading, &chain))
            .or_else(|| self.owners(reading, &chain))
            .or_else(|| self.before_each(reading, &chain))
            .or_else(|| self.behind_each(reading, &chain))?;
        pairs.into_iter().nth(at).filter(|codes| !codes.is_empty())
    }

    fn chain(&self, reading: &Reading<'_>, value: Mark) -> Option<Chain<'_>> {
        let sentence = reading.sentence(reading.sentence_at(value.start));
        let (first, end) = (behind_dateline(reading, sentence.first_token), sentence.end_token);
        let c = reading.classes;
        let classes = [c.money, c.percent, c.quantity, c.counted, c.count, c.number];
        // A bare number is an amount where people are counted: "640 from Borland".
        let sums = [c.money, c.percent].iter().any(|class| reading.starts(value.start, *class).is_some());
        let bare = |m: &Mark| m.class == c.number;
        let dated = |m: &Mark| [c.period, c.day].iter().any(|class| reading.covered(m.start, *class));
        let mut marks: Vec<(u32, u32)> = classes
            .into_iter()
            .flat_map(|class| reading.within(first, end, class))
            .filter(|m| !(bare(m) && (sums || dated(m))))
            .chain(std::iter::once(value))
            .map(|m| (m.start, m.end))
            .collect();
        marks.sort_unstable();
        let mut amounts: Vec<(u32, u32)> = Vec::new();
        for (start, stop) in marks {
            match amounts.last_mut() {
                Some(last)
                    if start < last.1 || self.nobody(last.1, start) && !parts(reading, last.1, start) =>
                {
                    last.1 = last.1.max(stop);
                }
                _ => amounts.push((start, stop)),
            }
        }
        if amounts.len() < 2 {
            return None;
        }
        let starts = std::iter::once(first).chain(amounts.iter().map(|(_, stop)| *stop));
        // "…, the ministry in Alvaria said": behind a comma the speaker follows.
        let last = amounts.last().map_or(first, |(_, stop)| *stop);
        let until = (last..end).find(|t| reading.is(*t, ",")).unwrap_or(end);
        let ends = amounts.iter().map(|(start, _)| *start).chain(std::iter::once(until));
        let told = |n: &&Naming| n.how != How::Bloc && !n.compared && !n.passed;
        let named =
            starts.zip(ends).map(|(from, to)| self.between(from, to).filter(told).collect()).collect();
        Some(Chain { amounts, named })
    }

    fn nobody(&self, from: u32, to: u32) -> bool {
        self.between(from, to).next().is_none()
    }

    /// "Alvaria's exports were 80 million, of which 7 went to Borland and 4 to Cedonia": the whole is Alvaria's own.
    fn parts(&self, reading: &Reading<'_>, chain: &Chain<'_>) -> Option<Vec<Vec<String>>> {
        let [owner] = &chain.named[0][..] else { return None };
        let (whole, next) = (chain.amounts[0], chain.amounts[1]);
        parts(reading, whole.1, next.0).then_some(())?;
        let partners = one_each(&chain.named[1..chain.amounts.len()])
            .filter(|_| chain.named[chain.amounts.len()].is_empty())
            .or_else(|| {
                let none = chain.named[1].is_empty();
                one_each(&chain.named[2..]).filter(|p| none && p.iter().all(|n| tied(reading, n)))
            })?;
        let first = reading.sentence(reading.sentence_at(whole.0)).first_token;
        let bloc = self.between(first, whole.0).filter(|n| n.how == How::Bloc);
        let own = bloc.fold(owner.codes.clone(), |codes, n| join(&codes, &n.codes));
        let rest = partners.iter().map(|n| join(&owner.codes, &n.codes));
        (!partners.iter().any(|n| n.codes == owner.codes)).then(|| std::iter::once(own).chain(rest).collect())
    }

    /// "Borland's trade with Alvaria rose by 12 percent, Cedonia's by 9": another owner, the same partner.
    fn swapped(&self, reading: &Reading<'_>, chain: &Chain<'_>) -> Option<Vec<Vec<String>>> {
        let [owner, partner] = chain.named[0][..] else { return None };
        let owns = |n: &Naming| ["'s", "\u{2019}s"].iter().any(|s| reading.is(n.end, s));
        let others = one_each(&chain.named[1..chain.amounts.len()])?;
        // Nothing of their own is told: "Cedonia's by 9", not "Cedonia's exports to it by 9".
        let bare = |n: &Naming, to: u32| owns(n) && n.end + 3 >= to;
        let all = others.iter().zip(&chain.amounts[1..]).all(|(n, amount)| bare(n, amount.0));
        let ends = chain.named[chain.amounts.len()].is_empty();
        let with = |n: &&Naming| join(&n.codes, &partner.codes);
        (owns(owner) && tied(reading, partner) && all && ends)
            .then(|| std::iter::once(owner).chain(others.iter().copied()).map(|n| with(&n)).collect())
    }

    /// "Borland bought 6 million worth of Alvarian goods, Cedonia 4 million and Dorland 2": who stands right before an amount has
    /// the partner of the first.
    fn elliptic(&self, reading: &Reading<'_>, chain: &Chain<'_>) -> Option<Vec<Vec<String>>> {
        let ([first], [partner, second]) = (&chain.named[0][..], &chain.named[1][..]) else { return None };
        let rest = one_each(&chain.named[2..chain.amounts.len()])?;
        let others: Vec<&Naming> = std::iter::once(*second).chain(rest).collect();
        let led =
            |n: &Naming| [",", "and", "while", ";"].iter().any(|w| reading.is(n.token.saturating_sub(1), w));
        let bare = others.iter().zip(&chain.amounts[1..]).all(|(n, amount)| n.end == amount.0 && led(n));
        let ends = chain.named[chain.amounts.len()].is_empty();
        let owners = std::iter::once(*first).chain(others);
        let pairs: Vec<Vec<String>> = owners.map(|n| join(&n.codes, &partner.codes)).collect();
        (bare && ends && !tied(reading, first) && pairs.iter().all(|p| p.len() > 1)).then_some(pairs)
    }

    /// "Borland accounted for 8 million of Alvaria's sales and Cedonia for 7": none named but the home behind the first amount.
    fn owners(&self, reading: &Reading<'_>, chain: &Chain<'_>) -> Option<Vec<Vec<String>>> {
        let ([first], [home, second]) = (&chain.named[0][..], &chain.named[1][..]) else { return None };
        let c = reading.classes;
        let share = (first.end..first.end + 2).any(|t| {
            ["accounted", "accounts", "accounting", "took", "takes"].iter().any(|w| reading.is(t, w))
        });
        let short = second.end + 2 >= chain.amounts[1].0 && chain.amounts.len() == 2;
        let own = reading.within(second.end, chain.amounts[1].0, c.level_verb).next().is_none();
        let pairs = vec![join(&first.codes, &home.codes), join(&second.codes, &home.codes)];
        (share && short && own && pairs.iter().all(|p| p.len() > 1)).then_some(pairs)
    }

    /// "Alvaria's trade with Borland was 8 million, that with Cedonia 7": whoever is named before an amount is its partner; the
    /// owner leads, or is the country that the text is about.
    fn before_each(&self, reading: &Reading<'_>, chain: &Chain<'_>) -> Option<Vec<Vec<String>>> {
        let last = chain.amounts.len();
        if !chain.named[last].is_empty() {
            return None;
        }
        let rest = one_each(&chain.named[1..last])?;
        let (owner, partner) = match chain.named[0][..] {
            [partner] => (None, partner),
            [owner, partner] => (Some(owner), partner),
            _ => return None,
        };
        let partners: Vec<&Naming> = std::iter::once(partner).chain(rest).collect();
        if partners.iter().all(|n| tied(reading, n)) {
            let home = match owner {
                Some(owner) => owner.codes.clone(),
                None => self.home(&partners)?,
            };
            let pairs = partners.iter().map(|n| join(&home, &n.codes));
            let pairs: Vec<Vec<String>> = pairs.collect();
            return pairs.iter().all(|p| p.len() > home.len()).then_some(pairs);
        }
        let owner = owner.filter(|owner| sold_to(reading, owner, partner))?;
        let beside = |(n, amount): (&&Naming, &(u32, u32))| !acts(reading, n, amount.0);
        let open = partners[1..].iter().zip(&chain.amounts[1..]).all(beside);
        let pairs = partners.iter().map(|n| join(&owner.codes, &n.codes));
        open.then(|| pairs.collect())
    }

    /// "Some 1,100 students from Borland studied in Alvaria, 640 from Cedonia": whoever is named behind an amount is its partner; the
    /// home stands behind the first one, or is the country that the text is about.
    fn behind_each(&self, reading: &Reading<'_>, chain: &Chain<'_>) -> Option<Vec<Vec<String>>> {
        let ([], [partner, homes @ ..]) = (&chain.named[0][..], &chain.named[1][..]) else { return None };
        let rest = one_each(&chain.named[2..])?;
        let partners: Vec<&Naming> = std::iter::once(*partner).chain(rest).collect();
        let home = match homes {
            [] => self.home(&partners)?,
            [home] if !tied(reading, home) => home.codes.clone(),
            _ => return None,
        };
        let pairs: Vec<Vec<String>> = partners.iter().map(|n| join(&home, &n.codes)).collect();
        let all = partners.iter().all(|n| tied(reading, n)) && pairs.iter().all(|p| p.len() > home.len());
        all.then_some(pairs)
    }

    /// Whose partners they are when the sentence does not say: the other one of the article's pair, else the country
    /// that it mostly speaks of.
    fn home(&self, partners: &[&Naming]) -> Option<Vec<String>> {
        let partner = |code: &String| partners.iter().any(|n| n.codes.contains(code));
        let mut own = self.pair.iter().filter(|code| !partner(code));
        let home = own.next().filter(|_| own.next().is_none()).or(self.anchor.as_ref())?;
        (!partner(home)).then(|| vec![home.clone()])
    }
}

/// The only one named in each stretch.
fn one_each<'n>(named: &[Vec<&'n Naming>]) -> Option<Vec<&'n Naming>> {
    let one = |stretch: &Vec<&'n Naming>| match stretch[..] {
        [one] => Some(one),
        _ => None,
    };
    named.iter().map(one).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
}

/// Whether what follows is part of what was told: "of which", "including", "among them".
fn parts(reading: &Reading<'_>, from: u32, to: u32) -> bool {
    (from..to).any(|t| {
        reading.is(t, "of") && reading.is(t + 1, "which")
            || reading.is(t, "of") && reading.is(t + 1, "this")
            || reading.is(t, "including")
    })
}

/// Whether "with", "to" or "from" stands before a country, an article between them or not.
fn tied(reading: &Reading<'_>, naming: &Naming) -> bool {
    let led = |t: u32| TIES.iter().any(|word| reading.is(t, word));
    let before = naming.token.saturating_sub(1);
    led(before) || reading.is(before, "the") && led(before.saturating_sub(1))
}

/// "Alvaria sold Borland goods": a buyer right behind the verb.
fn sold_to(reading: &Reading<'_>, owner: &Naming, partner: &Naming) -> bool {
    let verb = reading.within(owner.end, partner.token, reading.classes.sell_verb).last();
    let apart = (owner.end..partner.token).any(|t| !joiner(reading, t));
    apart && verb.is_some_and(|m| m.end == partner.token)
}

/// Whether somebody does something of their own before an amount.
fn acts(reading: &Reading<'_>, naming: &Naming, to: u32) -> bool {
    let c = reading.classes;
    let verbs = [c.sell_verb, c.buy_verb, c.up_verb, c.down_verb, c.invest_verb];
    verbs.iter().any(|class| reading.within(naming.end, to, *class).next().is_some())
}
