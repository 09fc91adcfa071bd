namespace Plugins.Host.Recording;

/// <summary>The first line of a recording: the call, and what it was given at once.</summary>
internal sealed record RecordedHead
{
    internal const string FormatName = "plugins-recording";
    internal const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string Plugin { get; init; }

    public required string PluginVersion { get; init; }

    /// <summary>SHA-256 of the module.</summary>
    public required string Module { get; init; }

    public required string Function { get; init; }

    public required string Engine { get; init; }

    public required string EngineVersion { get; init; }

    public required bool MetersFuel { get; init; }

    /// <summary>Whether the initialisation had fuel and time of the call.</summary>
    public required bool InitializesForEachCall { get; init; }

    /// <summary>Whether output went to a stream, whose limit is another.</summary>
    public required bool StreamsOutput { get; init; }

    public required long Fuel { get; init; }

    public required RecordedLimits Limits { get; init; }

    /// <summary>The input, unless it was streamed.</summary>
    public byte[]? Input { get; init; }

    /// <summary>What each read of a streamed input gave; an empty one is the end.</summary>
    public IReadOnlyList<byte[]>? Pieces { get; init; }

    internal bool IsStreamed => Input is null;
}
