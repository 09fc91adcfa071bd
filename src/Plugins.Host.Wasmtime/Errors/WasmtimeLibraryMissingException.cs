using System.Collections.Immutable;
using System.Text;
using Plugins.Manifest.Text;

namespace Plugins.Host.Wasmtime.Errors;

/// <summary>The native library was in none of the places that were searched.</summary>
public sealed class WasmtimeLibraryMissingException : WasmtimeException
{
    internal WasmtimeLibraryMissingException(ImmutableArray<LibraryPlace> places)
        : base(Compose(places), keepLines: true) =>
        Places = places;

    /// <summary>All places that were searched, in order.</summary>
    public ImmutableArray<LibraryPlace> Places { get; }

    private static string Compose(ImmutableArray<LibraryPlace> places)
    {
        var text = new StringBuilder("Wasmtime's library was not found. Looked at:");
        foreach (var place in places)
        {
            text.Append("\n  ").Append(VisibleText.Name(place.ToString()));
        }

        return text
            .Append("\nThe NuGet package 'Wasmtime', which comes with this one, has it for Linux with glibc, macOS ")
            .Append("and Windows, on x64 and arm64. Elsewhere, set ")
            .Append(nameof(WasmtimeEngineOptions)).Append('.').Append(nameof(WasmtimeEngineOptions.LibraryPath))
            .Append('.')
            .ToString();
    }
}
