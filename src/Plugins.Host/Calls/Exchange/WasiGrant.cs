using System.Collections.Immutable;
using Plugins.Host.Wasi;
using Plugins.Manifest.Permissions;
using Plugins.Wasi;

namespace Plugins.Host.Calls.Exchange;

/// <summary>What a plugin that uses WASI has of what the application offers.</summary>
internal sealed class WasiGrant
{
    private const string StandardInputName = "stdin";
    private const string StandardOutputName = "stdout";
    private const string StandardErrorName = "stderr";

    private readonly WasiOptions _options;
    private readonly bool _hasArguments;

    internal WasiGrant(
        EffectiveGrant grant,
        PluginWasiOptions offered,
        HostEnvironment environment,
        bool isCommand,
        ImmutableArray<WasiFunction> functions)
    {
        Functions = functions;
        _hasArguments = grant.IsGranted(PermissionNames.WasiArguments);
        var variables = grant.ScopeOf(PermissionNames.WasiEnvironment);
        var files = grant.ScopeOf(PermissionNames.WasiFiles);
        _options = new WasiOptions
        {
            Arguments = _hasArguments ? offered.Arguments : [],
            Environment = [.. offered.Environment.Where(variable => variables.CoversName(variable.Key))],
            Directories = [.. offered.Directories.Select(given => Within(files, given)).OfType<WasiDirectory>()],
            Clock = grant.IsGranted(PermissionNames.ClockNow) ? environment.GuestTime : null,
            Random = grant.IsGranted(PermissionNames.RandomBytes) ? environment.Random : null,
            Quota = offered.Quota,
        };
        var streams = grant.ScopeOf(PermissionNames.WasiStreams);
        PluginWasiStream Granted(string name, PluginWasiStream stream) =>
            streams.CoversName(name) ? stream : PluginWasiStream.Nothing;
        StandardInput = Granted(
            StandardInputName, offered.StandardInput ?? (isCommand ? PluginWasiStream.Call : PluginWasiStream.Nothing));
        StandardOutput = Granted(
            StandardOutputName, offered.StandardOutput ?? (isCommand ? PluginWasiStream.Call : PluginWasiStream.Log));
        StandardError = Granted(StandardErrorName, offered.StandardError ?? PluginWasiStream.Log);
    }

    /// <summary>Those that the module imports.</summary>
    internal ImmutableArray<WasiFunction> Functions { get; }

    internal PluginWasiStream StandardInput { get; }

    internal PluginWasiStream StandardOutput { get; }

    internal PluginWasiStream StandardError { get; }

    /// <summary>True if its guest may wait for something outside it.</summary>
    internal bool MayWait => Functions.Any(function => function.Name is "poll_oneoff")
        || StandardInput.Stream is not null || StandardOutput.Stream is not null || StandardError.Stream is not null;

    internal WasiOptions OptionsOf(PluginCallOptions call) =>
        _hasArguments && call.Arguments is { } arguments ? _options with { Arguments = arguments } : _options;

    private static WasiDirectory? Within(PermissionScope files, WasiDirectory directory) =>
        !directory.IsReadOnly && files.CoversDirectory(directory.GuestPath, isReadOnly: false) ? directory
        : files.CoversDirectory(directory.GuestPath, isReadOnly: true) ? directory.AsReadOnly()
        : null;
}
