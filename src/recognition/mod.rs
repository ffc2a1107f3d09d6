//! Recognition: who thanked whom, for what, and who may see it.
