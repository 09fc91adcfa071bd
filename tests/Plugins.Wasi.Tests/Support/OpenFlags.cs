namespace Plugins.Wasi.Tests.Support;

internal static class OpenFlags
{
    internal const uint Creates = 1;
    internal const uint Directory = 2;
    internal const uint Exclusive = 4;
    internal const uint Truncates = 8;
}
