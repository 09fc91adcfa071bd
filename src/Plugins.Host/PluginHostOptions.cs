using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Plugins.Host.Calls;
using Plugins.Host.Capabilities;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Engines;
using Plugins.Host.Limits;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;
using Plugins.Host.Wasi;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Trust;
using Plugins.Wasm;

namespace Plugins.Host;

/// <summary>Options of a host: trust, permissions, limits, and the services it runs on.</summary>
/// <remarks>
/// Fill it on one thread; a host reads it once, when it is made. Nothing in it is disposed by the host.
/// </remarks>
public sealed partial class PluginHostOptions
{
    private readonly Dictionary<string, Capability> _functions = new(StringComparer.Ordinal);

    /// <summary>Creates options that trust no publisher and allow nothing.</summary>
    public PluginHostOptions()
    {
    }

    /// <summary>Makes a copy that can be changed without changing the original, functions included.</summary>
    /// <param name="other">The original. Engine, stores, loggers and services are the same objects in both.</param>
    public PluginHostOptions(PluginHostOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        TrustPolicy = other.TrustPolicy;
        Audience = other.Audience;
        AllowUnsigned = other.AllowUnsigned;
        Permissions = other.Permissions;
        DefaultLimits = other.DefaultLimits;
        MaximumLimits = other.MaximumLimits;
        ModuleLimits = other.ModuleLimits;
        Features = other.Features;
        MaximumInstances = other.MaximumInstances;
        MaximumInstanceWait = other.MaximumInstanceWait;
        MaximumGuestThreads = other.MaximumGuestThreads;
        GuestThreadQueueLimit = other.GuestThreadQueueLimit;
        MaximumNesting = other.MaximumNesting;
        MaximumAbandonedOperations = other.MaximumAbandonedOperations;
        MemoryBudget = other.MemoryBudget;
        PluginMemoryBudget = other.PluginMemoryBudget;
        BudgetsOfSome = other.BudgetsOfSome;
        PluginQuota = other.PluginQuota;
        PluginQuotas = other.PluginQuotas;
        TenantQuota = other.TenantQuota;
        TenantQuotas = other.TenantQuotas;
        CallLimiter = other.CallLimiter;
        FuelLimiter = other.FuelLimiter;
        MeterFuel = other.MeterFuel;
        SourcePositions = other.SourcePositions;
        Engine = other.Engine;
        Variables = other.Variables;
        Http = other.Http;
        Wasi = other.Wasi;
        HttpCredentials = other.HttpCredentials;
        HostResolver = other.HostResolver;
        HttpHandler = other.HttpHandler;
        Payloads = other.Payloads;
        TimeProvider = other.TimeProvider;
        GuestTimeProvider = other.GuestTimeProvider;
        RandomNumberGenerator = other.RandomNumberGenerator;
        LoggerFactory = other.LoggerFactory;
        MeterFactory = other.MeterFactory;
        Services = other.Services;
        ConfigurationPath = other.ConfigurationPath;
        ConfigurationFaults = other.ConfigurationFaults;
        _functions = new Dictionary<string, Capability>(other._functions, StringComparer.Ordinal);
    }

    /// <summary>The trusted publishers and their keys.</summary>
    /// <value>Null: trusts no publisher, so that every signed plugin is refused.</value>
    public TrustPolicy? TrustPolicy { get; set; }

    /// <summary>Audience names this application accepts.</summary>
    /// <value>Empty: only plugins for any audience are loaded.</value>
    /// <remarks>Copied when it is set.</remarks>
    public IReadOnlyCollection<string> Audience { get; set => field = value is { } names ? [.. names] : value; } = [];

    /// <summary>True to allow unsigned plugins, on a developer's own machine.</summary>
    /// <value>False.</value>
    public bool AllowUnsigned { get; set; }

    /// <summary>Permissions that the application grants to plugins that ask for them.</summary>
    /// <value><see cref="PermissionCeiling.Nothing"/>.</value>
    public PermissionCeiling Permissions { get; set; } = PermissionCeiling.Nothing;

    /// <summary>Limits for a plugin whose manifest asks for none.</summary>
    /// <value><see cref="PluginLimits.Default"/>.</value>
    /// <remarks>Copied when it is set, so that options never change one another.</remarks>
    public PluginLimits DefaultLimits
    {
        get;
        set => field = value is { } limits ? limits with { } : value;
    } = PluginLimits.Default;

