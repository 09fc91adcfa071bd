using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Host.Capabilities;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Host.Logging;
using Plugins.Host.Wasi;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Signing;
using Plugins.Wasm;

namespace Plugins.Host.Loading;

/// <summary>
/// Makes a definition out of bytes: verify, grant, compile, check the contract. No guest code runs here.
/// </summary>
internal sealed partial class PluginLoader
{
    private readonly HostEnvironment _environment;
    private readonly CapabilityCatalog _catalog;
    private readonly ManifestVerifier? _verifier;
    private readonly bool _allowsUnsigned;
    private readonly PermissionCeiling _permissions;
    private readonly PluginLimits _defaultLimits;
    private readonly PluginLimits _maximumLimits;
    private readonly ModuleLimits _moduleLimits;
    private readonly FrozenSet<string>? _features;
    private readonly PluginWasiOptions _wasi;

    internal PluginLoader(PluginHostOptions options, HostEnvironment environment)
    {
        _environment = environment;
        _catalog = new CapabilityCatalog(options.Functions);
        _verifier = options.TrustPolicy is null ? null : new ManifestVerifier(
            options.TrustPolicy,
            options.TimeProvider,
            new ManifestVerificationOptions { Audience = [.. options.Audience] });
        _allowsUnsigned = options.AllowUnsigned;
        _permissions = options.Permissions;
        _defaultLimits = options.DefaultLimits;
        _maximumLimits = options.MaximumLimits;
        _moduleLimits = options.ModuleLimits;
        _wasi = options.Wasi;
        _features = options.Features?.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Bytes that a module may have.</summary>
    internal long MaximumModuleBytes => _moduleLimits.ModuleBytes;

    internal PluginDefinition Load(
        ImmutableArray<byte> module,
        ReadOnlySpan<byte> signatureFile,
        PluginLoadOptions options,
        CancellationToken cancellationToken)
    {
        var verified = Verify(module, signatureFile);
        RequireExpected(verified.Manifest, options);
        if (options.ExpectedId is null && options.Configuration.Count > 0)
        {
            Log.SettingsForAnyPlugin(_environment.Logger, verified.Manifest.Id, options.Configuration.Count);
        }

        return Define(
            verified.Manifest,
            options,
            verified,
            () => Compile(module, verified.Manifest, options, cancellationToken),
            cancellationToken);
    }

    private static void RequireExpected(PluginManifest manifest, PluginLoadOptions options)
    {
        var isExpected = (options.ExpectedId ?? manifest.Id) == manifest.Id
            && options.ExpectedVersion?.Contains(manifest.Version) is null or true;
        if (!isExpected)
        {
            throw new PluginIdentityException(
                manifest.Id, manifest.Version, options.ExpectedId ?? manifest.Id, options.ExpectedVersion);
        }
    }

    private VerifiedManifest Verify(ImmutableArray<byte> module, ReadOnlySpan<byte> signatureFile)
    {
        if (_verifier is null)
        {
            throw new PluginSignatureException(ManifestErrorCode.UnknownKey, "the host has no trust policy.");
        }

        try
        {
            return _verifier.Verify(module.AsSpan(), signatureFile);
        }
        catch (ManifestException exception) when (exception.Code is ManifestErrorCode.MalformedManifest
            or ManifestErrorCode.UnknownCritical or ManifestErrorCode.UnsupportedPredicate)
        {
            throw new PluginManifestException(null, ManifestProblem.Format, exception.Message, exception);
        }
        catch (ManifestException exception)
        {
            throw new PluginSignatureException(exception.Code, exception.Message, exception);
        }
    }

    private PluginDefinition Define(
        PluginManifest manifest,
        PluginLoadOptions options,
        VerifiedManifest? verified,
        Func<TimedModule> compile,
        CancellationToken cancellationToken)
    {
        LoadingRules.RequireSupported(manifest, _environment.Engine, _features);
        var grant = DecideGrant(manifest, options, verified?.Publisher.Ceiling);
        var configuration = Configure(manifest, options);
        var limits = PluginLimits.Decide(manifest.Limits, _defaultLimits, _maximumLimits);
        var compiled = compile();
        var contract = new ModuleContract(manifest, compiled.Module);
        contract.CheckExports(limits);
        var capabilities = contract.Bind(grant, _catalog);
        var functions = contract.WasiFunctions;
        var wasi = functions.IsEmpty
            ? null
            : new WasiGrant(grant, options.Wasi ?? _wasi, _environment, contract.IsCommand, functions);
        return new PluginDefinition
        {
            Environment = _environment,
            Manifest = manifest,
            Signers = verified?.Signers ?? [],
            TrustExpiry = verified?.TrustExpiry,
            CompilationDuration = compiled.Duration + WarmUp(compiled.Module, options, cancellationToken),
            Grant = grant,
            Tenants = TenantBinding.Of(options),
            Limits = limits,
            Budget = new GuestBudget(limits.Fuel, limits.WallTime, _environment.ToTimestamps(limits.WallTime)),
            Module = compiled.Module,
            Sources = _environment.ShowsSources
                ? new GuestSources(compiled.Module, options.SourceMap.ToArray())
                : null,
            Configuration = configuration,
            Capabilities = capabilities,
            MayWait = wasi is { MayWait: true }
                || capabilities.Any(binding => binding.Capability?.MayWait(_environment) == true),
            Wasi = wasi,
            Abandoned = new AbandonedOperations(
                manifest.Id.ToString(), _environment.MaximumAbandonedOperations, _environment.Abandoned),
            HttpTransports = _environment.Http.CreateTransports(),
            Functions = manifest.Functions
                .Select((function, index) => new FunctionEntry(function, index))
                .ToFrozenDictionary(function => function.Name, StringComparer.Ordinal),
            GuestLogger = GuardedLogger.Create(_environment.Loggers, Log.GuestCategoryPrefix + manifest.Id),
            HasInitialize = contract.HasInitialize,
            AcceptsFrozenInitialization = options.AcceptFrozenInitialization,
            InitializesAtLoad = options.InitializesAtLoad,
            CanonicalizesNaNs = options.CanonicalizesNaNs,
        };
    }

    private EffectiveGrant DecideGrant(
        PluginManifest manifest, PluginLoadOptions options, PermissionCeiling? publisher)
    {
        var grant = EffectiveGrant.Decide(
            manifest.Permissions,
            (PermissionLayer.Publisher, publisher ?? PermissionCeiling.Anything),
            (PermissionLayer.Application, _permissions),
            (PermissionLayer.Tenant, options.Permissions));
        foreach (var request in manifest.Permissions)
        {
            if (request.Required && !_catalog.OffersPermission(request.Name))
            {
                throw new PluginGrantException(manifest.Id, request.Name);
            }
        }

        ImmutableArray<PermissionDecision> missing = [.. grant.Missing];
        return missing.IsEmpty ? grant : throw new PluginGrantException(manifest.Id, missing);
    }

    private static FrozenDictionary<string, byte[]> Configure(PluginManifest manifest, PluginLoadOptions options)
    {
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var setting in manifest.Config)
        {
            if ((options.Configuration.GetValueOrDefault(setting.Key) ?? setting.Default) is { } value)
            {
                values[setting.Key] = Encoding.UTF8.GetBytes(value);
            }
            else if (setting.Required)
            {
                throw new PluginConfigurationException(manifest.Id, setting.Key);
            }
        }

        return values.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private TimedModule Compile(
        ImmutableArray<byte> module,
        PluginManifest manifest,
        PluginLoadOptions options,
        CancellationToken cancellationToken) => Time(() => LoadingRules.Compile(
            _environment.Engine, module, EngineOptionsOf(options), manifest, cancellationToken));

    private TimedModule Time(Func<IEngineModule> compile)
    {
        var start = _environment.Clock.Now;
        var compiled = compile();
        return new TimedModule(compiled, _environment.Clock.Between(start, _environment.Clock.Now));
    }

    private EngineModuleOptions EngineOptionsOf(PluginLoadOptions options) => new()
    {
        Limits = _moduleLimits,
        Features = _features,
        MeterFuel = _environment.MetersFuel,
        CanonicalizesNaNs = options.CanonicalizesNaNs,
        Mode = options.Mode,
        Progress = options.CompilationProgress,
    };

    /// <summary>Compiles ahead of the first instance, where that is wanted, and tells how long it took.</summary>
    private TimeSpan WarmUp(IEngineModule module, PluginLoadOptions options, CancellationToken cancellationToken)
    {
        var start = _environment.Clock.Now;
        if (options.WarmUp)
        {
            module.WarmUpAsync(options.CompilationProgress, cancellationToken).GetAwaiter().GetResult();
        }

        return _environment.Clock.Between(start, _environment.Clock.Now);
    }
}
