//! What XML formats share: references to characters, and text between tags.

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::BytesRef;

/// What a reference (`&amp;`, `&#1090;`, `&eacute;`) stands for; one that nobody knows stays as it is.
///
/// References that a document declares itself are looked up in `declared` and given as they stand
/// there, once: what is declared by other declarations is not followed, so that a billion laughs are
/// one line.
pub(crate) fn resolve(reference: &BytesRef<'_>, declared: &[(String, String)]) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = reference;
    if let Some((_, value)) = declared.iter().find(|(known, _)| known == name) {
        return value.clone();
    }
    resolve_html5_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// The references that a document type declaration declares: `<!ENTITY name "value">`.
pub(crate) fn declarations(doctype: &str) -> Vec<(String, String)> {
    /// More than any feed has, and a bound on what a hostile one can ask for.
    const MOST: usize = 256;
    let mut rest = doctype;
    let mut found = Vec::new();
    while let Some(at) = rest.find("<!ENTITY").filter(|_| found.len() < MOST) {
        rest = &rest[at + "<!ENTITY".len()..];
        let declaration = rest.split('>').next().unwrap_or_default();
        let Some(quote) = declaration.find(['"', '\'']) else { continue };
        let name = declaration[..quote].trim();
        let mark = &declaration[quote..=quote];
        let value = declaration[quote + 1..].split(mark).next().unwrap_or_default();
        if !name.is_empty() && !name.contains(char::is_whitespace) {
            found.push((name.to_owned(), value.to_owned()));
        }
    }
    found
}

/// Text with `<`, `&` and the like as references, to be put among tags.
pub(crate) fn escaped(text: &str) -> String {
    quick_xml::escape::partial_escape(text).into_owned()
}
