using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>A folder holds at most 25 C# files.</summary>
public sealed class FolderSize : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from folder in files.Where(file => file.IsCSharp).CountBy(file => file.Folder, StringComparer.Ordinal)
        where folder.Value > 25
        select new Violation(folder.Key, "folder", $"{folder.Value} files");
}
