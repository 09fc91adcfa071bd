using Plugins.Payloads.Generator.Tests.Support;

namespace Plugins.Payloads.Generator.Tests;

/// <summary>
/// Generated code as a reader of it sees it; a change of the generator shows up as a change of these files.
/// </summary>
public sealed class GoldenTests
{
    private const string Record = """
        public sealed record Order(int Id, string Customer, List<string?> Tags, Order? Before = null)
        {
            public int Priority { get; init; } = 3;

            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
            public string? Note { get; set; }
        }
        """;

    private const string Polymorphic = """
        [JsonDerivedType(typeof(Circle), "circle")]
        [JsonDerivedType(typeof(Group), 7)]
        public abstract class Figure;
        public sealed class Circle : Figure { public double Radius { get; set; } }
        public sealed class Group : Figure { public Figure[] Figures { get; set; } = []; }
        """;

    private const string Keyed = """
        [JsonConverter(typeof(JsonStringEnumConverter<State>))]
        public enum State { Open, [JsonStringEnumMemberName("done")] Closed }

        [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
        public struct Ticket
        {
            [PayloadKey(0)] public long Number { get; set; }
            [PayloadKey(300)] public State State { get; set; }
        }
        """;

    /// <remarks>With PLUGINS_UPDATE_GOLDEN=folder it writes the file there instead, to be reviewed.</remarks>
    [TestCase(nameof(Record), Record, "Order")]
    [TestCase(nameof(Polymorphic), Polymorphic, "Figure")]
    [TestCase(nameof(Keyed), Keyed, "Ticket")]
    public void Code_OfATypicalType_IsAsReviewed(string name, string types, string root)
    {
        GeneratorRun run = GeneratorRun.OfTypes(root, types);
        string text = string.Join("\n", run.Files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => $"=== {file.Key}\n{file.Value}"));
        if (Environment.GetEnvironmentVariable("PLUGINS_UPDATE_GOLDEN") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, name + ".txt"), text);
        }

        Assert.That(text, Is.EqualTo(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".txt"))));
    }

    [TestCase(Record, "Order")]
    [TestCase(Polymorphic, "Figure")]
    [TestCase(Keyed, "Ticket")]
    public void Code_OfATypicalType_CompilesWithoutWarnings(string types, string root)
    {
        GeneratorRun run = GeneratorRun.OfTypes(root, types);

        Assert.That(run.DiagnosticIds, Is.Empty);
        Assert.That(run.CompilerDiagnostics, Is.Empty);
    }
}
