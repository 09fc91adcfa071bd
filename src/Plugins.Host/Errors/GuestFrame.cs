using Plugins.Manifest.Text;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Host.Errors;

/// <summary>One guest function that was running when the guest trapped.</summary>
/// <param name="FunctionIndex">Its index in the module, imported functions counted.</param>
/// <param name="Name">Its name from the module, as its author wrote it, or null where the module has none.</param>
/// <remarks>
/// Immutable. Name and source are the guest's text, which <see cref="ToString"/> makes harmless.
/// </remarks>
public readonly record struct GuestFrame(int FunctionIndex, string? Name)
{
    /// <summary>The instruction that trapped, or the call, in bytes from the module's start.</summary>
    /// <value>
    /// Null where the engine does not know: the embedded one of a trap in compiled code other than <c>unreachable</c>.
    /// </value>
    public int? Offset { get; init; }

    /// <summary>The line of the source that the instruction comes from.</summary>
    /// <value>
    /// Null where the offset is not known, the module has no debug information and the plugin was loaded without a
    /// source map, and where <see cref="PluginHostOptions.SourcePositions"/> is false.
    /// </value>
    public SourcePosition? Source { get; init; }

    /// <summary>True for a function that the compiler inlined into that of the next frame.</summary>
    /// <value>False: it is a function of the module.</value>
    public bool IsInlined { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var function = Name is null
            ? $"function {FunctionIndex}"
            : $"{VisibleText.Name(Name)} ({(IsInlined ? "inlined into " : "")}function {FunctionIndex})";
        return Source is { } source ? $"{function} at {VisibleText.Name(source.ToString())}" : function;
    }
}
