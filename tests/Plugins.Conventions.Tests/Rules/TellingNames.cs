using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>No type or folder has a name that says nothing.</summary>
public sealed partial class TellingNames : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files)
    {
        SourceFile[] sources = [.. files.Where(file => file.IsCSharp)];
        var types =
            from file in sources
            from type in file.Nodes<BaseTypeDeclarationSyntax>()
            where BannedTypes().IsMatch(type.Name)
            select new Violation(file.Path, type.Name, "a banned name");
        var folders =
            from folder in sources.Select(file => file.Folder).Distinct(StringComparer.Ordinal)
            where folder.Split('/').Any(part => BannedFolders().IsMatch(part))
            select new Violation(folder, "folder", "a banned name");
        return types.Concat(folders);
    }

    [GeneratedRegex("(Helpers?|Managers?|Utils?|Utilit(y|ies)|V2)$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex BannedTypes();

    [GeneratedRegex(
        "^(Models?|Interfaces|Helpers?|Managers?|Utils?|Utilities|Common|Misc)$",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex BannedFolders();
}
