//! Articles to documents: sentences, tokens, normal forms, morphology.
