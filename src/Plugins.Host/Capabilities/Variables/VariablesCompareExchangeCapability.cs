using System.Buffers;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Variables;

/// <summary><c>variables.compare_exchange</c>: writes only where the present value is the expected one.</summary>
/// <remarks>
/// Request: u32 key length, key, u32 length of the expected value or 0xFFFFFFFF for absent, it, new value. It needs
/// both permissions for the key: it tells the present value, and even its success tells whether a guess was right.
/// </remarks>
internal sealed class VariablesCompareExchangeCapability()
    : VariableCapability("variables.compare_exchange", PermissionNames.VariablesWrite)
{
    private const uint Absent = 0xFFFF_FFFF;

    private protected override bool HasValue => true;

    private protected override bool IsAllowedBesides(CallState call, string key) =>
        call.Definition.Grant.ScopeOf(PermissionNames.VariablesRead).CoversKey(key);

    private protected override CapabilityStatus Invoke(
        CallState call, VariableKey key, ReadOnlySpan<byte> rest, ResultBuffer result)
    {
        var length = TakeLength(ref rest);
        var expected = length == Absent ? null : TakeBlock(ref rest, length).ToArray();
        var value = rest.ToArray();
        var store = call.Definition.Environment.Variables;
        var exchange = call.Await(cancellation => store.CompareExchangeAsync(key, expected, value, cancellation));
        if (exchange.Result != VariableWriteResult.Mismatch)
        {
            result.Write((ReadOnlySpan<byte>)[1]);
            return Translate(exchange.Result);
        }

        result.Write((ReadOnlySpan<byte>)[0]);
        result.Write(exchange.Present ?? []);
        return CapabilityStatus.Success;
    }
}
