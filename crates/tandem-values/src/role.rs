//! What a wording of the lexicon can be: the vocabulary between the tables and the readers.
//!
//! A wording may have several roles ("May" is a month and a cue of the future, "quarter" a fraction and
//! a unit of time); each reader asks for the roles it can use. Refused alternative: one table per
//! reader, in which "second" would have to be written four times and the readers could disagree.

use rust_decimal::Decimal;
use tandem_model::Bound;

/// A unit of the calendar or clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl TimeUnit {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "weekend" => Self::Weekend,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "half" => Self::Half,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "millennium" => Self::Millennium,
            _ => return None,
        })
    }

    /// Shorter than a day.
    pub(crate) fn of_the_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// Words of grammar that the readers look for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    RangeFrom,
    RangeBetween,
    RangeTo,
    RangeAnd,
    RangeOr,
    /// "a factor of" before a number that is a multiple.
    TimesBefore,
    Filler,
    Article,
    Indefinite,
    Of,
    Fiscal,
    Previous,
    Following,
    That,
    Same,
    Stretch,
    Tonight,
    Ago,
    Earlier,
    Later,
    FromNow,
    YearEnd,
    ToDate,
    YearOnYear,
    Deadline,
    Open,
    Within,
    Preposition,
    FirstPart,
    LastPart,
    Years,
    QuarterLetter,
    HalfLetter,
    MonthLetter,
    HalfOf,
    DurationTail,
    OrdinalSuffix,
    Stop,
    Plural,
    Attributive,
    NoPlural,
    Label,
    CueFuture,
    CuePast,
    CueChange,
    Zone,
    Point,
    ShareBefore,
    Equal,
    /// "Ended", "to", "through" before the last day of a stretch.
    Ending,
    /// "After next" in "the year after next".
    AfterNext,
    RestOf,
    Past,
    Every,
    Other,
    Minus,
    /// "The beginning of", "mid", "late": any part of a stretch.
    Edge,
    /// "The beginning of", "early".
    Early,
    /// "The middle of", "mid".
    Middle,
    /// "The end of", "late".
    Late,
    /// A preposition that opens the wording of a reference ("in" of "in the past").
    Leading,
    /// Units of time in the plural, which are lengths even without a number ("years of talks").
    Units,
    /// "Several", "a few".
    Several,
    /// "All", "full", "another": one whole unit.
    Whole,
    /// "Than", behind which "later" places nothing.
    Than,
    /// "Thousands", which names ten years in "the two thousands".
    Thousands,
    /// Words that lead to a date written as month and day: "on", "since".
    DateLead,
    /// A month's name that is also a common word.
    Doubtful,
    /// The letter behind the years of a decade.
    DecadeSuffix,
    /// The letter that stands for hours.
    HourMark,
    /// Weekdays in the plural, which are repeated.
    Weekdays,
    /// "Straight", "more" between a number and its unit.
    Running,
    /// "For" before a length of time that goes on from a day.
    Lasting,
    /// "In" before a length of time still to pass.
    Ahead,
    /// "Current" before a noun that is no stretch of time.
    Current,
    /// "Per" between the two units of a rate.
    Per,
    /// "Below", "higher" and the like, which show that what stands before them is a share.
    ShareAfter,
    /// Currencies whose name is a verb too.
    AlsoVerb,
    /// "More", "fewer" between a number and what it counts.
    Further,
    /// Words of paying, which make "pounds" money.
    CueMoney,
    /// "In", "out of" between a part and its whole: "one in five".
    PartOf,
    /// "Tall", "race": what stands before them is a length.
    Extent,
}

