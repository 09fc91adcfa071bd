using System.Buffers.Binary;
using System.Text;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;

namespace Plugins.Host.Capabilities.Variables;

/// <summary>Base of the variable capabilities: keys, their scope, and waiting for the store.</summary>
/// <remarks>A request lies in guest memory, and a store may wait, so stores get copies.</remarks>
internal abstract class VariableCapability(string name, string permission) : Capability(name, permission)
{
    private const int MaximumKeyBytes = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    internal sealed override CapabilityStatus Invoke(
        CallState call, ReadOnlySpan<byte> request, ResultBuffer result)
    {
        var key = ReadKey(ref request);
        if (!call.Definition.Grant.ScopeOf(Permission!).CoversKey(key) || !IsAllowedBesides(call, key))
        {
            return CapabilityStatus.Denied;
        }

        var variable = new VariableKey(call.Tenant, call.Definition.VariableOwner, key);
        return Invoke(call, variable, request, result);
    }

    internal sealed override bool MayWait(HostEnvironment environment) =>
        environment.Variables is not MemoryVariableStore;

    /// <summary>Where the key is the whole request; else its length comes first and a value after it.</summary>
    private protected virtual bool HasValue => false;

    /// <summary>True if what the capability needs beyond <see cref="Capability.Permission"/> covers the key.</summary>
    private protected virtual bool IsAllowedBesides(CallState call, string key) => true;

    private protected abstract CapabilityStatus Invoke(
        CallState call, VariableKey key, ReadOnlySpan<byte> rest, ResultBuffer result);

    private protected static CapabilityStatus Translate(VariableWriteResult result) => result switch
    {
        VariableWriteResult.Written => CapabilityStatus.Success,
        VariableWriteResult.ValueTooLarge => CapabilityStatus.TooLarge,
        VariableWriteResult.StoreFull => throw new GuestVisibleException("There is no room for more variables."),
        _ => throw new InvalidOperationException($"The variable store gave {result} for a plain write."),
    };

    /// <summary>Takes a u32 length and that many bytes off the front of the request.</summary>
    private protected static ReadOnlySpan<byte> TakeBlock(ref ReadOnlySpan<byte> request, uint length)
    {
        if (length > request.Length)
        {
            throw new GuestVisibleException("A length in the request is larger than the request.");
        }

        var block = request[..(int)length];
        request = request[(int)length..];
        return block;
    }

    private protected static uint TakeLength(ref ReadOnlySpan<byte> request) =>
        BinaryPrimitives.ReadUInt32LittleEndian(TakeBlock(ref request, sizeof(uint)));

    private string ReadKey(ref ReadOnlySpan<byte> request)
    {
        var length = HasValue ? TakeLength(ref request) : (uint)request.Length;
        var bytes = TakeBlock(ref request, length);
        if (bytes.Length is 0 or > MaximumKeyBytes)
        {
            throw new GuestVisibleException($"A key has 1 to {MaximumKeyBytes} bytes.");
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new GuestVisibleException("The key is not UTF-8.");
        }
    }
}
