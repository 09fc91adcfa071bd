using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>A convention that the text of the repository's files must keep.</summary>
public abstract class Rule
{
    /// <summary>The name that the list of allowed exceptions uses.</summary>
    public string Name => GetType().Name;

    internal abstract IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files);

    public override string ToString() => Name;
}
