//! What parts are made from, packed: the cards and statements of some dozens of readings in one row.
//!
//! A part of a large ledger rests on thousands of readings that lie all over the file, and looking each of them up takes
//! longer than what is then made of them. Packed they take a tenth of their room and lie side by side; a new
//! document changes the last row only. Refused alternative: a second table of statements in the order of their parties,
//! which would nearly double the file and still be read row by row.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::params;

use crate::error::Cause;
use crate::kept::{Kept, KeptError, KeptTables, ReadingId};

/// Readings in a row: few enough that adding one more costs little, enough that few rows are read.
const READINGS: usize = 64;

/// What one reading says between some parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedReading<S> {
    /// Its number.
    pub reading: ReadingId,
    /// The document's card, as JSON.
    pub card: S,
    /// Its statements between the parties, as JSON.
    pub statements: Vec<S>,
}

/// Some readings, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    first: ReadingId,
    readings: usize,
    size: usize,
    packed: Vec<u8>,
}

/// A pack's bytes, from which readings are read.
#[derive(Clone, Debug)]
pub struct Unpacked(Vec<u8>);

impl Pack {
    /// Packs readings, which are in order of their numbers.
    pub fn all<S: AsRef<str>>(readings: &[PackedReading<S>]) -> Result<Vec<Self>, KeptError> {
        let pack = |readings: &[PackedReading<S>]| {
            let mut bytes = Vec::new();
            readings.iter().for_each(|reading| write(&mut bytes, reading));
            Self::of(readings.first().map_or(0, |first| first.reading), readings.len(), &bytes)
        };
        readings.chunks(READINGS).map(pack).collect()
    }

    fn of(first: ReadingId, readings: usize, bytes: &[u8]) -> Result<Self, KeptError> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        let packed = encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(broken)?;
        Ok(Self { first, readings, size: bytes.len(), packed })
    }

    /// Takes the readings out.
    pub fn unpack(&self) -> Result<Unpacked, KeptError> {
        let mut bytes = Vec::with_capacity(self.size.min(1 << 24));
        ZlibDecoder::new(&self.packed[..]).take(self.size as u64).read_to_end(&mut bytes).map_err(broken)?;
        Ok(Unpacked(bytes))
    }
}

impl Unpacked {
    /// The readings.
    pub fn readings(&self) -> Result<Vec<PackedReading<&str>>, KeptError> {
        let mut rest = &self.0[..];
        let mut readings = Vec::new();
        while !rest.is_empty() {
            readings.push(next(&mut rest).ok_or_else(|| broken("a pack ends within a reading"))?);
        }
        Ok(readings)
    }
}

fn broken(error: impl ToString) -> KeptError {
    KeptError::from(Cause::Other(error.to_string()))
}

fn write<S: AsRef<str>>(bytes: &mut Vec<u8>, reading: &PackedReading<S>) {
    let text = |bytes: &mut Vec<u8>, text: &str| {
        bytes.extend((text.len() as u32).to_le_bytes());
        bytes.extend(text.as_bytes());
    };
    bytes.extend(reading.reading.to_le_bytes());
    text(bytes, reading.card.as_ref());
    bytes.extend((reading.statements.len() as u32).to_le_bytes());
    reading.statements.iter().for_each(|statement| text(bytes, statement.as_ref()));
}

fn next<'b>(rest: &mut &'b [u8]) -> Option<PackedReading<&'b str>> {
    let reading = ReadingId::from_le_bytes(*take::<8>(rest)?);
    let card = text(rest)?;
    let count = u32::from_le_bytes(*take::<4>(rest)?);
    let statements = (0..count).map(|_| text(rest)).collect::<Option<_>>()?;
    Some(PackedReading { reading, card, statements })
}

fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (first, others) = rest.split_first_chunk::<N>()?;
    *rest = others;
    Some(first)
}

fn text<'b>(rest: &mut &'b [u8]) -> Option<&'b str> {
    let len = u32::from_le_bytes(*take::<4>(rest)?) as usize;
    let (text, others) = rest.split_at_checked(len)?;
    *rest = others;
    std::str::from_utf8(text).ok()
}

