//! What sentences take from one another: who "the two countries" are, who is speaking, which period
//! "it" belongs to.

mod apart;
pub(crate) mod attribution;
pub(crate) mod currency;
pub(crate) mod deadlines;
mod ministries;
pub(crate) mod namings;
pub(crate) mod parties;
pub(crate) mod periods;
