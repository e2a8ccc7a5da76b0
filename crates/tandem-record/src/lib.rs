//! Statements to the record: dates, origins, facts, audit, targets, lives.
