using System.Diagnostics;
using System.Security.Cryptography;
using Plugins.Host.Loading;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>SHA-256 of the file of a loaded library.</summary>
internal static class LibraryDigest
{
    /// <param name="path">Its file, or the bare name by which the system's loader found it.</param>
    /// <returns>Null where the file is not known for sure.</returns>
    internal static byte[]? Of(string path)
    {
        try
        {
            return (Path.IsPathRooted(path) ? path : FindLoaded(path)) is { } file ? Hash(file) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] Hash(string file)
    {
        using FileStream stream = RegularFile.Open(file);
        return SHA256.HashData(stream);
    }

    // Two of one name may be loaded; then this cannot tell which one is meant.
    private static string? FindLoaded(string name)
    {
        using var process = Process.GetCurrentProcess();
        var files = process.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .Where(file => Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return files is [var file] ? file : null;
    }
}
