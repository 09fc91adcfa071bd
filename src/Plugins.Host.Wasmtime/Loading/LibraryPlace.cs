namespace Plugins.Host.Wasmtime.Loading;

/// <summary>One place where the native library was looked for.</summary>
/// <param name="Path">A file, or a bare name that the system's loader looks up.</param>
/// <param name="IsPresent">Whether a file is there, which could not be loaded then.</param>
/// <remarks>Immutable.</remarks>
public sealed record LibraryPlace(string Path, bool IsPresent)
{
    /// <inheritdoc/>
    public override string ToString() =>
        IsPresent ? $"{Path} (present, but could not be loaded on {Runtime})" : Path;

    private static string Runtime => System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
}
