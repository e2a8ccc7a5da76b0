//! What could not be read, said in words that name the place and the mend.

use serde::{Deserialize, Serialize};

/// A remark on input that could not be read, or only in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The document's id or the path of the input.
    pub place: String,
    /// What is wrong and how to mend it, one sentence or two.
    pub message: String,
}
