using Plugins.Pdk.Runtime;
using Plugins.Pdk.Wire;

namespace Plugins.Pdk;

/// <summary>Values that the host keeps for this plugin between calls.</summary>
/// <remarks>
/// Safe for use by many threads, each with its own runtime. A key has 1 to 256 bytes in UTF-8. Needs the permissions
/// <c>variables.read</c> and <c>variables.write</c>.
/// </remarks>
public static class Variables
{
    /// <summary>The value of a key, or null when it has none.</summary>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    [UsesCapability(CapabilityNames.VariablesRead)]
    public static byte[]? Read(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            return HostCall.Invoke(
                CapabilityNames.VariablesRead, Utf8Text.Encode(key), CapabilityImports.VariablesRead).ToArray();
        }
        catch (HostCallException exception) when (exception.Reason == HostCallReason.NotFound)
        {
            return null;
        }
    }

    /// <summary>The value of a key as text, or null when it has none.</summary>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    /// <exception cref="InvalidTextException">The value is not UTF-8.</exception>
    [UsesCapability(CapabilityNames.VariablesRead)]
    public static string? ReadText(string key) => Read(key) is byte[] value ? Utf8Text.Decode(value) : null;

    /// <summary>Sets the value of a key.</summary>
    /// <exception cref="HostCallException">It was not written.</exception>
    [UsesCapability(CapabilityNames.VariablesWrite)]
    public static void Write(string key, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[] request = VariableRequest.Write(key, value);
        HostCall.Invoke(CapabilityNames.VariablesWrite, request, CapabilityImports.VariablesWrite);
    }

    /// <summary>Sets the value of a key to text, as UTF-8.</summary>
    /// <exception cref="HostCallException">It was not written.</exception>
    [UsesCapability(CapabilityNames.VariablesWrite)]
    public static void Write(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Write(key, Utf8Text.Encode(value));
    }

    /// <summary>Removes a key; succeeds also for a key that has no value.</summary>
    /// <exception cref="HostCallException">It was not removed.</exception>
    [UsesCapability(CapabilityNames.VariablesDelete)]
    public static void Delete(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        HostCall.Invoke(CapabilityNames.VariablesDelete, Utf8Text.Encode(key), CapabilityImports.VariablesDelete);
    }

    /// <summary>Sets the value of a key if it equals the expected one, and returns whether it did.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expected">What the value must be; null: absent.</param>
    /// <param name="value">What it becomes.</param>
    /// <param name="present">The value that was there instead, empty when none was or when the value was set.</param>
    /// <exception cref="HostCallException">The host did not answer.</exception>
    [UsesCapability(CapabilityNames.VariablesCompareExchange)]
    public static bool CompareExchange(string key, byte[]? expected, ReadOnlySpan<byte> value, out byte[] present)
    {
        ArgumentNullException.ThrowIfNull(key);
        HostReply reply = HostCall.Invoke(
            CapabilityNames.VariablesCompareExchange,
            VariableRequest.CompareExchange(key, expected, value),
            CapabilityImports.VariablesCompareExchange);
        byte[] answer = reply.ToArray();
        bool written = answer is [1, ..];
        present = written || answer.Length == 0 ? [] : answer[1..];
        return written;
    }
}