/// What a wording can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Role {
    /// 0 to 19.
    Cardinal(u8),
    /// 20 to 90.
    Tens(u8),
    Hundred,
    /// A collective number word: dozen, score, couple.
    Dozen(u8),
    /// A power of ten that stands as a word.
    Scale(u8),
    /// A power of ten that is written against digits.
    Letter(u8),
    Ordinal(u8),
    Half,
    /// One part of so many: a third, a quarter.
    Part(u8),
    /// A fraction written as one character.
    Vulgar(Decimal),
    Percent,
    Points,
    Times,
    Multiple(Decimal),
    /// The tens of a decade in words: "seventies".
    Decade(u8),
    /// Index into the lexicon's currencies.
    MoneyBefore(u16),
    MoneyAfter(u16),
    /// Index into the lexicon's units.
    Unit(u16),
    BoundBefore(Bound),
    BoundVerb(Bound),
    BoundAfter(Bound),
    Month(i8),
    Weekday(i8),
    /// TIMEX3 letters of a season.
    Season([u8; 2]),
    /// TIMEX3 letters of a part of the day.
    DayPart([u8; 2]),
    /// Noon or midnight, in hours.
    Clock(u8),
    /// True for the hours after noon.
    Meridiem(bool),
    TimeUnit(TimeUnit),
    /// Last −1, this 0, next 1.
    Relative(i8),
    /// Days from today.
    Day(i8),
    /// Index into the lexicon's TIMEX3 values: `PRESENT_REF` and the like.
    Reference(u16),
    Vague(u16),
    Set(u16),
    Word(Word),
    /// A phrase that looks like a value and is none.
    Block,
}

/// A unit of measure as a row of the table gives it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    pub(crate) symbol: String,
    /// How many of the symbol one written unit is.
    pub(crate) factor: Decimal,
    /// What it measures ("length"), where the table says so; `money` for the small coins of a currency.
    pub(crate) kind: Option<String>,
    /// The symbol's size in SI units.
    pub(crate) size: Option<Decimal>,
}

impl Unit {
    fn parse(value: &str) -> Option<Self> {
        let mut cells = value.split(' ');
        let (symbol, factor) = (cells.next()?.to_owned(), cells.next()?.parse().ok()?);
        let kind = cells.next().map(str::to_owned);
        let size = match cells.next() {
            Some(size) => Some(size.parse().ok()?),
            None => None,
        };
        cells.next().is_none().then_some(Self { symbol, factor, kind, size })
    }
}

/// Strings that roles refer to by number.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    pub(crate) currencies: Vec<String>,
    pub(crate) units: Vec<Unit>,
    pub(crate) timex: Vec<String>,
}

fn number_of<T: PartialEq>(list: &mut Vec<T>, item: T) -> u16 {
    let at = list.iter().position(|x| *x == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    });
    // The tables are ours and hold hundreds of rows; a table of 65,536 currencies would only share a number.
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn bound(value: &str) -> Option<Bound> {
    Some(match value {
        "about" => Bound::About,
        "under" => Bound::Under,
        "over" => Bound::Over,
        _ => return None,
    })
}

fn letters(value: &str) -> Option<[u8; 2]> {
    value.as_bytes().try_into().ok()
}

