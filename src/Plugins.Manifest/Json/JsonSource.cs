namespace Plugins.Manifest.Json;

/// <summary>The document that values were read from: its bytes, and what its errors are called.</summary>
internal sealed record JsonSource(ReadOnlyMemory<byte> Bytes, ManifestErrorCode Code)
{
    /// <summary>True if values remember which of their fields were asked for.</summary>
    public bool RemembersFields { get; init; }
}
