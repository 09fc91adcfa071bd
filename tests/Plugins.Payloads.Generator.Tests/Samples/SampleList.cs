using System.Text.Json;

namespace Plugins.Payloads.Generator.Tests.Samples;

/// <summary>A value of every sample type, with everything set and with nothing set.</summary>
public static class SampleList
{
    public static IEnumerable<Sample> All { get; } =
    [
        Sample.Of(Order),
        Sample.Of(new Shop.Order(1, "", []), "Order, empty"),
        Sample.Of(new Shop.Address { Street = "Main", City = "Bern" }),
        Sample.Of(Numbers),
        Sample.Of(new Shop.Numbers(), "Numbers, zero"),
        Sample.Of(Library),
        Sample.Of(new Shop.Library(), "Library, empty"),
        Sample.Of(Collections),
        Sample.Of(new Shop.Collections(), "Collections, empty"),
        Sample.Of(new Shop.Tree("a", [new("b", []), new("c", [new("d", [])])])),
        Sample.Of(new Shop.Page<int> { First = 1, Items = [2, 3], Number = 9 }),
        Sample.Of(new Shop.Page<string> { First = "a" }, "Page of strings"),
        Sample.Of(new Shop.Enums { Color = Shop.Color.Blue, NullableColor = Shop.Color.Red,
            State = Shop.State.InWork }),
        Sample.Of(new Shop.Enums
        {
            Color = (Shop.Color)200,
            State = (Shop.State)77,
            Rights = Shop.Rights.Read | Shop.Rights.Write,
            ColorAsText = Shop.Color.Green,
            Colors = [Shop.Color.Red, Shop.Color.Blue],
            ByState = { [Shop.State.InWork] = Shop.Color.Green },
        }, "Enums, odd"),
        Sample.Of(Shop.State.Closed),
        Sample.Of(new Shop.Named { Identifier = 1, Odd = "x", Note = "n", Count = 2, Field = 3, Hidden = 4,
            @class = 5 }),
        Sample.Of(new Shop.Named(), "Named, empty"),
        Sample.Of(new Shop.Inherited { Own = "o", Virtual = "v", Identifier = 1 }),
        Sample.Of(new Shop.Point(1, -2)),
        Sample.Of(new Shop.Money(12.50m, "EUR")),
        Sample.Of(new Shop.Closed { Known = 1 }),
        Sample.Of<Shop.Figure>(new Shop.Circle { Name = "c", Radius = 1.5 }, "Figure, circle"),
        Sample.Of<Shop.Figure>(new Shop.Square { Side = 2 }, "Figure, square"),
        Sample.Of(new Shop.Circle { Radius = 3 }, "Circle itself"),
        Sample.Of(new Shop.Animal { Legs = 4 }),
        Sample.Of<Shop.Animal>(new Shop.Dog { Legs = 4, Barks = true }, "Animal, dog"),
        Sample.Of<Shop.Animal>(new Shop.Puppy { Legs = 4, Weeks = 3 }, "Animal, puppy as its nearest ancestor"),
        Sample.Of<Shop.IShape>(new Shop.Point3(1, 2, 3)),
        Sample.Of(new Shop.Defaults(1, "x", Shop.Color.Blue, 2.5, null)),
        Sample.Of(new Shop.InitOnly { Kept = 1, Name = "n", Plain = "p" }),
        Sample.Of(new Shop.Empty()),
        Sample.Of(new[] { Numbers, new Shop.Numbers() }),
        Sample.Of(new List<Shop.Order> { Order, Order }),
        Sample.Of(new Dictionary<string, Shop.Point>(StringComparer.Ordinal) { ["a"] = new(1, 2), [""] = default }),
        Sample.Of(5),
        Sample.Of((int?)null, "null"),
        Sample.Of("text"),
    ];

    private static Shop.Order Order =>
        new(7, "Müller", [new("nail", 100, 0.05m), new("bolt", 3, 1.5m)], new() { Street = "S" })
    {
        PlacedAt = new(2026, 11, 21, 20, 0, 0, TimeSpan.FromHours(2)),
    };

    private static Shop.Numbers Numbers => new()
    {
        Boolean = true,
        Byte = byte.MaxValue,
        SByte = sbyte.MinValue,
        Int16 = short.MinValue,
        UInt16 = ushort.MaxValue,
        Int32 = int.MinValue,
        UInt32 = uint.MaxValue,
        Int64 = long.MinValue,
        UInt64 = ulong.MaxValue,
        Single = 1.5f,
        Double = 1e300,
        Decimal = decimal.MaxValue,
        Char = 'ü',
        NullableInt32 = 0,
        NullableDouble = 0.1,
    };

    private static Shop.Library Library => new()
    {
        Guid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        NullableGuid = Guid.Empty,
        DateTime = new(2026, 11, 21, 1, 2, 3, DateTimeKind.Utc),
        DateTimeOffset = new(2026, 11, 21, 1, 2, 3, TimeSpan.FromMinutes(-90)),
        TimeSpan = TimeSpan.FromTicks(-12345),
        DateOnly = new(2026, 11, 21),
        TimeOnly = new(23, 59, 59, 999),
        Version = new(1, 2, 3),
        Bytes = [1, 2, 3],
        Anything = JsonDocument.Parse("""{"a":[1,"b",null,true,{"c":1.5}]}""").RootElement,
    };

    private static Shop.Collections Collections => new()
    {
        Array = [1, 2],
        NullableArray = ["a", null],
        NullableNumbers = [1, null],
        List = [new("a", 1, 2)],
        ListInterface = [3],
        Collection = [4],
        ReadOnlyList = ["r"],
        ReadOnlyCollection = ["c"],
        Enumerable = [5, 6],
        Set = ["s"],
        Immutable = [7],
        Dictionary = { ["x"] = null, ["y"] = new("b", 2, 3) },
        ByNumber = new Dictionary<int, string> { [-1] = "m", [1] = "p" },
        Nested = [[1], [], [2, 3]],
    };
}
