namespace Plugins.Host.Recording;

/// <summary>A line of a recording: what the guest asked for, and the answer.</summary>
internal sealed record RecordedCall
{
    /// <summary>The capability's name.</summary>
    public required string Call { get; init; }

    /// <summary>What it asked; null where that is secret.</summary>
    public byte[]? Request { get; init; }

    public required int Status { get; init; }

    /// <summary>The result or message; null where that is secret.</summary>
    public byte[]? Result { get; init; }

    public bool IsSecret { get; init; }

    /// <summary>Fuel that the host took for its work.</summary>
    public long Fuel { get; init; }
}
