namespace Plugins.Wasm.Tests.Support;

/// <summary>Bytes written as in <c>"00 61 73 6D"</c>.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
