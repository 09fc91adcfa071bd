using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads;

/// <summary>Writes and reads one type as MessagePack.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <remarks>
/// Safe for use by many threads: a converter is made once and keeps no state. The source generator derives converters
/// from the application's types; an application writes its own only for formats that no attribute describes.
/// </remarks>
public abstract class PayloadConverter<T>
{
    /// <summary>Writes exactly one value.</summary>
    /// <param name="writer">Where to; the caller flushes it.</param>
    /// <param name="value">What to write.</param>
    /// <exception cref="MessagePackException">The value has no form in MessagePack.</exception>
    public abstract void Write(ref MessagePackWriter writer, T value);

    /// <summary>Reads exactly one value.</summary>
    /// <param name="reader">Where from; left behind the value.</param>
    /// <exception cref="MessagePackException">What comes next is not a value of this type.</exception>
    public abstract T Read(ref MessagePackReader reader);
}
