namespace Plugins.Host.Recording;

/// <summary>Options for a replay: where secrets come from, which no recording holds.</summary>
/// <remarks>Immutable and safe for use by many threads, as far as <see cref="Secrets"/> is.</remarks>
public sealed record CallReplayOptions
{
    /// <summary>Makes options that take secret settings from the plugin's configuration.</summary>
    public CallReplayOptions()
    {
    }

    /// <summary>Gives the result of a capability that was not recorded, by its name and the guest's request.</summary>
    /// <value>Null: there is none, but for settings, which the plugin was loaded with.</value>
    /// <remarks>
    /// Null as the result means that there is none: the replay ends with a <see cref="PluginReplayException"/>.
    /// Called on the thread of the replay.
    /// </remarks>
    public Func<string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>? Secrets { get; init; }

    /// <summary>True if the recorder of the call was told to hide more headers than those by default.</summary>
    /// <value>The names by default.</value>
    /// <remarks>The same as <see cref="CallRecorderOptions.SecretHeaders"/>, or requests are found to differ.</remarks>
    public IReadOnlyCollection<string> SecretHeaders { get; init; } = new CallRecorderOptions().SecretHeaders;
}
