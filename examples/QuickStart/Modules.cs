namespace QuickStart;

/// <summary>The WebAssembly modules that this program signs.</summary>
internal static class Modules
{
    /// <summary>A module of the guest SDKs' examples; <c>eng/build-guests.sh</c> compiles them.</summary>
    internal static byte[] Read(string plugin, string language) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "modules", $"{plugin}-{language}.wasm"));

    /// <summary>Never returns. Small enough to be written by hand; this is the text that it stands for:</summary>
    /// <code>
    /// (module
    ///   (memory (export "memory") 1)
    ///   (func (export "spin") (result i32)
    ///     (loop (result i32) (br 0))))
    /// </code>
    internal static byte[] Spin =>
    [
        0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00, // "\0asm", version 1
        0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7F, // one type: no parameters, one i32
        0x03, 0x02, 0x01, 0x00, // one function, of that type
        0x05, 0x03, 0x01, 0x00, 0x01, // one memory, of at least one page
        0x07, 0x11, 0x02, // two exports:
        0x06, .. "memory"u8, 0x02, 0x00,
        0x04, .. "spin"u8, 0x00, 0x00,
        0x0A, 0x09, 0x01, 0x07, 0x00, // one body of 7 bytes, no locals:
        0x03, 0x7F, 0x0C, 0x00, 0x0B, 0x0B, // loop (result i32), br 0, end, end
    ];
}
