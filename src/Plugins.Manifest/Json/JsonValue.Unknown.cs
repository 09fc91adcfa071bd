using Plugins.Manifest.Text;

namespace Plugins.Manifest.Json;

internal sealed partial class JsonValue
{
    /// <summary>Refuses the first field that nobody asked for, in every object of which any field was.</summary>
    /// <remarks>
    /// So whoever reads the format is the one list of its fields. Objects of which nothing was asked, such as a JSON
    /// Schema, were taken as they are.
    /// </remarks>
    public void RequireAllAsked()
    {
        foreach (var item in Items ?? [])
        {
            item.RequireAllAsked();
        }

        if (Asked is null)
        {
            return;
        }

        foreach (var (name, member) in Members!)
        {
            if (!Asked.Contains(name))
            {
                throw member.FailUnknown(Asked);
            }

            member.RequireAllAsked();
        }
    }

    /// <summary>The refusal of a field that stands in a missing one's place; null where none is like it.</summary>
    public ManifestFormatException? Misspelt(string missing) =>
        Asked is not null && NearestName.To(missing, Members!.Keys.Except(Asked, StringComparer.Ordinal)) is { } written
            ? Members[written].FailUnknown(missing)
            : null;

    /// <summary>Says that the format has no such field, and which of these may be meant.</summary>
    public ManifestFormatException FailUnknown(params IEnumerable<string> known) => new(
        source.Code,
        ManifestFormatProblem.UnknownField,
        Path,
        NameStart,
        suggestion: name is null ? null : NearestName.To(name, known));
}
