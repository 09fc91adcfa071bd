using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plugins.Payloads.Generator.Tests.Samples;

/// <summary>Types as applications declare them, each with something that the generator must honour.</summary>
internal static class Shop
{
    public sealed record Order(int Id, string Customer, IReadOnlyList<Line> Lines, Address? ShipTo = null)
    {
        public DateTimeOffset PlacedAt { get; init; }

        public decimal Total => Lines.Sum(line => line.Price * line.Count);
    }

    public sealed record Line(string Article, int Count, decimal Price);

    public sealed class Address
    {
        public required string Street { get; init; }

        public string? City { get; set; }

        public string Country { get; set; } = "CH";
    }

    public sealed class Numbers
    {
        public bool Boolean { get; set; }

        public byte Byte { get; set; }

        public sbyte SByte { get; set; }

        public short Int16 { get; set; }

        public ushort UInt16 { get; set; }

        public int Int32 { get; set; }

        public uint UInt32 { get; set; }

        public long Int64 { get; set; }

        public ulong UInt64 { get; set; }

        public float Single { get; set; }

        public double Double { get; set; }

        public decimal Decimal { get; set; }

        public char Char { get; set; }

        public int? NullableInt32 { get; set; }

        public double? NullableDouble { get; set; }
    }

    public sealed class Library
    {
        public Guid Guid { get; set; }

        public Guid? NullableGuid { get; set; }

        public DateTime DateTime { get; set; } = DateTime.UnixEpoch;

        public DateTimeOffset DateTimeOffset { get; set; }

        public TimeSpan TimeSpan { get; set; }

        public DateOnly DateOnly { get; set; }

        public TimeOnly TimeOnly { get; set; }

        public Uri Uri { get; set; } = new("https://example.org/");

        public Version Version { get; set; } = new(1, 0);

        public byte[] Bytes { get; set; } = [];

        public JsonElement? Anything { get; set; }
    }

    public sealed class Collections
    {
        public int[] Array { get; set; } = [];

        public string?[] NullableArray { get; set; } = [];

        public int?[] NullableNumbers { get; set; } = [];

        public List<Line> List { get; set; } = [];

        public IList<int> ListInterface { get; set; } = [];

        public ICollection<int> Collection { get; set; } = [];

        public IReadOnlyList<string> ReadOnlyList { get; set; } = [];

        public IReadOnlyCollection<string> ReadOnlyCollection { get; set; } = [];

        public IEnumerable<int> Enumerable { get; set; } = [];

        public HashSet<string> Set { get; set; } = [];

        public ImmutableArray<int> Immutable { get; set; } = [];

        public Dictionary<string, Line?> Dictionary { get; set; } = [];

        public IReadOnlyDictionary<int, string> ByNumber { get; set; } = new Dictionary<int, string>();

        public List<List<int>>? Nested { get; set; }
    }

    public sealed record Tree(string Name, List<Tree> Children);

    public sealed class Page<T>
    {
        public required T First { get; init; }

        public List<T> Items { get; init; } = [];

        public int Number { get; init; } = 1;
    }

    public enum Color : byte
    {
        Red,
        Green,
        Blue,
    }

    [JsonConverter(typeof(JsonStringEnumConverter<State>))]
    public enum State
    {
        Open,

        [JsonStringEnumMemberName("in-work")]
        InWork,
        Closed,
    }

    [Flags]
    [JsonConverter(typeof(JsonStringEnumConverter<Rights>))]
    public enum Rights
    {
        None = 0,
        Read = 1,
        Write = 2,
    }

    public sealed class Enums
    {
        public Color Color { get; set; }

        public Color? NullableColor { get; set; }

        public State State { get; set; }

        public Rights Rights { get; set; }

        [JsonConverter(typeof(JsonStringEnumConverter<Color>))]
        public Color ColorAsText { get; set; }

        public List<Color> Colors { get; set; } = [];

        public Dictionary<State, Color> ByState { get; set; } = [];
    }

    public class Named
    {
        [JsonPropertyName("id")]
        public int Identifier { get; set; }

        [JsonPropertyName("ünï/😀 \"quoted\"")]
        public string? Odd { get; set; }

        [JsonIgnore]
        public string? Secret { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Note { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Count { get; set; }

        [JsonInclude]
        public int Field;

        [JsonInclude]
        internal int Hidden { get; set; }

        [JsonPropertyOrder(-1)]
        public int First { get; set; }

        public int NotAField;

        public int @class { get; set; }

        public static int Static { get; set; }

        public virtual string? Virtual { get; set; }

        public int this[int index] => index;
    }

    public sealed class Inherited : Named
    {
        public string? Own { get; set; }

        public override string? Virtual { get; set; }

    }

    public readonly record struct Point(int X, int Y);

    public readonly struct Money
    {
        [JsonConstructor]
        public Money(decimal amount, string currency = "CHF")
        {
            Amount = amount;
            Currency = currency;
        }

        public decimal Amount { get; }

        public string Currency { get; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed class Closed
    {
        public int Known { get; set; }
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    public abstract class Figure
    {
        public string? Name { get; set; }
    }

    public sealed class Circle : Figure
    {
        public double Radius { get; set; }
    }

    public sealed class Square : Figure
    {
        public required double Side { get; init; }
    }

    [JsonPolymorphic(
        TypeDiscriminatorPropertyName = "kind",
        UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor)]
    [JsonDerivedType(typeof(Animal), 0)]
    [JsonDerivedType(typeof(Dog), 1)]
    public class Animal
    {
        public int Legs { get; set; }
    }

    public class Dog : Animal
    {
        public bool Barks { get; set; }
    }

    public sealed class Puppy : Dog
    {
        public int Weeks { get; set; }
    }

    [JsonDerivedType(typeof(Point3), "p3")]
    public interface IShape
    {
        int X { get; }
    }

    public readonly record struct Point3(int X, int Y, int Z) : IShape;

    public sealed class Keyed
    {
        [PayloadKey(1)]
        public int Id { get; set; }

        [PayloadKey(200)]
        public string? Name { get; set; }

        [PayloadKey(70_000)]
        public List<Keyed>? Parts { get; set; }
    }

    public sealed record Defaults(int A = 5, string B = "b", Color C = Color.Green, double D = 1.5, int? E = 7);

    public sealed class InitOnly
    {
        public int Kept { get; init; } = 42;

        public required string Name { get; init; }

        public string? Plain { get; init; }
    }

    public sealed class Empty;
}
