namespace Plugins.Payloads;

/// <summary>Gives a member an integer key in MessagePack, instead of its name.</summary>
/// <remarks>
/// Immutable. Either all members of a type have one or none has. JSON is unaffected. Once published, a key is as much
/// part of the payload's contract as a name: it is never given to another member.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PayloadKeyAttribute : Attribute
{
    /// <summary>Gives the key.</summary>
    /// <param name="key">At least 0; up to 127 it takes one byte.</param>
    /// <exception cref="ArgumentOutOfRangeException">The key is negative.</exception>
    public PayloadKeyAttribute(int key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(key);
        Key = key;
    }

    /// <summary>The key, unique within the type.</summary>
    public int Key { get; }
}