fn word(role: &str, value: &str) -> Option<Word> {
    Some(match (role, value) {
        ("range", "from") => Word::RangeFrom,
        ("range", "between") => Word::RangeBetween,
        ("range", "to") => Word::RangeTo,
        ("range", "and") => Word::RangeAnd,
        ("range", "or") => Word::RangeOr,
        ("range", "times") => Word::TimesBefore,
        ("cue", "future") => Word::CueFuture,
        ("cue", "past") => Word::CuePast,
        ("cue", "money") => Word::CueMoney,
        ("cue", "change") => Word::CueChange,
        ("suffix", _) => Word::OrdinalSuffix,
        ("filler", _) => Word::Filler,
        ("article", _) => Word::Article,
        ("indefinite", _) => Word::Indefinite,
        ("of", _) => Word::Of,
        ("fiscal", _) => Word::Fiscal,
        ("previous", _) => Word::Previous,
        ("following", _) => Word::Following,
        ("that", _) => Word::That,
        ("same", _) => Word::Same,
        ("stretch", _) => Word::Stretch,
        ("tonight", _) => Word::Tonight,
        ("ago", _) => Word::Ago,
        ("earlier", _) => Word::Earlier,
        ("later", _) => Word::Later,
        ("from-now", _) => Word::FromNow,
        ("year-end", _) => Word::YearEnd,
        ("to-date", _) => Word::ToDate,
        ("year-on-year", _) => Word::YearOnYear,
        ("deadline", _) => Word::Deadline,
        ("open", _) => Word::Open,
        ("within", _) => Word::Within,
        ("preposition", _) => Word::Preposition,
        ("first-part", _) => Word::FirstPart,
        ("last-part", _) => Word::LastPart,
        ("years-words", _) => Word::Years,
        ("quarter-letter", _) => Word::QuarterLetter,
        ("half-letter", _) => Word::HalfLetter,
        ("month-letter", _) => Word::MonthLetter,
        ("half-of", _) => Word::HalfOf,
        ("duration-tail", _) => Word::DurationTail,
        ("stop", _) => Word::Stop,
        ("plural", _) => Word::Plural,
        ("attributive", _) => Word::Attributive,
        ("singular", _) => Word::NoPlural,
        ("label", _) => Word::Label,
        ("zone", _) => Word::Zone,
        ("point", _) => Word::Point,
        ("share-before", _) => Word::ShareBefore,
        ("equal", _) => Word::Equal,
        ("edge", "start" | "early") => Word::Early,
        ("edge", "mid") => Word::Middle,
        ("edge", _) => Word::Late,
        ("leading", _) => Word::Leading,
        ("units", _) => Word::Units,
        ("several", _) => Word::Several,
        ("whole", _) => Word::Whole,
        ("than", _) => Word::Than,
        ("current", _) => Word::Current,
        ("running", _) => Word::Running,
        ("doubtful", _) => Word::Doubtful,
        ("decade-suffix", _) => Word::DecadeSuffix,
        ("hour-mark", _) => Word::HourMark,
        ("weekdays", _) => Word::Weekdays,
        ("lasting", _) => Word::Lasting,
        ("ahead", _) => Word::Ahead,
        ("thousands", _) => Word::Thousands,
        ("date-lead", _) => Word::DateLead,
        ("after-next", _) => Word::AfterNext,
        ("rest-of", _) => Word::RestOf,
        ("past", _) => Word::Past,
        ("every", _) => Word::Every,
        ("other", _) => Word::Other,
        ("minus", _) => Word::Minus,
        ("also-verb", _) => Word::AlsoVerb,
        ("further", _) => Word::Further,
        ("per", _) => Word::Per,
        ("share-after", _) => Word::ShareAfter,
        ("part-of", _) => Word::PartOf,
        ("extent", _) => Word::Extent,
        ("ending", _) => Word::Ending,
        _ => return None,
    })
}

impl Role {
    /// Bits of the sorts of roles that are asked for at every turn.
    pub(crate) const ORDINAL: u8 = 1;
    pub(crate) const TENS: u8 = 2;
    pub(crate) const MONTH: u8 = 4;
    pub(crate) const WEEKDAY: u8 = 8;
    pub(crate) const TIME_UNIT: u8 = 16;
    pub(crate) const RELATIVE: u8 = 32;

    /// The bit of a role's sort; 0 for most.
    pub(crate) fn sort(self) -> u8 {
        match self {
            Self::Ordinal(_) => Self::ORDINAL,
            Self::Tens(_) => Self::TENS,
            Self::Month(_) => Self::MONTH,
            Self::Weekday(_) => Self::WEEKDAY,
            Self::TimeUnit(_) => Self::TIME_UNIT,
            Self::Relative(_) => Self::RELATIVE,
            _ => 0,
        }
    }

