namespace Plugins.Wasm.Types;

/// <summary>The type of a tag: what exceptions of that kind carry.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 3.0, section 2.3.10.</remarks>
public sealed class TagType : ExternType
{
    /// <summary>Describes a tag whose exceptions carry the parameters of <paramref name="payload"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="payload"/> has results.</exception>
    public TagType(FunctionType payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (payload.ResultCodes.Length > 0)
        {
            throw new ArgumentException("A tag has no results.", nameof(payload));
        }

        Payload = payload;
    }

    /// <summary>A function type whose parameters are the values that an exception carries.</summary>
    public FunctionType Payload { get; }

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Tag;

    /// <inheritdoc/>
    public override string ToString() => $"tag {Payload}";
}
