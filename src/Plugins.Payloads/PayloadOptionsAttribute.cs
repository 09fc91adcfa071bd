using System.Text.Json.Serialization;

namespace Plugins.Payloads;

/// <summary>Says what types of a context do that say nothing themselves, as the options of JSON do for JSON.</summary>
/// <remarks>
/// Immutable once applied, and safe for use by many threads. Give it what the application's
/// <c>JsonSerializerOptions</c>
/// have, so that both formats agree; it is read at compile time.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PayloadOptionsAttribute : Attribute
{
    /// <summary>Makes names of payloads from names in C#; a name given by attribute stays as it is.</summary>
    /// <value><see cref="JsonKnownNamingPolicy.Unspecified"/>: names stay as they are.</value>
    public JsonKnownNamingPolicy PropertyNamingPolicy { get; set; }

    /// <summary>What happens to members of a document that its type does not know.</summary>
    /// <value><see cref="JsonUnmappedMemberHandling.Skip"/>, as for JSON.</value>
    public JsonUnmappedMemberHandling UnmappedMemberHandling { get; set; }
}
