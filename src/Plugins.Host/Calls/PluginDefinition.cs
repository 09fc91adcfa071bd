using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Plugins.Host.Abi;
using Plugins.Host.Budgets;
using Plugins.Host.Calls.Admission;
using Plugins.Host.Calls.Exchange;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Capabilities;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Trust;
using Plugins.Wasm.Types;

namespace Plugins.Host.Calls;

/// <summary>What all instances of a loaded plugin share; immutable but for what it counts.</summary>
internal sealed class PluginDefinition
{
    private int _waitingForQuotas;
    private ICallGuard? _guard;
    private uint _initialPages;

    internal required HostEnvironment Environment { get; init; }

    internal required PluginManifest Manifest { get; init; }

    /// <summary>The keys that signed it; none where nobody did.</summary>
    internal required IReadOnlyList<TrustedKey> Signers { get; init; }

    /// <summary>When it will be refused by the dates of its manifest and keys; null where none ends it.</summary>
    internal required TrustExpiry? TrustExpiry { get; init; }

    /// <summary>True if a publisher vouches for it; else anybody may have chosen its id.</summary>
    internal bool IsSigned => Signers.Count > 0;

    /// <summary>Time that the engine took to compile it, or to find that it had.</summary>
    internal required TimeSpan CompilationDuration { get; init; }

    /// <summary>Whose variables it sees.</summary>
    internal string VariableOwner => field ??= VariableKey.OwnerOf(Manifest.Id, IsSigned);

    internal required EffectiveGrant Grant { get; init; }

    /// <summary>For whom the grant was decided.</summary>
    internal required TenantBinding Tenants { get; init; }

    internal required PluginLimits Limits { get; init; }

    internal required IEngineModule Module { get; init; }

    /// <summary>The lines of its source; null where the host's options want none.</summary>
    internal required GuestSources? Sources { get; init; }

    internal required FrozenDictionary<string, byte[]> Configuration { get; init; }

    /// <summary>One for each function the module imports from the host's module.</summary>
    internal required ImmutableArray<CapabilityBinding> Capabilities { get; init; }

    /// <summary>True if its calls may wait for answers of the application's that take time without work.</summary>
    internal required bool MayWait { get; init; }

    /// <summary>What its calls have left running.</summary>
    internal required AbandonedOperations Abandoned { get; init; }

    /// <summary>Its connections, which the plugin disposes.</summary>
    internal required HttpTransportPool HttpTransports { get; init; }

    internal required FrozenDictionary<string, FunctionEntry> Functions { get; init; }

    /// <summary>What it has where it uses WASI; null where it does not.</summary>
    internal required WasiGrant? Wasi { get; init; }

    /// <summary>True if it is a program, whose one function returns nothing.</summary>
    internal bool IsCommand => Manifest.Abi == AbiNames.WasiCommand;

    internal required ILogger GuestLogger { get; init; }

    internal required bool HasInitialize { get; init; }

    internal required bool AcceptsFrozenInitialization { get; init; }

    /// <summary>Whether the first instance is made at load.</summary>
    internal required bool InitializesAtLoad { get; init; }

    /// <summary>Whether results of arithmetic are the same on every machine, so that calls can be replayed.</summary>
    internal required bool CanonicalizesNaNs { get; init; }

    /// <summary>The budget of a run whose caller sets none.</summary>
    internal required GuestBudget Budget { get; init; }

    /// <summary>The id for what is told of each call.</summary>
    internal string IdText => field ??= Manifest.Id.ToString();

    /// <inheritdoc cref="IdText"/>
    internal string VersionText => field ??= Manifest.Version.ToString();

    internal bool MetersFuel => Environment.MetersFuel;

    /// <summary>Its account in the memory budgets; null where there are none.</summary>
    internal PluginMemory? Memory => field ??= Environment.Memory?.Of(VariableOwner, IdText);

    /// <summary>Pages that an instance begins with, as far as is known.</summary>
    internal uint InitialPages => Math.Max(Volatile.Read(ref _initialPages), DeclaredPages);

    internal void LearnInitialPages(uint pages) => Volatile.Write(ref _initialPages, pages);

    private uint DeclaredPages => field > 0 ? field : field = Module.Exports
        .Select(export => export.Type).OfType<MemoryType>()
        .Select(memory => (uint)Math.Min(memory.Limits.Minimum, uint.MaxValue)).FirstOrDefault();

    /// <summary>Lets calls begin; null where all may.</summary>
    internal ICallGuard? Guard
    {
        get => Volatile.Read(ref _guard);
        set => Volatile.Write(ref _guard, value);
    }

    /// <summary>Calls that wait for a place in a quota.</summary>
    internal int WaitingForQuotas => Volatile.Read(ref _waitingForQuotas);

    internal void CountWaiting(int by) => Interlocked.Add(ref _waitingForQuotas, by);

    /// <summary>How long a call waits for an instance, or for a thread.</summary>
    internal TimeSpan PatienceOf(PluginCallOptions? options)
    {
        var ofCall = GuestBudget.For(this, options).WallTime;
        return Environment.MaximumInstanceWait ?? ofCall;
    }

    /// <summary>Refuses to run guest code within too many calls, or after calls that left too much running.</summary>
    internal void Admit(PluginPhase phase, string? function)
    {
        RequireDepth(phase, function);
        if (Abandoned.Count is var left && left >= Abandoned.Maximum)
        {
            throw new PluginLimitException(
                PluginErrorCode.AbandonedOperationLimit,
                new FailureSite(phase, Manifest.Id, function, null),
                Abandoned.Maximum,
                left + 1L);
        }
    }

    /// <summary>Refuses to record or replay a call that might not be the same again.</summary>
    /// <exception cref="InvalidOperationException">It might not.</exception>
    internal void RequireRecordable(bool beginsAnew)
    {
        if (!beginsAnew)
        {
            throw new InvalidOperationException(
                "Calls of a session cannot be recorded, as its state is not: call the plugin.");
        }

        if (Wasi is not null)
        {
            throw new InvalidOperationException(
                "The plugin imports WASI, whose answers are not part of recordings.");
        }

        if (!CanonicalizesNaNs)
        {
            throw new InvalidOperationException(
                $"The plugin was loaded without {nameof(PluginLoadOptions.CanonicalizesNaNs)}, "
                + "so its calls might give something else on another machine.");
        }
    }

    internal EngineLimits EngineLimits => field ??= new EngineLimits(
        (uint)Limits.MemoryPages, (uint)Limits.TableElements, Limits.StackBytes, Limits.CallDepth);

    // Within too many calls, or on what they leave of the thread's stack.
    private void RequireDepth(PluginPhase phase, string? function)
    {
        var (depth, maximum) = (CallNesting.Current, Environment.MaximumNesting);
        if (depth > 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            maximum = Math.Min(depth, maximum);
        }

        if (depth >= maximum)
        {
            throw new PluginLimitException(
                PluginErrorCode.NestingLimit, new FailureSite(phase, Manifest.Id, function, null), maximum, depth + 1L);
        }
    }
}
