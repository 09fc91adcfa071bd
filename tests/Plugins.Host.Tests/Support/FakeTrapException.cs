using Plugins.Host.Engines;
using Plugins.Host.Errors;

namespace Plugins.Host.Tests.Support;

internal sealed class FakeTrapException(EngineFaultKind kind) : Exception
{
    internal EngineFault Fault { get; } = new()
    {
        Kind = kind,
        Reason = "fake " + kind,
        Trap = kind == EngineFaultKind.Trap ? TrapCode.IntegerDivideByZero : TrapCode.None,
        Offset = 77,
        Backtrace = [new GuestFrame(3, "in\u001bner")],
    };
}
