namespace Plugins.Payloads;

/// <summary>The converters of an application's own types, filled in by the source generator.</summary>
/// <remarks>
/// Safe for use by many threads. Derive a <c>partial</c> class and name the types with
/// <see cref="PayloadSerializableAttribute"/>.
/// </remarks>
public abstract class PayloadContext
{
    /// <summary>The converter of <typeparamref name="T"/>, or null when no attribute names that type.</summary>
    /// <typeparam name="T">The exact type; a derived type is another one.</typeparam>
    public abstract PayloadConverter<T>? GetConverter<T>();
}
