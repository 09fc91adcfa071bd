using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>A line of C# has at most 120 characters.</summary>
public sealed class LineLength : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp
        from line in file.Lines.Index()
        where line.Item.Length > 120
        select new Violation(file.Path, $"line {line.Index + 1}", $"{line.Item.Length} characters");
}
