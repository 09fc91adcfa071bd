using Microsoft.Extensions.Logging;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>What the cache writes to logs; ids are stable.</summary>
internal static partial class CacheLog
{
    internal const string Category = "Plugins.Host.Wasmtime.Cache";

    [LoggerMessage(
        1700, LogLevel.Warning, "The compiled module {Path} was deleted, since {Reason}; it is compiled again.")]
    internal static partial void Refused(ILogger logger, string path, string reason);

    [LoggerMessage(1701, LogLevel.Warning, "The compiled module {Path} could not be read; it is compiled again.")]
    internal static partial void NotRead(ILogger logger, Exception exception, string path);

    [LoggerMessage(1702, LogLevel.Warning, "A compiled module could not be written to {Directory}.")]
    internal static partial void NotWritten(ILogger logger, Exception exception, string directory);

    [LoggerMessage(
        1703, LogLevel.Information, "A compiled module of {Length} bytes is not kept: the cache may have {Maximum}.")]
    internal static partial void TooLarge(ILogger logger, long length, long maximum);

    [LoggerMessage(
        1704, LogLevel.Warning, "Compiled modules are not kept: the file of the library {Library} is not known.")]
    internal static partial void LibraryUnknown(ILogger logger, string library);

    [LoggerMessage(1705, LogLevel.Debug, "The compiled module {Path} was used.")]
    internal static partial void Used(ILogger logger, string path);
}