    /// <summary>The ceiling for the limits of every plugin, whatever its manifest asks for.</summary>
    /// <value><see cref="PluginLimits.DefaultCeiling"/>.</value>
    /// <remarks>Copied when it is set, so that options never change one another.</remarks>
    public PluginLimits MaximumLimits
    {
        get;
        set => field = value is { } limits ? limits with { } : value;
    } = PluginLimits.DefaultCeiling;

    /// <summary>Size limits for modules, checked before anything of that size is allocated.</summary>
    /// <value>16 MiB and 50,000 functions among others; docs/limits.md lists all.</value>
    /// <remarks>Copied when it is set, so that options never change one another.</remarks>
    public ModuleLimits ModuleLimits
    {
        get;
        set => field = value is { } limits ? limits with { } : value;
    } = DefaultModuleLimits;

    /// <summary>WebAssembly features that modules may use beyond its first version.</summary>
    /// <value>Null: all that the engine has, <see cref="IPluginEngine.Features"/>.</value>
    /// <remarks>
    /// Names are those of toolchains, such as <c>simd128</c>. A plugin that needs another one is refused, whichever
    /// engine runs it; names that the engine does not know allow nothing. Copied when it is set.
    /// </remarks>
    public IReadOnlyCollection<string>? Features
    {
        get;
        set => field = value is { } names ? [.. names] : value;
    }

    /// <summary>Maximum number of pooled instances per plugin, sessions not counted; further calls wait.</summary>
    /// <value>Four for each processor: guests keep processors busy, but wait for capabilities at times.</value>
    public int MaximumInstances { get; set; } = 4 * Environment.ProcessorCount;

    /// <summary>Time that a call waits for a free instance or thread, not counted against its own time.</summary>
    /// <value>
    /// Null: as long as the call may take. <see cref="Timeout.InfiniteTimeSpan"/> waits until it is cancelled or the
    /// plugin disposed, and zero not at all.
    /// </value>
    /// <remarks>Then the call fails with <see cref="Errors.PluginErrorCode.InstanceLimit"/>.</remarks>
    public TimeSpan? MaximumInstanceWait { get; set; }

    /// <summary>Maximum number of threads for asynchronous calls that may wait for the application.</summary>
    /// <value>128.</value>
    /// <remarks>
    /// <para>Such are calls with streams, and those of plugins that were granted an asynchronous function,
    /// <c>http.send</c>, or variables in a store other than <see cref="MemoryVariableStore"/>. A guest that waits keeps
    /// its thread, which is never one of the thread pool's. Further calls wait as for an instance, and then fail with
    /// <see cref="Errors.PluginErrorCode.GuestThreadLimit"/>.</para>
    /// <para>Threads are made when they are needed, and end when they had nothing to do for 20 seconds.</para>
    /// </remarks>
    public int MaximumGuestThreads { get; set; } = 128;

    /// <summary>Maximum number of calls that wait for a guest thread; further ones fail at once.</summary>
    /// <value>10,000.</value>
    /// <remarks>Zero: no call waits.</remarks>
    public int GuestThreadQueueLimit { get; set; } = 10_000;

    /// <summary>Maximum number of calls of plugins within one another, the outermost counted.</summary>
    /// <value>8.</value>
    /// <remarks>
    /// <para>A call is within another if code of the application makes it that runs for the other: a host function, a
    /// stream, a store. It is found wherever that code goes on, in other plugins and hosts too, as long as the
    /// <see cref="ExecutionContext"/> flows there. One call more fails with
    /// <see cref="Errors.PluginErrorCode.NestingLimit"/>.</para>
    /// <para>Calls of each depth have <see cref="MaximumGuestThreads"/> of their own.</para>
    /// </remarks>
    public int MaximumNesting { get; set; } = 8;

    /// <summary>Maximum number of operations that stopped calls of a plugin may leave running.</summary>
    /// <value>1,000.</value>
    /// <remarks>
    /// <para>A call ends at its deadline, or when it is cancelled, though a host function, a store, a stream or another
    /// piece of the application's code that it waits for does not. What goes on alone counts until it ends. New calls
    /// and sessions of the plugin fail with <see cref="Errors.PluginErrorCode.AbandonedOperationLimit"/> meanwhile;
    /// calls that run by then may leave more.</para>
    /// <para><see cref="PluginDiagnostics.AbandonedOperations"/> tells how many there are.</para>
    /// </remarks>
    public int MaximumAbandonedOperations { get; set; } = 1_000;

