using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>A type has at most 800 lines over all its parts.</summary>
public sealed class TypeLength : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp
        from type in file.Nodes<TypeDeclarationSyntax>()
        where type.IsTopLevel
        group (file, type) by (file.Folder, type.Name, type.Arity) into parts
        let lines = parts.Sum(part => part.type.LineCount)
        where lines > 800
        select new Violation(parts.First().file.Path, parts.Key.Name, $"{lines} lines over all its parts");
}
