namespace Plugins.Host.Recording;

/// <summary>Why a file is no recording that can be read.</summary>
public enum RecordingProblem
{
    /// <summary>It is larger than the caller allows.</summary>
    TooLarge,

    /// <summary>It ends before the line that tells how the call ended, or within a line.</summary>
    UnexpectedEnd,

    /// <summary>A line is not JSON of its form: a field is missing, unknown, twice there, or of another type.</summary>
    InvalidLine,

    /// <summary>A field has a value that it cannot have.</summary>
    InvalidValue,

    /// <summary>It is of another format, or of a version that this library does not read.</summary>
    UnknownFormat,
}
