use crate::{abi, Failure, FromInput, IntoOutput};

/// What a plugin function may return: `()`, a `Result` of an [`IntoOutput`] or a [`Failure`], or the code itself.
pub trait Outcome {
    /// The code for the host, 0 for success, after describing any failure.
    fn report(self) -> i32;
}

impl Outcome for () {
    fn report(self) -> i32 {
        0
    }
}

impl Outcome for i32 {
    fn report(self) -> i32 {
        self
    }
}

impl<T: IntoOutput, E: Failure> Outcome for Result<T, E> {
    fn report(self) -> i32 {
        match self.map(IntoOutput::into_output) {
            Ok(Ok(())) => 0,
            Ok(Err(failure)) => fail(failure),
            Err(failure) => fail(failure),
        }
    }
}

fn fail(failure: impl Failure) -> i32 {
    failure.describe(&mut crate::ErrorText::new());
    // A code of 0 would make a success of it.
    match failure.code() {
        0 => 1,
        code => code,
    }
}

#[doc(hidden)]
pub fn run<T: Outcome>(function: fn() -> T) -> i32 {
    #[cfg(all(target_arch = "wasm32", feature = "std"))]
    crate::panic::describe_panics();
    function().report()
}

#[doc(hidden)]
pub fn run_with<I: FromInput, T: Outcome>(function: fn(I) -> T) -> i32 {
    #[cfg(all(target_arch = "wasm32", feature = "std"))]
    crate::panic::describe_panics();
    match I::from_input() {
        Ok(input) => function(input).report(),
        Err(failure) => fail(failure),
    }
}

/// Describes a failure and traps: for what must not happen. Unlike `panic!` it costs no formatting code.
pub fn fatal(text: &str) -> ! {
    abi::error_write(text.as_bytes());
    abi::trap()
}

/// Exports functions that the host can call, each `fn name() -> T` with an [`Outcome`], or `fn name(input: I) -> T` with
/// a [`FromInput`] too.
///
/// The plugin's manifest lists them by the same names. Natively each is an `extern "C" fn() -> i32` for
/// [`testing`](crate::testing).
#[macro_export]
macro_rules! plugin_fn {
    () => {};
    ($(#[$attribute:meta])* $visibility:vis fn $name:ident() $(-> $outcome:ty)? $body:block $($rest:tt)*) => {
        $(#[$attribute])*
        #[cfg_attr(target_arch = "wasm32", no_mangle)]
        $visibility extern "C" fn $name() -> i32 {
            fn function() $(-> $outcome)? $body
            $crate::run(function)
        }
        $crate::plugin_fn! { $($rest)* }
    };
    ($(#[$attribute:meta])* $visibility:vis fn $name:ident($($input:ident)+: $type:ty) $(-> $outcome:ty)? $body:block
        $($rest:tt)*) => {
        $(#[$attribute])*
        #[cfg_attr(target_arch = "wasm32", no_mangle)]
        $visibility extern "C" fn $name() -> i32 {
            fn function($($input)+: $type) $(-> $outcome)? $body
            $crate::run_with(function)
        }
        $crate::plugin_fn! { $($rest)* }
    };
}

/// Declares host functions: capabilities that the application adds.
///
/// ```
/// plugins_pdk::host_fn! {
///     /// The price of an article, by its number.
///     pub fn price = "shop.price";
/// }
/// ```
///
/// gives `pub fn price(request: &[u8]) -> Result<Reply, CallError>`. The manifest asks for the permission that the
/// application demands for it.
#[macro_export]
macro_rules! host_fn {
    ($($(#[$attribute:meta])* $visibility:vis fn $name:ident = $capability:literal;)+) => {$(
        $(#[$attribute])*
        $visibility fn $name(request: &[u8]) -> ::core::result::Result<$crate::Reply, $crate::CallError> {
            #[cfg(target_arch = "wasm32")]
            fn call(request: &[u8]) -> i32 {
                #[link(wasm_import_module = "plugins:host/v1")]
                extern "C" {
                    #[link_name = $capability]
                    fn capability(source: *const u8, length: usize) -> i32;
                }
                // The host only reads the slice.
                unsafe { capability(request.as_ptr(), request.len()) }
            }
            #[cfg(not(target_arch = "wasm32"))]
            fn call(request: &[u8]) -> i32 {
                $crate::testing::call($capability, request)
            }
            $crate::Reply::new($capability, call(request))
        }
    )+};
}
