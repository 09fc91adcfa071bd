using System.Text.Json;

namespace Plugins.Host.MessagePack.Tests.Support;

/// <summary>The vectors of msgpack-test-suite.</summary>
internal static class Vectors
{
    internal static IEnumerable<TestCaseData> All
    {
        get
        {
            using Stream stream = typeof(Vectors).Assembly.GetManifestResourceStream("msgpack-test-suite.json")!;
            using JsonDocument suite = JsonDocument.Parse(stream);
            foreach (JsonProperty group in suite.RootElement.Clone().EnumerateObject())
            {
                int index = 0;
                foreach (JsonElement vector in group.Value.EnumerateArray())
                {
                    yield return new TestCaseData(vector).SetArgDisplayNames(group.Name, $"{index++}");
                }
            }
        }
    }

    internal static byte[][] Forms(JsonElement vector) =>
        [.. vector.GetProperty("msgpack").EnumerateArray().Select(form => Hex.Bytes(form.GetString()!))];

    /// <summary>The property that has the value: <c>bignum</c> where there is one, as it is exact.</summary>
    internal static string KindOf(JsonElement vector) => vector.TryGetProperty("bignum", out _)
        ? "bignum"
        : vector.EnumerateObject().First(property => property.Name is not "msgpack").Name;
}
