namespace Plugins.Cli.Tests.Support;

/// <summary>Small modules by hand: a header and sections of less than 128 bytes.</summary>
internal static class WasmBytes
{
    internal static byte[] Module(params byte[][] sections) =>
        [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0, .. sections.SelectMany(section => section)];

    internal static byte[] Section(byte id, params byte[] content) => [id, (byte)content.Length, .. content];

    /// <summary>A plugin of one function without parameters that returns an i32, and a memory of one page.</summary>
    /// <param name="name">The function's name, in ASCII.</param>
    /// <param name="body">Its locals and code, of any length.</param>
    internal static byte[] Plugin(string name, byte[] body)
    {
        byte[] exports = [2, .. Name("memory"), 2, 0, .. Name(name), 0, 0];
        byte[] code = [1, .. Number(body.Length), .. body];
        return Module(
            Section(1, 1, 0x60, 0, 1, 0x7F),
            Section(3, 1, 0),
            Section(5, 1, 0, 1),
            Section(7, exports),
            [10, .. Number(code.Length), .. code]);
    }

    private static byte[] Name(string name) => [(byte)name.Length, .. System.Text.Encoding.ASCII.GetBytes(name)];

    // LEB128 in five bytes, whatever the number.
    private static byte[] Number(int value) =>
        [.. Enumerable.Range(0, 5).Select(index => (byte)(value >> (7 * index) & 0x7F | (index < 4 ? 0x80 : 0)))];

    /// <summary>A code section of one body without locals; <c>end</c> is added.</summary>
    internal static byte[] Code(params byte[] instructions) =>
        Section(10, [1, (byte)(instructions.Length + 2), 0, .. instructions, 0x0B]);
}
