//! A panic becomes the error text of the call, and then a trap.

#[cfg(any(feature = "std", feature = "panic-messages"))]
fn describe(info: &core::panic::PanicInfo) {
    use core::fmt::Write;
    let _ = write!(crate::ErrorText::new(), "{}", info);
}

/// Without formatting code only the place can be told.
#[cfg(not(any(feature = "std", feature = "panic-messages")))]
fn describe(info: &core::panic::PanicInfo) {
    let mut text = crate::ErrorText::new();
    text.push_str("panicked");
    if let Some(place) = info.location() {
        text.push_str(" at ");
        text.push_str(place.file());
        text.push_str(":");
        text.push_number(place.line() as u64);
    }
}

#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    describe(info);
    crate::abi::trap()
}

/// Installs the hook once per instance; the standard library traps after it.
#[cfg(feature = "std")]
pub(crate) fn describe_panics() {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| std::panic::set_hook(std::boxed::Box::new(describe)));
}
