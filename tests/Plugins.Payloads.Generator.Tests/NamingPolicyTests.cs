using System.Text.Json;
using System.Text.Json.Serialization;
using Plugins.Payloads.Generator.Analysis;

namespace Plugins.Payloads.Generator.Tests;

/// <summary>The policies are copies in behaviour, so they are compared with the originals.</summary>
public sealed class NamingPolicyTests
{
    private const int RandomNames = 20_000;

    private static readonly (JsonKnownNamingPolicy Known, JsonNamingPolicy Policy)[] Policies =
    [
        (JsonKnownNamingPolicy.CamelCase, JsonNamingPolicy.CamelCase),
        (JsonKnownNamingPolicy.SnakeCaseLower, JsonNamingPolicy.SnakeCaseLower),
        (JsonKnownNamingPolicy.SnakeCaseUpper, JsonNamingPolicy.SnakeCaseUpper),
        (JsonKnownNamingPolicy.KebabCaseLower, JsonNamingPolicy.KebabCaseLower),
        (JsonKnownNamingPolicy.KebabCaseUpper, JsonNamingPolicy.KebabCaseUpper),
    ];

    [TestCase("Id")]
    [TestCase("IOStream")]
    [TestCase("URLValue")]
    [TestCase("XMLHttp2Request")]
    [TestCase("already_snake_Case")]
    [TestCase("_Under__Score_")]
    [TestCase("A")]
    [TestCase("ÄÖÜßName")]
    public void Name_UnderEachPolicy_IsThatOfJson(string name) => Assert.That(Ours(name), Is.EqualTo(Theirs(name)));

    [Test]
    public void Names_AtRandom_AreThoseOfJson()
    {
        const string Alphabet = "AaBbCZz019_äÄß";
        var random = new Random(4);
        for (int i = 0; i < RandomNames; i++)
        {
            string name = new(random.GetItems<char>(Alphabet, random.Next(1, 12)));

            Assert.That(Ours(name), Is.EqualTo(Theirs(name)), name);
        }
    }

    private static string[] Ours(string name) =>
        [.. Policies.Select(policy => NamingPolicy.Apply((int)policy.Known, name))];

    private static string[] Theirs(string name) => [.. Policies.Select(policy => policy.Policy.ConvertName(name))];
}
