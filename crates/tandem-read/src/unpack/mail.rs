//! A mail with what is attached to it: its own text is one piece, each attachment another.

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::{At, Flow, ON, Source, Unpacker, base_name, unreadable};
use crate::Format;

pub(super) fn unpack(unpacker: &mut Unpacker<'_>, head: &[u8], source: Source<'_>, at: &At) -> Flow {
    let limit = unpacker.limits().document_bytes;
    let bytes = match unpacker.take_whole(head, source, limit) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let message = unpacker.limits().too_large();
            return unpacker.complain(&at.place, message);
        }
        Err(error) => return unpacker.complain(&at.place, unreadable(&error)),
    };
    let Some(mail) = MessageParser::default().parse(&bytes) else {
        return unpacker.piece(at.piece(Format::Mail, bytes));
    };
    unpacker.piece(at.piece(Format::Mail, bytes.clone()))?;
    for (number, part) in mail.attachments().enumerate() {
        let contents = match &part.body {
            PartType::Binary(contents) | PartType::InlineBinary(contents) => contents.as_ref(),
            PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
            PartType::Message(message) => message.raw_message(),
            PartType::Multipart(_) => continue,
        };
        let name = part.attachment_name().map(|name| base_name(name).to_owned()).unwrap_or_default();
        let key = if name.is_empty() { (number + 1).to_string() } else { name.clone() };
        // Pictures, calendars, signatures: what is no document is part of the mail.
        let format = Format::detect(&name, contents);
        if !matches!(format, Format::Refused(_) | Format::Empty) {
            unpacker.enter(Source::Memory(contents), &at.inside(&key, &name))?;
        }
    }
    ON
}
