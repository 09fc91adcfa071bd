using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Cli.Inspecting;

/// <summary>Finds the features beyond WebAssembly 1.0 that a valid module uses, by the names manifests use.</summary>
internal static class FeatureScan
{
    // Where a module stands that the engine refuses, instructions may be anything: the scan ends at the first unknown.
    internal static IReadOnlyList<string> Read(ReadOnlySpan<byte> module)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var code = new ByteCursor(SectionReader.Find(module, SectionReader.CodeSection));
        for (var bodies = code.Number(); bodies > 0 && !code.IsAtEnd; bodies--)
        {
            ReadBody(code.Take(code.Number()), found);
        }

        return [.. found];
    }

    internal static IEnumerable<string> OfTypes(IEnumerable<ExternType> types)
    {
        foreach (var type in types)
        {
            if (type is FunctionType { Results.Length: > 1 })
            {
                yield return "multi-value";
            }
            else if (type is GlobalType { IsMutable: true })
            {
                yield return "mutable-globals";
            }
            else if (type is TableType { Element: ValueKind.ExternRef } or GlobalType { Value: ValueKind.ExternRef })
            {
                yield return "reference-types";
            }
        }
    }

    private static void ReadBody(ReadOnlySpan<byte> body, SortedSet<string> found)
    {
        var cursor = new ByteCursor(body);
        for (var groups = cursor.Number(); groups > 0 && !cursor.IsAtEnd; groups--)
        {
            cursor.Number();
            cursor.Byte();
        }

        while (!cursor.IsAtEnd && ReadInstruction(ref cursor, found))
        {
        }
    }

    /// <summary>WebAssembly 2.0, section 5.4; false at an instruction that is not in it.</summary>
    private static bool ReadInstruction(ref ByteCursor cursor, SortedSet<string> found)
    {
        var opcode = cursor.Byte();
        switch (opcode)
        {
            case <= 0x01 or 0x05 or 0x0B or 0x0F or 0x1A or 0x1B or (>= 0x45 and <= 0xBF):
                return true;
            case >= 0xC0 and <= 0xC4:
                found.Add("sign-ext");
                return true;
            case (>= 0x02 and <= 0x04) or 0x0C or 0x0D or 0x10 or (>= 0x20 and <= 0x24) or 0x3F or 0x40 or 0x41 or 0x42:
                cursor.SkipNumber();
                return true;
            case 0x11 or (>= 0x28 and <= 0x3E):
                cursor.SkipNumber();
                cursor.SkipNumber();
                return true;
            case 0x0E:
                SkipNumbers(ref cursor, (long)cursor.Number() + 1);
                return true;
            case 0x43 or 0x44:
                cursor.Take(opcode == 0x43 ? 4u : 8u);
                return true;
            case 0x1C:
                found.Add("reference-types");
                SkipNumbers(ref cursor, cursor.Number());
                return true;
            case 0x25 or 0x26 or 0xD0 or 0xD2:
                found.Add("reference-types");
                cursor.SkipNumber();
                return true;
            case 0xD1:
                found.Add("reference-types");
                return true;
            case 0xFC:
                return ReadPrefixed(ref cursor, found);
            default:
                return false;
        }
    }

    private static bool ReadPrefixed(ref ByteCursor cursor, SortedSet<string> found)
    {
        var operation = cursor.Number();
        found.Add(operation switch
        {
            <= 7 => "nontrapping-fptoint",
            <= 14 => "bulk-memory",
            _ => "reference-types",
        });
        SkipNumbers(ref cursor, operation switch
        {
            <= 7 => 0,
            8 or 10 or 12 or 14 => 2,
            _ => 1,
        });
        return operation <= 17;
    }

    private static void SkipNumbers(ref ByteCursor cursor, long count)
    {
        for (; count > 0 && !cursor.IsBroken; count--)
        {
            cursor.SkipNumber();
        }
    }
}
