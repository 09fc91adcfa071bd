using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>A file has at most 500 lines; one of tests 800.</summary>
public sealed class FileLength : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp && file.Lines.Count > (file.IsTest ? 800 : 500)
        select new Violation(file.Path, "file", $"{file.Lines.Count} lines");
}
