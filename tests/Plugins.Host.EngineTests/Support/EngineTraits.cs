namespace Plugins.Host.EngineTests.Support;

/// <summary>
/// What engines may do differently. Each is tested both ways; whatever is not here is the same for all.
/// </summary>
internal sealed record EngineTraits
{
    /// <summary>Fuel is what docs/limits.md says, to the unit; otherwise only more work costs more.</summary>
    internal bool FuelIsExact { get; init; } = true;

    /// <summary>A refused <c>memory.grow</c> is told to the host; otherwise only the guest learns of it.</summary>
    internal bool TellsRefusedGrowth { get; init; } = true;

    /// <summary>Calls nest as deep as each instance's limits say; otherwise the engine has one stack limit.</summary>
    internal bool CountsCallDepth { get; init; } = true;

    /// <summary>Tables share their elements as they grow; otherwise each has its part from the beginning.</summary>
    internal bool CountsTablesTogether { get; init; } = true;

    /// <summary>It tells how each function is run; otherwise all are run alike.</summary>
    internal bool TellsFunctions { get; init; } = true;

    /// <summary>It compiles what can be compiled; otherwise it interprets.</summary>
    internal bool Compiles { get; init; } = true;

    /// <summary>Any state can be captured; otherwise only the one right after instantiation.</summary>
    internal bool CapturesAnyState { get; init; } = true;
}
