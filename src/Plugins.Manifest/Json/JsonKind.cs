namespace Plugins.Manifest.Json;

/// <summary>The type of a JSON value; the only numbers are integers.</summary>
internal enum JsonKind
{
    Null,
    Boolean,
    Integer,
    String,
    Array,
    Object,
}
