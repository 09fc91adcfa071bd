using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Loading;

/// <summary>Lists where the native library may be, best first.</summary>
/// <remarks>
/// Never the current directory, nor any other that whoever starts the application may not have chosen. The system's
/// own search comes last and is the loader's, by bare name.
/// </remarks>
internal static class LibraryLocator
{
    /// <summary>The library's file name here.</summary>
    internal static string FileName { get; } = OperatingSystem.IsWindows() ? "wasmtime.dll"
        : OperatingSystem.IsMacOS() ? "libwasmtime.dylib"
        : "libwasmtime.so";

    /// <summary>The files to try; the system comes after them, unless a path was given.</summary>
    internal static IEnumerable<string> Files(string? explicitPath) =>
        explicitPath is not null
            ? [explicitPath]
            : Files(
                AppContext.BaseDirectory,
                RuntimeInformation.RuntimeIdentifier,
                AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty);

    /// <param name="application">The application's folder.</param>
    /// <param name="runtime">The runtime identifier, which names the package's folder.</param>
    /// <param name="packages">
    /// The runtime's list of folders with native files of packages: in the package cache while developing, where the
    /// application's own folder has no copy.
    /// </param>
    internal static IEnumerable<string> Files(string application, string runtime, string packages) =>
        packages.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(folder => folder.Contains($"{Path.DirectorySeparatorChar}runtimes{Path.DirectorySeparatorChar}"))
            .Append(Path.Combine(application, "runtimes", runtime, "native"))
            .Append(application)
            .Select(folder => Path.GetFullPath(Path.Combine(folder, FileName)))
            .Distinct(StringComparer.Ordinal);
}
