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

    // What the NuGet package calls this system; the runtime may name a distribution instead.
    private static string PortableRuntime { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + (RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "-arm64" : "-x64");

    /// <summary>The files to try; the system comes after them, unless a path was given.</summary>
    internal static IEnumerable<string> Files(string? explicitPath) =>
        explicitPath is not null
            ? [explicitPath]
            : Files(
                AppContext.BaseDirectory,
                PortableRuntime,
                AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty);

    /// <param name="application">The application's folder.</param>
    /// <param name="runtime">The runtime identifier, which names the package's folder.</param>
    /// <param name="hosts">
    /// The folders in which .NET's host found native files: of packages for this system, of the framework, and where a
    /// single file was unpacked.
    /// </param>
    internal static IEnumerable<string> Files(string application, string runtime, string hosts) =>
        hosts.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(application, "runtimes", runtime, "native"))
            .Append(application)
            .Select(folder => Path.GetFullPath(Path.Combine(folder, FileName)))
            .Distinct(StringComparer.Ordinal);
}
