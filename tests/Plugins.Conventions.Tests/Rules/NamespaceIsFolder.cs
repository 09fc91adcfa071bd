using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>
/// A namespace is file-scoped and spells its folder, from the project's on; service registration excepted.
/// </summary>
public sealed class NamespaceIsFolder : Rule
{
    private const string ServiceRegistration = "Microsoft.Extensions.DependencyInjection";

    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp && (file.IsProduct || file.IsTest)
        from space in file.Nodes<BaseNamespaceDeclarationSyntax>()
        let expected = file.Folder[(file.Folder.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '.')
        let name = space.Name.ToString()
        where (name != expected && !(file.IsProduct && name == ServiceRegistration))
            || space is not FileScopedNamespaceDeclarationSyntax
        select new Violation(file.Path, name, $"not the file-scoped namespace {expected}");
}
