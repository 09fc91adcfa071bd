using Plugins.Conventions.Tests.Assemblies;

namespace Plugins.Conventions.Tests;

public sealed class DocumentationTests
{
    [TestCaseSource(typeof(ProductAssembly), nameof(ProductAssembly.All))]
    public void Assembly_PublicMembers_AreDocumented(ProductAssembly assembly)
    {
        string[] faults = [.. DocumentationCheck.Faults(assembly)];

        Assert.That(faults, Is.Empty, () => string.Join('\n', faults));
    }

    private const string Long = "/// <summary>One two three four five six seven eight nine ten eleven twelve thirteen "
        + "fourteen fifteen sixteen seventeen eighteen nineteen twenty twenty-one.</summary>\n";

    [TestCase("public enum A;", 1)]
    [TestCase("/// <summary>One.</summary>\npublic enum A;", 0)]
    [TestCase("/// <summary>One.</summary>\npublic enum A { B }", 1)]
    [TestCase("/// <summary></summary>\npublic enum A;", 1)]
    [TestCase(Long + "public enum A;", 1)]
    [TestCase("/// <summary>One.</summary>\n/// <remarks></remarks>\npublic enum A;", 1)]
    [TestCase("/// <summary>One.</summary>\npublic sealed class A;", 1)]
    [TestCase("/// <summary>One.</summary>\n/// <remarks>Safe for many threads.</remarks>\npublic sealed class A;", 0)]
    [TestCase("/// <summary>One.</summary>\npublic sealed class A : System.Exception;", 0)]
    [TestCase("/// <summary>One.</summary>\n/// <remarks>Immutable.</remarks>\npublic sealed record A;", 0)]
    [TestCase("internal sealed class A { public int B; }", 0)]
    [TestCase("/// <summary>Threads.</summary>\n/// <param name=\"B\">Two.</param>\npublic record A(int B);", 0)]
    public void Sample_Documented_FailsWhenItSaysTooLittleOrTooMuch(string source, int faults)
    {
        string[] found = [.. DocumentationCheck.Faults(ProductAssembly.FromSource(source))];

        Assert.That(found, Has.Length.EqualTo(faults));
    }
}
