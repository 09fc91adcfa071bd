using System.Globalization;
using System.Reflection;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Host.Tests.Support;
using Plugins.Wasm;

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

    [TestCaseSource(nameof(Limits))]
    public void Limit_OfEachKind_HasARowWithItsDefaultAndCeiling(PropertyInfo limit)
    {
        var row = File.ReadLines(GuestFiles.PathOf("docs/limits.md"))
            .Single(line => line.StartsWith($"| `{limit.Name}`", StringComparison.Ordinal))
            .Split('|', StringSplitOptions.TrimEntries);

        Assert.That(row[2], Does.StartWith(Written(limit, PluginLimits.Default)));
        Assert.That(row[3], Does.StartWith(Written(limit, PluginLimits.DefaultCeiling)));
    }

    [TestCaseSource(nameof(ModuleLimitsByName))]
    public void ModuleLimit_OfEachKind_HasARowAndRoomForTheLargestModule(PropertyInfo limit)
    {
        var row = File.ReadLines(GuestFiles.PathOf("docs/limits.md"))
            .Single(line => line.StartsWith($"| `ModuleLimits.{limit.Name}`", StringComparison.Ordinal))
            .Split('|', StringSplitOptions.TrimEntries);
        var allowed = (int)limit.GetValue(new PluginHostOptions().ModuleLimits)!;

        Assert.That(Number(row[2]), Is.EqualTo(allowed));
        Assert.That(Number(row[3]), Is.EqualTo(limit.GetValue(ModuleLimits.Default)));
        if (row[4].Length > 0 && limit.Name != nameof(ModuleLimits.ModuleBytes))
        {
            Assert.That(Number(row[4]), Is.LessThanOrEqualTo(allowed));
        }
    }

    private static IEnumerable<TestCaseData<PropertyInfo>> ModuleLimitsByName() => typeof(ModuleLimits)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(limit => new TestCaseData<PropertyInfo>(limit).SetArgDisplayNames(limit.Name));

    // A number with separators, and perhaps a unit.
    private static int Number(string text)
    {
        var parts = text.Split(' ');
        var number = int.Parse(parts[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        return number << (parts is [_, "GiB"] ? 30 : parts is [_, "MiB"] ? 20 : 0);
    }

    private static IEnumerable<TestCaseData<PropertyInfo>> Limits() => typeof(PluginLimits)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(limit => new TestCaseData<PropertyInfo>(limit).SetArgDisplayNames(limit.Name));

    private static string Written(PropertyInfo limit, PluginLimits limits) => limit.GetValue(limits) switch
    {
        TimeSpan time => FormattableString.Invariant($"{time.TotalSeconds:0} s"),
        IConvertible number when limit.Name.EndsWith("Bytes", StringComparison.Ordinal) => Size(number.ToInt64(null)),
        var number => FormattableString.Invariant($"{number:N0}"),
    };

    private static string Size(long bytes) => bytes % (1 << 30) == 0
        ? FormattableString.Invariant($"{bytes >> 30} GiB")
        : bytes % (1 << 20) == 0
        ? FormattableString.Invariant($"{bytes >> 20} MiB")
        : FormattableString.Invariant($"{bytes >> 10} KiB");
}
