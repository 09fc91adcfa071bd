using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Plugins.Payloads.Generator.Tests.Samples;

/// <summary>Types for rules that JSON does not have, or has another way.</summary>
internal static class Strict
{
    public sealed class Nulls
    {
        public string Never { get; set; } = "never";

        public string? Maybe { get; set; } = "maybe";

        [AllowNull]
        public string In { get => field ?? ""; set; }

        [DisallowNull]
        public string? Out { get; set; }

        public List<string> NeverInside { get; set; } = [];

        public List<string?> MaybeInside { get; set; } = [];
    }

    public sealed class OneWay
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)]
        public int OnlyWritten { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
        public int OnlyRead { get; set; }

        public int Computed => 5;
    }

    public sealed class SetsRequired
    {
        [SetsRequiredMembers]
        public SetsRequired() => Name = "made";

        public required string Name { get; set; }

        [JsonRequired]
        public int Count { get; set; }
    }

    public record Base(int Id)
    {
        public string Tag { get; init; } = "tag";

        public string Mutable { get; set; } = "mutable";
    }

    public sealed record Derived(int Id, string Name) : Base(Id)
    {
        public int Late { get; init; } = 3;
    }

    public struct Loose
    {
        [JsonInclude]
        public required int Field;

        public int Other { get; init; }
    }

    [PayloadConverter(typeof(IdConverter))]
    public readonly record struct Id(long Number);

    public sealed class Custom
    {
        public Id Id { get; set; }

        public List<Id?> Ids { get; set; } = [];

        [PayloadConverter(typeof(Hex))]
        public int Hex { get; set; }

        [PayloadConverter(typeof(Hex))]
        public int? MaybeHex { get; set; }
    }

#nullable disable
    public sealed class Oblivious
    {
        public string Text { get; set; }

        public List<string> Texts { get; set; }
    }
#nullable restore
}
