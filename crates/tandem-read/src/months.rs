//! Months by the names that pages, mails and feeds give them.

/// Names of months by their first letters, in languages of the region and of the world's news.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("yanv", 1),
    ("янв", 1),
    ("қаңтар", 1),
    ("ocak", 1),
    ("feb", 2),
    ("fev", 2),
    ("фев", 2),
    ("ақпан", 2),
    ("şubat", 2),
    ("mar", 3),
    ("мар", 3),
    ("наурыз", 3),
    ("apr", 4),
    ("апр", 4),
    ("сәуір", 4),
    ("nisan", 4),
    ("may", 5),
    ("май", 5),
    ("мая", 5),
    ("мамыр", 5),
    ("jun", 6),
    ("iyun", 6),
    ("июн", 6),
    ("маусым", 6),
    ("haziran", 6),
    ("jul", 7),
    ("iyul", 7),
    ("июл", 7),
    ("шілде", 7),
    ("temmuz", 7),
    ("aug", 8),
    ("avg", 8),
    ("авг", 8),
    ("тамыз", 8),
    ("ağustos", 8),
    ("sep", 9),
    ("sen", 9),
    ("сен", 9),
    ("қыркүйек", 9),
    ("eyl", 9),
    ("oct", 10),
    ("okt", 10),
    ("окт", 10),
    ("қазан", 10),
    ("ekim", 10),
    ("nov", 11),
    ("noy", 11),
    ("ноя", 11),
    ("қараша", 11),
    ("kasım", 11),
    ("dec", 12),
    ("dek", 12),
    ("дек", 12),
    ("желтоқсан", 12),
    ("aralık", 12),
];

/// The month that a word names, by its first letters.
pub(crate) fn month(word: &str) -> Option<i8> {
    let first = word.chars().next()?;
    if first.is_ascii_digit() || word.chars().count() > 12 {
        return None;
    }
    let lower = word.to_lowercase();
    MONTHS.iter().find(|(name, _)| lower.starts_with(name)).map(|&(_, number)| number)
}
