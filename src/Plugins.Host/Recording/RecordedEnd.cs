using Plugins.Host.Errors;

namespace Plugins.Host.Recording;

/// <summary>The last line of a recording: how the call ended.</summary>
internal sealed record RecordedEnd
{
    public required PluginErrorCode End { get; init; }

    /// <summary>Whether it was refused memory before, which not every engine tells.</summary>
    public required bool LacksMemory { get; init; }

    /// <summary>Whether a memory budget refused it pages, and nobody knows which growth asked for them.</summary>
    public required bool BudgetRefused { get; init; }

    /// <summary>The growths that a memory budget refused, by their numbers in order; null for none.</summary>
    public IReadOnlyList<int>? RefusedGrowths { get; init; }

    public required TrapCode Trap { get; init; }

    public required int ExitCode { get; init; }

    /// <summary>What the guest wrote as its error text.</summary>
    public string? Message { get; init; }

    public required long OutputBytes { get; init; }

    public required string OutputSha256 { get; init; }

    public required long Fuel { get; init; }
}
