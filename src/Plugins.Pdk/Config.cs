using Plugins.Pdk.Runtime;
using Plugins.Pdk.Wire;

namespace Plugins.Pdk;

/// <summary>Configuration values from the operator, for the keys that the manifest lists.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class Config
{
    /// <summary>The value of a key, or null when it has none.</summary>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    [UsesCapability(CapabilityNames.ConfigRead)]
    public static byte[]? Read(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            return HostCall.Invoke(CapabilityNames.ConfigRead, Utf8Text.Encode(key), CapabilityImports.ConfigRead)
                .ToArray();
        }
        catch (HostCallException exception) when (exception.Reason == HostCallReason.NotFound)
        {
            return null;
        }
    }

    /// <summary>The value of a key as text, or null when it has none.</summary>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    /// <exception cref="InvalidTextException">The value is not UTF-8.</exception>
    [UsesCapability(CapabilityNames.ConfigRead)]
    public static string? ReadText(string key) => Read(key) is byte[] value ? Utf8Text.Decode(value) : null;
}
