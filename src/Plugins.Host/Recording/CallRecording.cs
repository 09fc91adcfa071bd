using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Manifest;

namespace Plugins.Host.Recording;

/// <summary>A call that was recorded: input, the answers of capabilities, and how it ended.</summary>
/// <remarks>
/// <para>Immutable and safe for use by many threads. It holds what the guest was given and what it asked for: treat it
/// like the data of the call. Values of settings that the manifest calls secret are not in it, nor those of secret
/// headers of <c>http.send</c>, nor credentials that the host adds to its requests.</para>
/// <para>docs/replay.md has the format.</para>
/// </remarks>
public sealed partial class CallRecording
{
    internal CallRecording(RecordedHead head, IReadOnlyList<RecordedCall> calls, RecordedEnd end)
    {
        Head = head;
        Calls = calls;
        End = end;
        Plugin = PluginId.Parse(head.Plugin);
        PluginVersion = SemanticVersion.Parse(head.PluginVersion);
        ModuleDigest = Sha256Digest.Parse(head.Module);
    }

    /// <summary>The plugin that was called; only its module's digest binds the recording to it.</summary>
    public PluginId Plugin { get; }

    /// <summary>The plugin's version.</summary>
    public SemanticVersion PluginVersion { get; }

    /// <summary>SHA-256 of the module; no other replays the call.</summary>
    public Sha256Digest ModuleDigest { get; }

    /// <summary>The function that was called.</summary>
    public string Function => Head.Function;

    /// <summary>The engine that ran it, by <see cref="Engines.IPluginEngine.Name"/>.</summary>
    public string Engine => Head.Engine;

    /// <summary>The engine's version.</summary>
    public string EngineVersion => Head.EngineVersion;

    /// <summary>The code of the failure that the call ended with.</summary>
    /// <value><see cref="PluginErrorCode.None"/> where it succeeded.</value>
    public PluginErrorCode Outcome => !End.LacksMemory ? End.End
        : RefusesGrowths ? PluginErrorCode.MemoryBudget
        : PluginErrorCode.MemoryLimit;

    /// <summary>The fuel that the call used; 0 where the host did not meter it.</summary>
    public long FuelConsumed => End.Fuel;

    /// <summary>How many answers of capabilities are recorded.</summary>
    public int CapabilityCalls => Calls.Count;

    /// <summary>Whether the call can be replayed.</summary>
    /// <value>
    /// False where the clock or an application's stream ended it, or a memory budget refused it memory on an engine
    /// that does not tell when: nothing repeats that. What one refused on the embedded engine is replayed there alone.
    /// </value>
    public bool IsReplayable => !End.BudgetRefused && End.End
        is not (PluginErrorCode.TimeLimit or PluginErrorCode.InputStream or PluginErrorCode.OutputStream
        or PluginErrorCode.NestingLimit or PluginErrorCode.AbandonedOperationLimit or PluginErrorCode.MemoryBudget);

    /// <summary>The limits that a plugin needs to replay the call.</summary>
    /// <param name="limits">Limits to start from.</param>
    /// <returns>The same, with those that a guest can notice as they were, and no less fuel than then.</returns>
    /// <remarks>
    /// Anybody may have written the recording: see that they are <see cref="PluginLimits.IsWithin"/> what you allow.
    /// </remarks>
    public PluginLimits ApplyLimits(PluginLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return Head.Limits.Apply(limits) with { Fuel = Math.Max(limits.Fuel, Head.Fuel) };
    }

    /// <summary>Whether the growths that a budget refused are known.</summary>
    internal bool RefusesGrowths => End.RefusedGrowths is { Count: > 0 };

    internal RecordedHead Head { get; }

    internal IReadOnlyList<RecordedCall> Calls { get; }

    internal RecordedEnd End { get; }
}
