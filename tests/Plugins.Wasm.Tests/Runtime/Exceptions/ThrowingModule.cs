using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Runtime.Exceptions;

/// <summary>A guest whose one tag carries an i32; it imports <c>host.call</c> without parameters and results.</summary>
internal static class ThrowingModule
{
    // 0: i32 ->; 1: ->; 2: i32 -> i32; 3: -> i32
    private const string Types = "04 60 01 7F 00 60 00 00 60 01 7F 01 7F 60 00 01 7F";

    private static readonly (string Name, byte Type, string Code)[] s_functions =
    [
        ("throw", 0, "20 00 08 00"),

        // What throw throws, 0 where nothing.
        ("catch", 2, "02 7F 1F 40 01 00 00 00 20 00 10 01 0B 41 7F 0B"),

        // What the host throws, or -1.
        ("catchHost", 3, "02 7F 1F 40 01 00 00 00 10 00 0B 41 7F 0B"),

        // Whether the host throws anything.
        ("catchAll", 3, "02 40 1F 40 01 02 00 10 00 0B 41 00 0F 0B 41 01"),

        // Throws 7 that many calls deep.
        ("deep", 0, "20 00 45 04 40 41 07 08 00 0B 20 00 41 01 6B 10 05"),
        ("catchDeep", 2, "02 7F 1F 40 01 00 00 00 20 00 10 05 0B 41 7F 0B"),
        ("recurse", 1, "10 07"),
        ("catchRecursion", 3, "02 40 1F 40 01 02 00 10 07 0B 41 00 0F 0B 41 01"),
        ("trap", 1, "00"),
        ("catchTrap", 3, "02 40 1F 40 01 02 00 10 09 0B 41 00 0F 0B 41 01"),
        ("loop", 1, "03 40 0C 00 0B"),
        ("catchLoop", 3, "02 40 1F 40 01 02 00 10 0B 0B 41 00 0F 0B 41 01"),

        // Catches by reference, and throws it again.
        ("throwAgain", 0, "02 69 1F 40 01 03 00 20 00 10 01 0B 0F 0B 0A"),

        // That many throws and catches in a row, each ten calls deep.
        ("many", 0, "03 40 41 0A 10 06 1A 20 00 41 01 6B 22 00 0D 00 0B"),

        // try: throw; catch 0, catch_all (legacy).
        ("legacy", 2, "06 7F 20 00 10 01 41 00 07 00 41 01 6A 19 41 7F 0B"),
    ];

    public static byte[] Build()
    {
        int count = s_functions.Length;
        ByteWriter exports = new ByteWriter().Byte(count + 1).Name("tag").Byte(4).Byte(0);
        ByteWriter bodies = new ByteWriter().Byte(count);
        for (int i = 0; i < count; i++)
        {
            exports.Name(s_functions[i].Name).Byte(0).Byte(i + 1);
            bodies.Sized([0, .. Hex.Bytes(s_functions[i].Code), 0x0B]);
        }

        return ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, Hex.Bytes(Types)),
            ModuleBuilder.Section(2, [1, 4, .. "host"u8, 4, .. "call"u8, 0, 1]),
            ModuleBuilder.Section(3, [(byte)count, .. s_functions.Select(function => function.Type)]),
            ModuleBuilder.Section(13, 1, 0, 0),
            ModuleBuilder.Section(7, exports.ToArray()),
            ModuleBuilder.Section(10, bodies.ToArray()));
    }
}
