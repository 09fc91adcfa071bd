namespace Plugins.Conventions.Tests.Arrows;

/// <summary>A row of the page: folders and root files that belong together, and what they may refer to.</summary>
/// <param name="Members">Folders, or files of the root without their ending; the first names the part.</param>
/// <param name="Targets">Members of the parts it may refer to.</param>
internal sealed record Part(IReadOnlyList<string> Members, IReadOnlyList<string> Targets)
{
    public string Name => Members[0];
}
