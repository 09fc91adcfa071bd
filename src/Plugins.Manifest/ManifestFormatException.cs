using System.Text.Json;
using Plugins.Manifest.Text;

namespace Plugins.Manifest;

/// <summary>A manifest, statement, envelope or trust policy breaks its format.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class ManifestFormatException : ManifestException
{
    private const int MaximumPathLength = 1024;

    /// <summary>Composes the message from the rule and the place where the document breaks it.</summary>
    /// <param name="code">The kind of document.</param>
    /// <param name="problem">The rule.</param>
    /// <param name="path">The field, as in <c>$.permissions[2].name</c>.</param>
    /// <param name="offset">The byte at which the value starts, from the start of the document.</param>
    /// <param name="expected">The form that the field requires, if that needs words.</param>
    /// <param name="suggestion">The known field name nearest to a misspelt one.</param>
    /// <param name="inner">The JSON reader's exception, if the text is not JSON.</param>
    public ManifestFormatException(
        ManifestErrorCode code,
        ManifestFormatProblem problem,
        string path,
        long offset,
        string? expected = null,
        string? suggestion = null,
        JsonException? inner = null)
        : base(code, Compose(code, path, offset, Describe(problem, expected, suggestion)), inner)
    {
        Problem = problem;
        Detail = Describe(problem, expected, suggestion);
        Suggestion = suggestion;
        Path = path;
        Offset = offset;
        Expected = expected;
    }

    /// <summary>The rule that the document breaks.</summary>
    public ManifestFormatProblem Problem { get; }

    /// <summary>The field, as in <c>$.permissions[2].name</c>; <c>$</c> is the whole document.</summary>
    public string Path { get; }

    /// <summary>The byte at which the value, or the name of an unknown field, starts in its document.</summary>
    /// <remarks>For a manifest in a signed file, the document is the decoded payload.</remarks>
    public long Offset { get; }

    /// <summary>The form that the field requires.</summary>
    /// <value><see langword="null"/> where <see cref="Problem"/> says it all.</value>
    public string? Expected { get; }

    /// <summary>The known field name nearest to a misspelt one.</summary>
    /// <value><see langword="null"/> where no name is near, and for every other problem.</value>
    public string? Suggestion { get; }

    /// <summary>The part of the message about the rule, without the place and a full stop.</summary>
    public string Detail { get; }

    private static string Compose(ManifestErrorCode code, string path, long offset, string detail)
    {
        ArgumentNullException.ThrowIfNull(path);
        var place = VisibleText.Escape(path, MaximumPathLength);
        return $"The {Document(code)} is malformed at {place} (byte {offset}): {detail}.";
    }

    private static string Describe(ManifestFormatProblem problem, string? expected, string? suggestion)
    {
        var demand = expected is null ? string.Empty : $"; expected {VisibleText.Name(expected)}";
        var guess = suggestion is null ? string.Empty : $" (did you mean '{VisibleText.Name(suggestion)}'?)";
        return Describe(problem) + demand + guess;
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
        ManifestFormatProblem.UnknownField => "there is no such field",
        _ => "the value is not valid",
    };
}
