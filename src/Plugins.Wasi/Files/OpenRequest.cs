namespace Plugins.Wasi.Files;

/// <summary>How a path is to be opened.</summary>
internal readonly record struct OpenRequest
{
    internal bool Follows { get; init; }

    internal bool Creates { get; init; }

    /// <summary>With <see cref="Creates"/>: fails if it is there.</summary>
    internal bool IsExclusive { get; init; }

    internal bool Truncates { get; init; }

    /// <summary>Fails if it is no directory.</summary>
    internal bool WantsDirectory { get; init; }

    internal bool Reads { get; init; }

    internal bool Writes { get; init; }

    internal bool Appends { get; init; }

    /// <summary>Whether the system is asked for a file that can be written.</summary>
    internal bool OpensForWriting => Writes || Creates || Truncates;

    /// <summary>What is not written is read, so that it can be opened at all.</summary>
    internal bool OpensForReading => Reads || !Writes;
}