    /// The role that a row of a table names, or `None` when there is no such role or value.
    pub(crate) fn parse(role: &str, value: &str, pool: &mut Pool) -> Option<Self> {
        let small = || value.parse::<u8>().ok();
        let signed = || value.parse::<i8>().ok();
        let decimal = || value.parse::<Decimal>().ok();
        Some(match role {
            "cardinal" => Self::Cardinal(small()?),
            "tens" => Self::Tens(small()?),
            "hundred" => Self::Hundred,
            "dozen" | "couple" => Self::Dozen(small()?),
            "scale" => Self::Scale(small()?),
            "letter" => Self::Letter(small()?),
            "ordinal" => Self::Ordinal(small()?),
            "half" => Self::Half,
            "part" => Self::Part(small()?),
            "vulgar" => Self::Vulgar(decimal()?),
            "percent" => Self::Percent,
            "points" => Self::Points,
            "times" => Self::Times,
            "multiple" => Self::Multiple(decimal()?),
            "decade" => Self::Decade(small()?),
            "money-before" => Self::MoneyBefore(number_of(&mut pool.currencies, value.to_owned())),
            "money-after" => Self::MoneyAfter(number_of(&mut pool.currencies, value.to_owned())),
            "unit" => Self::Unit(number_of(&mut pool.units, Unit::parse(value)?)),
            "bound-before" => Self::BoundBefore(bound(value)?),
            "bound-verb" => Self::BoundVerb(bound(value)?),
            "bound-after" => Self::BoundAfter(bound(value)?),
            "month" => Self::Month(signed().filter(|m| (1..=12).contains(m))?),
            "weekday" => Self::Weekday(signed().filter(|d| (1..=7).contains(d))?),
            "season" => Self::Season(letters(value)?),
            "daypart" => Self::DayPart(letters(value)?),
            "clock" => Self::Clock(value.get(1..3)?.parse().ok()?),
            "meridiem" => Self::Meridiem(value == "pm"),
            "unit-of-time" => Self::TimeUnit(TimeUnit::parse(value)?),
            "relative" => Self::Relative(signed()?),
            "day" => Self::Day(signed()?),
            "reference" => Self::Reference(number_of(&mut pool.timex, value.to_owned())),
            "vague" => Self::Vague(number_of(&mut pool.timex, value.to_owned())),
            "set" => Self::Set(number_of(&mut pool.timex, value.to_owned())),
            "era" | "block" => Self::Block,
            _ => Self::Word(word(role, value)?),
        })
    }

    /// How a wording of this role can take part in a value.
    pub(crate) fn part(self) -> Part {
        match self {
            // Numbers of years that are spoken in pairs: "nineteen ninety".
            Self::Cardinal(15..=19) | Self::Tens(20) => Part::opens(Seed::BOTH),
            Self::Cardinal(_)
            | Self::Tens(_)
            | Self::Vulgar(_)
            | Self::Multiple(_)
            | Self::MoneyBefore(_) => Part::opens(Seed::NUMBER),
            Self::Month(_) | Self::Weekday(_) | Self::Clock(_) | Self::Day(_) | Self::Reference(_) => {
                Part::opens(Seed::TIME)
            }
            Self::Vague(_) | Self::Set(_) => Part::opens(Seed::TIME),
            // "Half" of the year, or of a sum; "a quarter" alike.
            Self::Half | Self::Block => Part::opens(Seed::BOTH),
            Self::Hundred => Part::before_seed(Seed::NUMBER),
            Self::Part(_) => Part::before_seed(Seed::NUMBER),
            Self::Season(_) => Part::opens(Seed::TIME),
            Self::TimeUnit(_) => Part::before_seed(Seed::TIME),
            Self::Scale(_) => Part::seed(Seed::BOTH),
            Self::Dozen(_) => Part::seed(Seed::NUMBER),
            Self::DayPart(_) | Self::Decade(_) | Self::Meridiem(_) => Part::seed(Seed::TIME),
            Self::Ordinal(_) | Self::Relative(_) | Self::BoundBefore(_) => Part::before_seed(Seed::NONE),
            Self::Letter(_)
            | Self::MoneyAfter(_)
            | Self::Unit(_)
            | Self::Percent
            | Self::Points
            | Self::Times => Part::NONE,
            Self::BoundVerb(_) | Self::BoundAfter(_) => Part::NONE,
            Self::Word(word) => word.part(),
        }
    }
}

