using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>
/// No <c>#region</c>: what needs one is two types. Examples may, as their regions are quoted in the docs.
/// </summary>
public sealed class NoRegions : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp && (file.IsProduct || file.IsTest)
        from region in file.Syntax.DescendantNodes(descendIntoTrivia: true).OfType<RegionDirectiveTriviaSyntax>()
        select new Violation(file.Path, $"line {region.Line}", "a region");
}
