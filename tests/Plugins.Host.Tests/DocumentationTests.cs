using System.Reflection;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests;

internal sealed class DocumentationTests
{
    [Test]
    public void Code_OfEveryError_HasASection()
    {
        var lines = File.ReadAllLines(GuestFiles.PathOf("docs/errors.md"));
        var sections = lines.Where(line => line.StartsWith("### ", StringComparison.Ordinal));
        var codes = Enum.GetNames<PluginErrorCode>().Where(name => name != nameof(PluginErrorCode.None));
        Assert.That(sections.Select(line => line[4..]), Is.EquivalentTo(codes));
    }

    [Test]
    public void Code_OfEveryTrap_HasARow()
    {
        var text = File.ReadAllText(GuestFiles.PathOf("docs/errors.md"));
        var codes = Enum.GetNames<TrapCode>().Where(name => name != nameof(TrapCode.None));
        Assert.That(codes.Where(name => !text.Contains($"| `{name}` |", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Limit_OfEachKind_HasARowWithItsDefault()
    {
        var text = File.ReadAllText(GuestFiles.PathOf("docs/limits.md"));
        var properties = typeof(PluginLimits).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        Assert.That(properties.Where(limit => !text.Contains($"| `{limit.Name}`", StringComparison.Ordinal)), Is.Empty);
        Assert.That(text, Does.Contain(FormattableString.Invariant($"| `Fuel` | {PluginLimits.Default.Fuel:N0} |")));
    }
}
