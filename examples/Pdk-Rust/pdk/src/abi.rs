//! The guest ABI (`plugins:abi/v1`), with slices for pointers and lengths.
//!
//! These calls cannot harm memory: a slice lies within it, and the host writes at most the slice's length.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use crate::testing::abi::*;
#[cfg(target_arch = "wasm32")]
pub(crate) use wasm::*;

#[cfg(target_arch = "wasm32")]
mod wasm {
    use core::sync::atomic::{AtomicU32, Ordering};

    mod import {
        #[link(wasm_import_module = "plugins:abi/v1")]
        extern "C" {
            pub fn input_length() -> i32;
            pub fn input_read(destination: *mut u8, length: usize) -> i32;
            pub fn output_write(source: *const u8, length: usize);
            pub fn error_write(source: *const u8, length: usize);
            pub fn result_length() -> i32;
            pub fn result_read(destination: *mut u8, length: usize) -> i32;
            pub fn log(level: i32, source: *const u8, length: usize);
        }
    }

    pub fn input_length() -> i32 {
        unsafe { import::input_length() }
    }

    pub fn input_read(buffer: &mut [u8]) -> usize {
        let count = unsafe { import::input_read(buffer.as_mut_ptr(), buffer.len()) };
        (count as usize).min(buffer.len())
    }

    pub fn output_write(data: &[u8]) {
        unsafe { import::output_write(data.as_ptr(), data.len()) }
    }

    pub fn error_write(data: &[u8]) {
        unsafe { import::error_write(data.as_ptr(), data.len()) }
    }

    pub fn result_length() -> usize {
        unsafe { import::result_length() as usize }
    }

    pub fn result_read(buffer: &mut [u8]) -> usize {
        let count = unsafe { import::result_read(buffer.as_mut_ptr(), buffer.len()) };
        (count as usize).min(buffer.len())
    }

    pub fn log(level: i32, text: &[u8]) {
        unsafe { import::log(level, text.as_ptr(), text.len()) }
    }

    // The host keeps one result; the number of the call that left it tells a reply whether it is still that one.
    static CALLS: AtomicU32 = AtomicU32::new(0);

    pub fn calls() -> u32 {
        CALLS.load(Ordering::Relaxed)
    }

    pub fn count_call() -> u32 {
        let number = calls().wrapping_add(1);
        CALLS.store(number, Ordering::Relaxed);
        number
    }

    pub fn trap() -> ! {
        core::arch::wasm32::unreachable()
    }
}
