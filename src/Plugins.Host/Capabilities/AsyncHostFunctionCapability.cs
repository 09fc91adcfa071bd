using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;

namespace Plugins.Host.Capabilities;

/// <summary>An asynchronous function that the application registered.</summary>
internal sealed class AsyncHostFunctionCapability : Capability
{
    private readonly AsyncHostFunction _function;

    internal AsyncHostFunctionCapability(string name, string permission, AsyncHostFunction function)
        : base(name, permission) => _function = function;

    internal override bool MayWait(HostEnvironment environment) => true;

    internal override CapabilityStatus Invoke(CallState call, ReadOnlySpan<byte> request, ResultBuffer result)
    {
        // Guest memory cannot be lent to a task. The copy is lent again only after success: what failed, or was left
        // behind, may still read it.
        var copy = call.Requests.Take(request);
        var status = call.Await(
            (Function: _function, call.Context, Request: copy, Result: result),
            static (s, cancellation) => s.Function(s.Context, s.Request, s.Result, cancellation));
        call.Requests.Give(copy);
        return status;
    }
}
