//! What stands in a feed's fields, as text: plain, escaped HTML, HTML among the feed's own tags, base64.

use crate::html;

/// Text from text, or from HTML when it is some.
pub(super) fn as_text(content: &str, is_html: bool) -> String {
    if is_html && (content.contains('<') || content.contains('&')) {
        html::fragment(content)
    } else {
        content.trim().to_owned()
    }
}

/// One line: headlines are broken over lines and padded in the source.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Bytes in base64 as text; nothing when they are none.
pub(super) fn from_base64(written: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in written.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

/// An address in full: `relative` as it stands under `base`. What is whole already, or has no base, stays.
pub(super) fn join_url(base: &str, relative: &str) -> String {
    let has_scheme = |url: &str| {
        url.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty()
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        })
    };
    if has_scheme(relative) || !has_scheme(base) {
        return relative.to_owned();
    }
    let Some(scheme_end) = base.find("://") else { return relative.to_owned() };
    let host_end = base[scheme_end + 3..].find('/').map_or(base.len(), |at| scheme_end + 3 + at);
    if relative.starts_with("//") {
        return format!("{}:{relative}", &base[..scheme_end]);
    }
    if relative.starts_with('/') {
        return format!("{}{relative}", &base[..host_end]);
    }
    if relative.is_empty() {
        return base.to_owned();
    }
    let path = base[host_end..].split(['?', '#']).next().unwrap_or_default();
    if relative.starts_with(['?', '#']) {
        return format!("{}{path}{relative}", &base[..host_end]);
    }
    let mut parts: Vec<&str> = path.split('/').skip(1).collect();
    parts.pop();
    let mut rest = relative;
    while let Some(after) = rest.strip_prefix("../").or_else(|| rest.strip_prefix("./")) {
        if rest.starts_with("../") {
            parts.pop();
        }
        rest = after;
    }
    parts.push(rest);
    format!("{}/{}", &base[..host_end], parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_whole() {
        let check = |base: &str, relative: &str, expected: &str| {
            assert_eq!(join_url(base, relative), expected, "{base} {relative}");
        };
        check("http://a.test/b/c?d", "e", "http://a.test/b/e");
        check("http://a.test/b/c", "/e", "http://a.test/e");
        check("http://a.test/b/c", "//e.test/f", "http://e.test/f");
        check("http://a.test/b/c/d", "../e", "http://a.test/b/e");
        check("http://a.test", "e", "http://a.test/e");
        check("http://a.test/b", "?e", "http://a.test/b?e");
        check("http://a.test/b", "https://e.test", "https://e.test");
        check("", "e", "e");
        check("http://a.test/b", "", "http://a.test/b");
    }

    #[test]
    fn base64_is_unpacked() {
        assert_eq!(from_base64("RXhhbXBsZSA8Yj5BdG9tPC9iPg==").as_deref(), Some("Example <b>Atom</b>"));
        assert_eq!(from_base64("not base64!"), None);
        assert_eq!(from_base64("").as_deref(), Some(""));
    }
}
