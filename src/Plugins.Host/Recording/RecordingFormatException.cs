using System.Globalization;
using Plugins.Manifest.Text;

namespace Plugins.Host.Recording;

/// <summary>A recording cannot be read: the problem, and the line, the byte and the field where it is.</summary>
/// <remarks>Immutable. Names from the file are made harmless in the message.</remarks>
public sealed class RecordingFormatException : FormatException
{
    internal RecordingFormatException(
        RecordingProblem problem, int line, long offset, string? field, Exception? innerException = null)
        : base(Describe(problem, line, offset, field), innerException)
    {
        Problem = problem;
        Line = line;
        Offset = offset;
        Field = field;
    }

    /// <summary>What is wrong.</summary>
    public RecordingProblem Problem { get; }

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The byte of the file, counted from 0, at which it was found.</summary>
    public long Offset { get; }

    /// <summary>The field of the line, such as <c>$.limits.hostCalls</c>.</summary>
    /// <value>Null where it is no matter of one field.</value>
    public string? Field { get; }

    /// <summary>Type, message, causes and stacks, as <see cref="VisibleText.Describe"/> shows them.</summary>
    /// <returns>At most <see cref="VisibleText.MaximumDescriptionLength"/> UTF-16 units.</returns>
    public override string ToString() => VisibleText.Describe(this);

    private static string Describe(RecordingProblem problem, int line, long offset, string? field)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"line {line}, byte {offset}");
        var subject = field is null ? where : $"{where}, field {VisibleText.Name(field)}";
        return problem switch
        {
            RecordingProblem.TooLarge => $"The recording is larger than is allowed ({subject}).",
            RecordingProblem.UnexpectedEnd => $"The recording ends too early ({subject}).",
            RecordingProblem.UnknownFormat => $"The recording has a format that is not known here ({subject}).",
            RecordingProblem.InvalidLine => $"The recording has a line that is not of its form ({subject}).",
            _ => $"The recording has a value that cannot be ({subject}).",
        };
    }
}
