using System.Collections.ObjectModel;
using Plugins.Wasi;

namespace Plugins.Host.Wasi;

/// <summary>What an application offers plugins that use WASI; of it, they get what they are granted.</summary>
/// <remarks>
/// Offering grants nothing. The clock and randomness of such plugins are those of <c>clock.now</c> and
/// <c>random.bytes</c>: <see cref="PluginHostOptions.GuestTimeProvider"/> and
/// <see cref="PluginHostOptions.RandomNumberGenerator"/>. Immutable.
/// </remarks>
public sealed record PluginWasiOptions
{
    /// <summary>Creates options that offer no directories, arguments and variables.</summary>
    public PluginWasiOptions()
    {
    }

    /// <summary>Directories, by the paths that guests know them by; <c>wasi.files</c> grants them.</summary>
    /// <value>Empty.</value>
    /// <remarks>One that is granted only to be read is given so, whatever it is here.</remarks>
    public IReadOnlyList<WasiDirectory> Directories { get; init; } = [];

    /// <summary>Arguments, the program's name first; <c>wasi.arguments</c> grants them.</summary>
    /// <value>Empty. <see cref="PluginCallOptions.Arguments"/> are those of one call.</value>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables of the environment; <c>wasi.environment</c> grants them by name.</summary>
    /// <value>Empty: nothing of the application's own environment is ever offered by itself.</value>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Standard input; <c>wasi.streams</c> grants it as <c>stdin</c>.</summary>
    /// <value>Null: the input of the call for programs, <see cref="PluginWasiStream.Nothing"/> for others.</value>
    public PluginWasiStream? StandardInput { get; init; }

    /// <summary>Standard output; <c>wasi.streams</c> grants it as <c>stdout</c>.</summary>
    /// <value>Null: the output of the call for programs, the log for others.</value>
    public PluginWasiStream? StandardOutput { get; init; }

    /// <summary>Standard error; <c>wasi.streams</c> grants it as <c>stderr</c>.</summary>
    /// <value>Null: the log.</value>
    public PluginWasiStream? StandardError { get; init; }

    /// <summary>Limits for what one call or session does with files.</summary>
    /// <value>New <see cref="WasiQuota"/>.</value>
    public WasiQuota Quota { get; init; } = new();
}
