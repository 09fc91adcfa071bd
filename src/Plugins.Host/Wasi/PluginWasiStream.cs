namespace Plugins.Host.Wasi;

/// <summary>What a standard stream of a guest is connected to.</summary>
/// <remarks>Immutable; what it holds may serve many calls at once.</remarks>
public sealed class PluginWasiStream
{
    private PluginWasiStream(string name, Stream? stream = null)
    {
        Name = name;
        Stream = stream;
    }

    /// <summary>Nothing: an input at its end, an output that is forgotten.</summary>
    public static PluginWasiStream Nothing { get; } = new("nothing");

    /// <summary>The call: its input, its output.</summary>
    public static PluginWasiStream Call { get; } = new("the call");

    /// <summary>The guest's log, an entry for each line; for outputs only.</summary>
    public static PluginWasiStream Log { get; } = new("the log");

    internal Stream? Stream { get; }

    private string Name { get; }

    /// <summary>A stream of the application's, which all calls share.</summary>
    /// <param name="stream">Read or written asynchronously. Not disposed.</param>
    public static PluginWasiStream Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new PluginWasiStream("a stream", stream);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
