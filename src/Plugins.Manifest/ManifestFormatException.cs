using Plugins.Manifest.Text;

namespace Plugins.Manifest;

/// <summary>A manifest, statement, envelope or trust policy breaks its format.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class ManifestFormatException : ManifestException
{
    private const int MaximumPathLength = 1024;

    /// <summary>Composes the message from where the document breaks which rule.</summary>
    /// <param name="code">The kind of document.</param>
    /// <param name="problem">The rule.</param>
    /// <param name="path">The field, as in <c>$.permissions[2].name</c>.</param>
    /// <param name="offset">The byte at which the value starts, from the start of the document.</param>
    /// <param name="expected">What the field demands, if that needs words.</param>
    public ManifestFormatException(
        ManifestErrorCode code,
        ManifestFormatProblem problem,
        string path,
        long offset,
        string? expected = null)
        : base(code, Compose(code, problem, path, offset, expected))
    {
        Problem = problem;
        Path = path;
        Offset = offset;
        Expected = expected;
    }

    /// <summary>The rule that the document breaks.</summary>
    public ManifestFormatProblem Problem { get; }

    /// <summary>The field, as in <c>$.permissions[2].name</c>; <c>$</c> is the whole document.</summary>
    public string Path { get; }

    /// <summary>The byte at which the value starts, from the start of its document.</summary>
    /// <remarks>For a manifest in a signed file, the document is the decoded payload.</remarks>
    public long Offset { get; }

    /// <summary>What the field demands.</summary>
    /// <value><see langword="null"/> where <see cref="Problem"/> says it all.</value>
    public string? Expected { get; }

    private static string Compose(
        ManifestErrorCode code, ManifestFormatProblem problem, string path, long offset, string? expected)
    {
        ArgumentNullException.ThrowIfNull(path);
        var suffix = expected is null ? string.Empty : $"; expected {VisibleText.Name(expected)}";
        var place = VisibleText.Escape(path, MaximumPathLength);
        return $"The {Document(code)} is malformed at {place} (byte {offset}): {Describe(problem)}{suffix}.";
    }

    private static string Document(ManifestErrorCode code) => code switch
    {
        ManifestErrorCode.MalformedEnvelope => "signature file",
        ManifestErrorCode.InvalidTrustPolicy => "trust policy",
        _ => "manifest",
    };

    private static string Describe(ManifestFormatProblem problem) => problem switch
    {
        ManifestFormatProblem.InvalidJson => "not valid JSON",
        ManifestFormatProblem.InvalidUtf8 => "not valid UTF-8",
        ManifestFormatProblem.ByteOrderMark => "a byte order mark is not allowed",
        ManifestFormatProblem.DuplicateKey => "the name appears twice in one object",
        ManifestFormatProblem.NotAnInteger => "only integers without fraction or exponent are allowed",
        ManifestFormatProblem.OutOfRange => "the number is out of range",
        ManifestFormatProblem.TooDeep => "nested too deeply",
        ManifestFormatProblem.TooLarge => "too many bytes",
        ManifestFormatProblem.TooManyValues => "too many values",
        ManifestFormatProblem.ForbiddenCharacter => "a string holds a forbidden character",
        ManifestFormatProblem.MissingField => "the field is missing",
        ManifestFormatProblem.UnexpectedField => "the field is not allowed here",
        ManifestFormatProblem.WrongType => "the value has the wrong type",
        ManifestFormatProblem.TooLong => "the string is too long",
        ManifestFormatProblem.WrongCount => "wrong number of items",
        ManifestFormatProblem.DuplicateEntry => "the entry repeats an earlier one",
        ManifestFormatProblem.InvalidBase64 => "not strict, padded base64",
        _ => "the value is not valid",
    };
}
