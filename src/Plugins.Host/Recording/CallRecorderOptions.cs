namespace Plugins.Host.Recording;

/// <summary>Options for recording a call: how much it may hold, and what it must not.</summary>
/// <remarks>Immutable and safe for use by many threads, as far as <see cref="IsSecret"/> is.</remarks>
public sealed record CallRecorderOptions
{
    /// <summary>Makes options that leave out secret settings and the headers that hold credentials.</summary>
    public CallRecorderOptions()
    {
    }

    /// <summary>The most bytes of input, requests and results that a recording may hold.</summary>
    /// <value>16 MiB.</value>
    /// <remarks>
    /// A call that has more goes on, and has no recording: see <see cref="CallRecorder.IsTooLarge"/>.
    /// </remarks>
    public long MaximumBytes { get; init; } = 16 << 20;

    /// <summary>Tells by a capability's name and the guest's request whether either must not be recorded.</summary>
    /// <value>Null: only what <see cref="CallRecording"/> leaves out in any case.</value>
    /// <remarks>
    /// Such as a variable that holds a token. Neither the request nor the result is recorded; a replay asks
    /// <see cref="CallReplayOptions.Secrets"/> for the result. Called on the call's thread; what throws is secret.
    /// </remarks>
    public Func<string, ReadOnlyMemory<byte>, bool>? IsSecret { get; init; }

    /// <summary>Names of HTTP headers whose values are not recorded, whatever their case.</summary>
    /// <value>
    /// <c>authorization</c>, <c>proxy-authorization</c>, <c>cookie</c>, <c>set-cookie</c>, <c>x-api-key</c>.
    /// </value>
    public IReadOnlyCollection<string> SecretHeaders { get; init; } =
        ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"];
}
