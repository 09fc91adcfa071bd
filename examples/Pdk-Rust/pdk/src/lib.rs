//! Write plugins for the Plugins SDK in Rust.
//!
//! ```
//! use plugins_pdk::{input, plugin_fn, Error, Output};
//!
//! plugin_fn! {
//!     /// Repeats its input in capital letters.
//!     pub fn shout() -> Result<(), Error> {
//!         let mut output = Output::new();
//!         for character in input::chars() {
//!             character?.to_uppercase().for_each(|c| output.push(c));
//!         }
//!         output.push_str("!");
//!         Ok(())
//!     }
//! }
//! ```
//!
//! A call has one [`input`], one [`Output`] and, if it fails, one error text and code ([`Failure`]). A function may take
//! the one as a parameter and give the other as its result ([`FromInput`], [`IntoOutput`]). What else a plugin
//! can reach, it asks the host for: [`config`], [`variables`], [`clock`], [`random`], [`http`] and what the application adds
//! ([`host_fn!`]). A module imports only what it uses, so what it may do can be read off its imports.
//!
//! Nothing here allocates unless the feature `alloc` is on. The feature `std` (on by default) brings the standard
//! library and its allocator; without it a small plugin has one to four kilobytes. On any other target than
//! `wasm32-unknown-unknown` a plugin runs against [`testing`], so that `cargo test` needs no host.
#![no_std]
#![deny(missing_docs)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(feature = "std", not(target_arch = "wasm32")))]
extern crate std;

mod abi;
pub mod clock;
pub mod config;
mod decimal;
mod error;
mod export;
mod host;
pub mod http;
pub mod input;
pub mod log;
pub mod msgpack;
mod output;
#[cfg(target_arch = "wasm32")]
mod panic;
pub mod random;
#[cfg(any(feature = "serde-json", feature = "serde-msgpack"))]
pub mod serde;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
mod text;
mod typed;
pub mod variables;

pub use error::{Error, ErrorText, Failure};
pub use export::{fatal, Outcome};
pub use host::{CallError, Reason, Reply};
pub use output::Output;
pub use text::{Chars, NotText};
pub use typed::{FromInput, IntoOutput};

#[doc(hidden)]
pub use export::{run, run_with};

/// Compiles what the README shows.
#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../README.md")]
struct Readme;
