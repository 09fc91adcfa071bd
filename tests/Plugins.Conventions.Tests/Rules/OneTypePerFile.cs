using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>
/// A file holds one top-level type and is named for it: <c>X.cs</c>, <c>X.T.cs</c> or <c>X.Facet.cs</c>.
/// </summary>
public sealed class OneTypePerFile : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp
        let types = file.Nodes<MemberDeclarationSyntax>().Where(IsTopLevelType).ToArray()
        from type in types
        let finding = types.Length > 1 ? $"one of {types.Length} types in the file"
            : file.Name.StartsWith(type.Name + ".", StringComparison.Ordinal) ? null
            : "the file is not named for it"
        where finding is not null
        select new Violation(file.Path, type.Name, finding);

    private static bool IsTopLevelType(MemberDeclarationSyntax member) =>
        member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && member.IsTopLevel;
}
