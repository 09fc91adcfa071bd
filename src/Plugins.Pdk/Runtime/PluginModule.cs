using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Plugins.Pdk.Runtime;

/// <summary>The exports and capabilities of a plugin project, as the source generator found them.</summary>
/// <remarks>Immutable and safe for use by many threads; the functions need an entered runtime.</remarks>
public sealed record PluginModule
{
    /// <summary>Describes a module.</summary>
    /// <param name="functions">The exported functions by name; each returns 0 or the code of its failure.</param>
    /// <param name="capabilities">The capabilities that the project's own code uses.</param>
    public PluginModule(IEnumerable<KeyValuePair<string, Func<int>>> functions, params IEnumerable<string> capabilities)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(capabilities);
        Functions = functions.ToFrozenDictionary(StringComparer.Ordinal);
        Capabilities = [.. capabilities.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The exported functions by name; each returns 0 or the code of its failure.</summary>
    /// <remarks>No exception leaves them but those that <see cref="PluginRuntime.Ends"/> claims.</remarks>
    public IReadOnlyDictionary<string, Func<int>> Functions { get; }

    /// <summary>The names of the capabilities that the project's own code uses, sorted.</summary>
    /// <remarks>
    /// What a library used by the project calls on its behalf is not seen; as WebAssembly it would be an import too.
    /// </remarks>
    public ImmutableArray<string> Capabilities { get; }
}
