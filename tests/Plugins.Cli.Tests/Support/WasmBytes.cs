namespace Plugins.Cli.Tests.Support;

/// <summary>Small modules by hand: a header and sections of less than 128 bytes.</summary>
internal static class WasmBytes
{
    internal static byte[] Module(params byte[][] sections) =>
        [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0, .. sections.SelectMany(section => section)];

    internal static byte[] Section(byte id, params byte[] content) => [id, (byte)content.Length, .. content];

    /// <summary>A code section of one body without locals; <c>end</c> is added.</summary>
    internal static byte[] Code(params byte[] instructions) =>
        Section(10, [1, (byte)(instructions.Length + 2), 0, .. instructions, 0x0B]);
}
