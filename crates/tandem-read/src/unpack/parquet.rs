//! Tables in Parquet with a column of text: each row a document, handed on as JSON.
//!
//! Rows are read one after another through the record interface, which needs no Arrow and keeps a
//! page of each column in memory; columns that say nothing of a document are not read at all.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use serde_json::{Map, Value};

use super::{At, Flow, ON, Source, Unpacker, table, unreadable};
use crate::card::{is_known_column, text_column};
use crate::human_size;

pub(super) fn unpack(unpacker: &mut Unpacker<'_>, head: &[u8], source: Source<'_>, at: &At) -> Flow {
    let limit = unpacker.limits().nested_bytes;
    let opened = match source {
        Source::File(file) => guarded(|| boxed(SerializedFileReader::new(file)?)),
        other => match unpacker.take_whole(head, other, limit) {
            Ok(Some(bytes)) => guarded(|| boxed(SerializedFileReader::new(Bytes::from(bytes))?)),
            Ok(None) => {
                let message = format!(
                    "is a table of more than {} inside an archive or in a stream (unpack it first, or allow more with \
                     --max-nested)",
                    human_size(limit)
                );
                return unpacker.complain(&at.place, message);
            }
            Err(error) => return unpacker.complain(&at.place, unreadable(&error)),
        },
    };
    match opened {
        Ok(file) => rows(unpacker, file, at),
        Err(message) => unpacker.complain(&at.place, message),
    }
}

fn boxed<R: FileReader + 'static>(reader: R) -> Result<Box<dyn FileReader>, ParquetError> {
    Ok(Box::new(reader))
}

fn rows(unpacker: &mut Unpacker<'_>, file: Box<dyn FileReader>, at: &At) -> Flow {
    let schema = file.metadata().file_metadata().schema().clone();
    let names: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let wanted = unpacker.options.text_column.clone();
    let Some(text) = text_column(names.iter().map(String::as_str), wanted.as_deref()).map(str::to_owned)
    else {
        return unpacker.complain(&at.place, table::no_text_column(&names));
    };
    let known =
        |field: &&Arc<Type>| field.is_primitive() && (field.name() == text || is_known_column(field.name()));
    let fields: Vec<Arc<Type>> = schema.get_fields().iter().filter(known).cloned().collect();
    let mut iter = match guarded(|| {
        let only = Type::group_type_builder(schema.name()).with_fields(fields).build()?;
        RowIter::from_file_into(file).project(Some(only))
    }) {
        Ok(iter) => iter,
        Err(message) => return unpacker.complain(&at.place, message),
    };
    let stem = at.name.rsplit_once('.').map_or(at.name.as_str(), |(stem, _)| stem).to_owned();
    for number in 1_u64.. {
        match guarded(|| iter.next().transpose()) {
            Ok(None) => break,
            Ok(Some(row)) => table::give(unpacker, fields_of(row), &text, number, &stem, at)?,
            Err(message) => return unpacker.complain(&format!("{}!{number}", at.place), message),
        }
    }
    ON
}

fn fields_of(row: Row) -> Map<String, Value> {
    row.into_columns().into_iter().filter_map(|(name, field)| Some((name, value(field)?))).collect()
}

/// A field as JSON; dates and times as their day. Nothing for what cannot describe a document.
fn value(field: Field) -> Option<Value> {
    const DAY_MS: i64 = 86_400_000;
    let day = |days: i64| {
        let days = jiff::Span::new().try_days(days).ok()?;
        let epoch = jiff::civil::date(1970, 1, 1);
        Some(Value::String(epoch.checked_add(days).ok()?.to_string()))
    };
    match field {
        Field::Str(text) if text.trim().is_empty() => None,
        Field::Str(text) => Some(Value::String(text)),
        Field::Bytes(bytes) => Some(Value::String(String::from_utf8(bytes.data().to_vec()).ok()?)),
        Field::Int(number) => Some(number.into()),
        Field::Long(number) => Some(number.into()),
        Field::UInt(number) => Some(number.into()),
        Field::ULong(number) => Some(number.into()),
        Field::Date(days) => day(i64::from(days)),
        Field::TimestampMillis(ms) => day(ms.div_euclid(DAY_MS)),
        Field::TimestampMicros(us) => day(us.div_euclid(DAY_MS * 1000)),
        _ => None,
    }
}

/// Runs a step of the Parquet reader, which panics on some damaged files.
fn guarded<T>(step: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    let damaged = |why: &str| format!("is a damaged Parquet file: {why} (fetch or copy it again)");
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(damaged(&error.to_string())),
        Err(_) => Err(damaged("its pages do not hold together")),
    }
}
