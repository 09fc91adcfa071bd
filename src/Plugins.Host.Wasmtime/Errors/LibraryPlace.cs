
namespace Plugins.Host.Wasmtime.Errors;

/// <summary>A place that was searched for the native library.</summary>
/// <param name="Path">A file, or a bare name that the system's loader looks up.</param>
/// <param name="IsPresent">True for a file that is there but could not be loaded.</param>
/// <remarks>Immutable.</remarks>
public sealed record LibraryPlace(string Path, bool IsPresent)
{
    /// <inheritdoc/>
    public override string ToString() =>
        IsPresent ? $"{Path} (present, but could not be loaded on {Runtime})" : Path;

    private static string Runtime => System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
}