    /// <summary>True to meter guest code; otherwise fuel is neither limited nor counted.</summary>
    /// <value>True. The time limit holds in any case.</value>
    public bool MeterFuel { get; set; } = true;

    /// <summary>True to show lines of a guest's source in the backtraces of traps.</summary>
    /// <value>True. False: function names only.</value>
    /// <remarks>
    /// They come from a module's DWARF, or from a source map (<see cref="PluginLoadOptions.SourceMap"/>), read once for
    /// each plugin when it first traps, on the thread of the call. What that takes is bounded; docs/errors.md tells it.
    /// </remarks>
    public bool SourcePositions { get; set; } = true;

    /// <summary>The engine that runs the modules.</summary>
    /// <value>The embedded engine.</value>
    public IPluginEngine Engine { get; set; } = EmbeddedEngine.Instance;

    /// <summary>The store for the plugins' variables.</summary>
    /// <value>A <see cref="MemoryVariableStore"/> of this object's own.</value>
    public IVariableStore Variables { get; set; } = new MemoryVariableStore();

    /// <summary>Limits of <c>http.send</c>, and the private hosts that it may reach.</summary>
    /// <value>New <see cref="PluginHttpOptions"/>, which reach public addresses only.</value>
    /// <remarks>Copied when it is set, so that options never change one another.</remarks>
    public PluginHttpOptions Http
    {
        get;
        set => field = value is { } http ? http with { } : value;
    } = new();

    /// <summary>What plugins that use WASI are offered: directories, variables, streams.</summary>
    /// <value>New <see cref="PluginWasiOptions"/>, which offer the streams of calls only.</value>
    /// <remarks>Copied when it is set, so that options never change one another.</remarks>
    public PluginWasiOptions Wasi
    {
        get;
        set => field = value is { } wasi ? wasi with { } : value;
    } = new();

    /// <summary>The formats of typed calls; the first that accepts a media type is used.</summary>
    /// <value>JSON that knows no types; <see cref="UseJson(JsonSerializerContext)"/> puts yours before it.</value>
    public IReadOnlyList<IPayloadFormat> Payloads { get; set; } = [new JsonPayloadFormat()];

    /// <summary>The clock for time limits and for the dates of signatures.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The clock that guests read by <c>clock.now</c>.</summary>
    /// <value>Null: <see cref="TimeProvider"/>.</value>
    /// <remarks>Set it for guests that see a fixed, a coarse or a recorded time; limits do not go by it.</remarks>
    public TimeProvider? GuestTimeProvider { get; set; }

    /// <summary>The source of <c>random.bytes</c>; used by many threads at once.</summary>
    /// <value>The system's.</value>
    public RandomNumberGenerator RandomNumberGenerator { get; set; } = RandomNumberGenerator.Create();

    /// <summary>
    /// Receives the host's logs under <c>Plugins.Host</c> and guests' under <c>Plugins.Guest.&lt;id&gt;</c>.
    /// </summary>
    /// <value>None: nothing is logged.</value>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Makes the meter of <see cref="Telemetry.PluginTelemetry.MeterName"/>.</summary>
    /// <value>Null: the host makes one of its own, and disposes it.</value>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Services for host functions when a call brings none; each call that asks gets its own scope.</summary>
    /// <value>Null: only those that a call brings.</value>
    public IServiceProvider? Services { get; set; }

    private static ModuleLimits DefaultModuleLimits => new()
    {
        ModuleBytes = 16 << 20,
        Types = 10_000,
        Functions = 50_000,
        Imports = 1_000,
        Exports = 10_000,
        Globals = 10_000,
        Fields = 1_000,
        Tags = 1_000,
        Tables = 10,
        Memories = 8,
        DataSegments = 100_000,
        ElementSegments = 10_000,
        CustomSections = 1_000,
        TableElements = 100_000,
        FunctionBodyBytes = 1 << 20,
        Locals = 5_000,
        Parameters = 255,
        Results = 255,
        BranchTableTargets = 20_000,
        NestingDepth = 10_000,
        NameBytes = 10_000,
    };
}
