using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>One guest function that was running when the guest trapped.</summary>
/// <param name="FunctionIndex">Its index in the module, imported functions counted.</param>
/// <param name="Name">Its name from the module, as its author wrote it, or null where the module has none.</param>
/// <remarks>Immutable. The name is the guest's text, which <see cref="ToString"/> makes harmless.</remarks>
public readonly record struct GuestFrame(int FunctionIndex, string? Name)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Name is null ? $"function {FunctionIndex}" : $"{VisibleText.Name(Name)} (function {FunctionIndex})";
}
