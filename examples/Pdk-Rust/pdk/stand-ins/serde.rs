//! The part of `serde` that src/serde.rs uses, to compile it without a registry.
#![no_std]

pub trait Serialize {}

pub mod de {
    pub trait DeserializeOwned {}
}
