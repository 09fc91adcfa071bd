using Plugins.Host.Calls.Admission;

namespace Plugins.Host.Catalog.Circuits;

/// <summary>A call that began while its circuit was closed, which lets all through: only its end is told.</summary>
/// <remarks>One for all such calls, so that they make none.</remarks>
internal sealed class ClosedCircuitTicket(PluginCircuit circuit) : ICallTicket
{
    public void End(Exception? failure)
    {
        if (circuit.Judge(failure) is { } isFailure)
        {
            circuit.Tell(isFailure);
        }
    }
}