/// Whether a value can begin with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Opening {
    /// Never.
    No,
    /// Only where a seed follows soon ("the", "over", "last").
    BeforeSeed,
    /// Always worth reading ("five", "May", "today").
    Always,
}

/// What a word makes likely beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seed(u8);

impl Seed {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NUMBER: Self = Self(1);
    pub(crate) const TIME: Self = Self(2);
    pub(crate) const BOTH: Self = Self(3);
    /// No seed, but such as may stand inside a value, between its first word and its seed.
    pub(crate) const INNER: Self = Self(4);

    /// Whether the two share anything.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How a word takes part in values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) opens: Opening,
    /// Makes it and the words before it worth reading.
    pub(crate) seed: Seed,
}

impl Part {
    pub(crate) const NONE: Self = Self { opens: Opening::No, seed: Seed::NONE };

    pub(crate) fn opens(seed: Seed) -> Self {
        Self { opens: Opening::Always, seed }
    }

    fn before_seed(seed: Seed) -> Self {
        Self { opens: Opening::BeforeSeed, seed }
    }

    fn seed(seed: Seed) -> Self {
        Self { opens: Opening::No, seed }
    }

    /// Begins values or makes them likely.
    pub(crate) fn takes_part(self) -> bool {
        self.opens != Opening::No || self.seed.meets(Seed::BOTH)
    }

    /// Leads to values and is none.
    pub(crate) fn leads(self) -> bool {
        self.opens == Opening::BeforeSeed && !self.seed.meets(Seed::BOTH)
    }

    /// What two roles of one word make together.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { opens: self.opens.max(other.opens), seed: self.seed.or(other.seed) }
    }
}

impl Word {
    /// Whether a word of this role alone can stand between the first word of a value and its seed.
    pub(crate) fn inner(self) -> bool {
        !matches!(
            self,
            Self::Stop
                | Self::Plural
                | Self::Attributive
                | Self::NoPlural
                | Self::Label
                | Self::CueFuture
                | Self::CuePast
                | Self::CueChange
                | Self::CueMoney
                | Self::Extent
                | Self::ShareAfter
                | Self::AlsoVerb
        )
    }

    fn part(self) -> Part {
        match self {
            Self::Tonight | Self::ToDate | Self::YearEnd | Self::YearOnYear | Self::Every => {
                Part::opens(Seed::TIME)
            }
            Self::QuarterLetter | Self::HalfLetter => Part::opens(Seed::TIME),
            Self::Fiscal | Self::Stretch => Part::before_seed(Seed::TIME),
            Self::RangeFrom | Self::RangeBetween | Self::Article | Self::Indefinite | Self::Previous => {
                Part::before_seed(Seed::NONE)
            }
            Self::That | Self::Same | Self::Deadline | Self::Open | Self::Within | Self::FirstPart => {
                Part::before_seed(Seed::NONE)
            }
            Self::Minus | Self::TimesBefore => Part::before_seed(Seed::NONE),
            Self::Years
            | Self::RestOf
            | Self::Edge
            | Self::Early
            | Self::Middle
            | Self::Late
            | Self::Following => Part::before_seed(Seed::NONE),
            Self::LastPart | Self::Several | Self::Whole => Part::before_seed(Seed::NONE),
            Self::Units | Self::Current => Part::opens(Seed::TIME),
            Self::Past => Part::seed(Seed::TIME),
            _ => Part::NONE,
        }
    }
}