impl KeptTables<'_> {
    /// The packs of a part, in the order of their readings.
    pub fn packs(&self, parties: &str) -> Kept<Vec<Pack>> {
        self.packs_where("WHERE parties = ?1 ORDER BY first", parties)
    }

    fn packs_where(&self, which: &str, parties: &str) -> Kept<Vec<Pack>> {
        let sql = format!("SELECT first, readings, size, packed FROM kept_packs {which}");
        self.list(&sql, [parties], |row| {
            let number = |place: usize| row.get(place).map(|n: i64| usize::try_from(n).unwrap_or(0));
            Ok(Pack { first: row.get(0)?, readings: number(1)?, size: number(2)?, packed: row.get(3)? })
        })
    }

    /// Keeps the packs of a part.
    pub fn set_packs(&self, parties: &str, packs: &[Pack]) -> Kept<()> {
        let sql = "INSERT OR REPLACE INTO kept_packs (parties, first, readings, size, packed) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        packs.iter().try_for_each(|pack| {
            let (readings, size) = (pack.readings as i64, pack.size as i64);
            self.run(sql, params![parties, pack.first, readings, size, pack.packed])
        })
    }

    /// Adds a reading, newer than all others, to those of a part.
    pub fn add_to_packs<S: AsRef<str>>(&self, parties: &str, reading: &PackedReading<S>) -> Kept<()> {
        let last = self.packs_where("WHERE parties = ?1 ORDER BY first DESC LIMIT 1", parties)?;
        let pack = match last.first().filter(|last| last.readings < READINGS) {
            None => Pack::all(std::slice::from_ref(reading))?,
            Some(last) => {
                let Unpacked(mut bytes) = last.unpack()?;
                write(&mut bytes, reading);
                vec![Pack::of(last.first, last.readings + 1, &bytes)?]
            }
        };
        self.set_packs(parties, &pack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    fn reading(number: ReadingId) -> PackedReading<String> {
        let statements = (0..number % 4).map(|n| format!("statement {n} of {number}, ü")).collect();
        PackedReading { reading: number, card: format!("card {number}"), statements }
    }

    fn read(packs: &[Pack]) -> Vec<PackedReading<String>> {
        let mut all = Vec::new();
        for pack in packs {
            let unpacked = pack.unpack().expect("it was packed");
            all.extend(unpacked.readings().expect("it is whole").into_iter().map(|one| PackedReading {
                reading: one.reading,
                card: one.card.to_owned(),
                statements: one.statements.iter().map(|text| (*text).to_owned()).collect(),
            }));
        }
        all
    }

    #[test]
    fn what_is_packed_comes_out_again_however_it_came_in() {
        let readings: Vec<_> = (1..200).map(reading).collect();
        let whole = Pack::all(&readings).expect("they can be packed");
        assert_eq!((read(&whole), whole.len()), (readings.clone(), 4));
        let mut store = Store::in_memory().expect("memory suffices");
        let kept = store.change_kept(|tables| {
            tables.set_packs("KZ,UZ", &Pack::all(&readings[..90])?)?;
            readings[90..].iter().try_for_each(|reading| tables.add_to_packs("KZ,UZ", reading))?;
            tables.add_to_packs("KZ", &readings[0])?;
            tables.packs("KZ,UZ")
        });
        assert_eq!(read(&kept.expect("they can be kept")), readings);
    }

    #[test]
    fn a_broken_pack_is_an_error() {
        for bytes in [&[1, 2, 3][..], &[0; 13], &[255; 40]] {
            let pack = Pack::of(1, 1, bytes).expect("bytes can be packed");
            assert!(pack.unpack().expect("they can be taken out").readings().is_err(), "{bytes:?}");
        }
        let pack = Pack { first: 1, readings: 1, size: 9, packed: vec![1, 2, 3] };
        assert!(pack.unpack().is_err());
    }
}
