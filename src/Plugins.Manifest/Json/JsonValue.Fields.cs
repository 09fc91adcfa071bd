using System.Globalization;

namespace Plugins.Manifest.Json;

internal sealed partial class JsonValue
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public JsonValue? Optional(string member)
    {
        RequireObject();
        if (source.RemembersFields)
        {
            Asked ??= new HashSet<string>(StringComparer.Ordinal);
            Asked.Add(member);
        }

        return Members!.GetValueOrDefault(member);
    }

    public JsonValue Required(string member) =>
        Optional(member) ?? throw Misspelt(member) ?? FailAt(member, ManifestFormatProblem.MissingField);

    public JsonValue RequireObject() =>
        Kind == JsonKind.Object ? this : throw Fail(ManifestFormatProblem.WrongType, "an object");

    public bool AsBoolean() =>
        Kind == JsonKind.Boolean ? Number == 1 : throw Fail(ManifestFormatProblem.WrongType, "true or false");

    public long AsInteger(long minimum, long maximum = PluginManifest.MaxInteger)
    {
        if (Kind != JsonKind.Integer)
        {
            throw Fail(ManifestFormatProblem.WrongType, "an integer");
        }

        return Number >= minimum && Number <= maximum
            ? Number
            : throw Fail(ManifestFormatProblem.OutOfRange, $"an integer from {minimum} to {maximum}");
    }

    /// <summary>A string of 1 to <paramref name="maxLength"/> UTF-16 code units.</summary>
    public string AsText(int maxLength, bool allowEmpty = false)
    {
        if (Kind != JsonKind.String)
        {
            throw Fail(ManifestFormatProblem.WrongType, "a string");
        }

        if (Text.Length > maxLength)
        {
            throw Fail(ManifestFormatProblem.TooLong, $"at most {maxLength} characters");
        }

        return Text.Length > 0 || allowEmpty
            ? Text
            : throw Fail(ManifestFormatProblem.InvalidValue, "a string that is not empty");
    }

    public string AsText(int maxLength, Func<string, bool> isValid, string form)
    {
        var text = AsText(maxLength);
        return isValid(text) ? text : throw Fail(ManifestFormatProblem.InvalidValue, form);
    }

    public IReadOnlyList<JsonValue> AsArray(int minimum, int maximum)
    {
        if (Kind != JsonKind.Array)
        {
            throw Fail(ManifestFormatProblem.WrongType, "an array");
        }

        return Items!.Count >= minimum && Items.Count <= maximum
            ? Items
            : throw Fail(ManifestFormatProblem.WrongCount, $"{minimum} to {maximum} items");
    }

    /// <summary>A point in time as RFC 3339 writes it, in whole seconds of UTC, so that it has one form only.</summary>
    public DateTimeOffset AsTime()
    {
        var text = AsText(20);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        return DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, Utc, out var time)
            ? time
            : throw Fail(ManifestFormatProblem.InvalidValue, "a time such as 2026-01-31T23:59:59Z");
    }

    public Sha256Digest AsDigest() =>
        Sha256Digest.TryParse(AsText(64), out var digest)
            ? digest
            : throw Fail(ManifestFormatProblem.InvalidValue, Sha256Digest.Form);

    public SemanticVersion AsVersion() =>
        SemanticVersion.TryParse(AsText(SemanticVersion.MaxLength), out var version)
            ? version
            : throw Fail(ManifestFormatProblem.InvalidValue, "a semantic version");

    /// <summary>Reads a list, each of whose items has a name of its own.</summary>
    public IReadOnlyList<T> AsList<T>(int minimum, int maximum, Func<JsonValue, T> read, Func<T, object> key)
    {
        var list = new List<T>();
        var seen = new HashSet<object>();
        foreach (var item in AsArray(minimum, maximum))
        {
            var entry = read(item);
            if (!seen.Add(key(entry)))
            {
                throw item.Fail(ManifestFormatProblem.DuplicateEntry);
            }

            list.Add(entry);
        }

        return list.AsReadOnly();
    }
}
