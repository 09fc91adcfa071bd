using System.Security.Cryptography;

namespace Plugins.Wasi;

/// <summary>What a guest has of the world outside it; nothing by default.</summary>
/// <remarks>
/// Immutable; what it holds of streams serves one guest. The guest does not own, and its end does not dispose, any of
/// it.
/// </remarks>
public sealed record WasiOptions
{
    /// <summary>Creates options that give nothing.</summary>
    public WasiOptions()
    {
    }

    /// <summary>Arguments, of which the first is the program's name by custom.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables of the environment, in this order.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Descriptor 0.</summary>
    /// <value><see cref="WasiInput.Empty"/>.</value>
    public WasiInput StandardInput { get; init; } = WasiInput.Empty;

    /// <summary>Descriptor 1.</summary>
    /// <value><see cref="WasiOutput.Discarded"/>.</value>
    public WasiOutput StandardOutput { get; init; } = WasiOutput.Discarded;

    /// <summary>Descriptor 2.</summary>
    /// <value><see cref="WasiOutput.Discarded"/>.</value>
    public WasiOutput StandardError { get; init; } = WasiOutput.Discarded;

    /// <summary>Directories, from descriptor 3 on.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<WasiDirectory> Directories { get; init; } = [];

    /// <summary>The clock that the guest reads.</summary>
    /// <value>Null: reading a clock is <c>notcapable</c>. Waiting goes by the system's then.</value>
    public TimeProvider? Clock { get; init; }

    /// <summary>The source of randomness.</summary>
    /// <value>Null: asking for any is <c>notcapable</c>.</value>
    public RandomNumberGenerator? Random { get; init; }

    /// <summary>Limits for what is done with files.</summary>
    /// <value>New <see cref="WasiQuota"/>.</value>
    public WasiQuota Quota { get; init; } = new();
}
