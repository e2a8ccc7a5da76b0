//! Any text, with and without a day to count from: values stand in order, apart, on character boundaries, are
//! not empty, and are the same a second time; the day changes what they mean, never where they stand.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tandem_model::Date;
use tandem_values::Values;

static VALUES: LazyLock<Values> = LazyLock::new(Values::english);

fuzz_target!(|text: &str| {
    let found = VALUES.find(text, None);
    let mut at = 0;
    for mention in &found {
        let (start, end) = (mention.span.start(), mention.span.end());
        assert!(at <= start && start < end, "{mention:?}");
        assert!(text.get(start..end).is_some(), "{mention:?}");
        at = end;
    }
    let day = Date::new(2025, 11, 15).expect("a day");
    let dated = VALUES.find(text, Some(day));
    assert!(dated.iter().map(|m| m.span).eq(found.iter().map(|m| m.span)));
    assert_eq!(VALUES.find(text, Some(day)), dated);
});
