using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Value types as the text format writes them.</summary>
internal static class KindName
{
    public static string Of(ValueKind kind) => kind.ToString().ToLowerInvariant();
}
