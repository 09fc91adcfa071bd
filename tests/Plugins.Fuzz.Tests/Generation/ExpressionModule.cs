using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Fuzz.Tests.Generation;

/// <summary>
/// Modules that compute a lot and trap seldom, where those of <see cref="RandomModule"/> show every construct but
/// seldom what an operator gave.
/// </summary>
internal static class ExpressionModule
{
    /// <summary>Functions that calls by the table reach; they make none themselves.</summary>
    internal const uint TableFunctions = 3;

    private const int Functions = 6;
    private const int Depth = 5;
    private const uint Counter = ExpressionWriter.FirstOther;
    private const uint SecondInt32 = 5;

    private static readonly ValueKind[] s_locals = [.. ExpressionWriter.Kinds, I32, F32, F64, V128];

    internal static byte[] Generate(long seed)
    {
        var random = new SeededBytes(seed);
        ModuleBuilder module = new ModuleBuilder().Memory(1, 3, export: "memory").Table(6, 12, export: "table");
        foreach (ValueKind kind in ExpressionWriter.Kinds)
        {
            module.Type(ExpressionWriter.Kinds, [kind]);
            module.Global(kind, isMutable: true, export: $"global_{kind}");
        }

        for (uint function = 0; function < Functions; function++)
        {
            uint index = function;
            module.Function(
                ExpressionWriter.Kinds,
                [ResultOf(index)],
                code => WriteBody(code, random, index),
                s_locals,
                $"f{index}");
        }

        return module
            .Elements(0, 0, 1, 2)
            .PassiveElements(2, 1, 0, 1)
            .Data(16, random.Take(600))
            .PassiveData(random.Take(64))
            .Build();
    }

    internal static ValueKind ResultOf(uint function) =>
        ExpressionWriter.Kinds[function % ExpressionWriter.Kinds.Length];

    internal static uint TypeOf(ValueKind result) => (uint)Array.IndexOf(ExpressionWriter.Kinds, result);

    private static void WriteBody(CodeBuilder code, SeededBytes random, uint function)
    {
        var expressions = new ExpressionWriter(random, function);
        for (int statements = 4 + random.Below(8); statements > 0; statements--)
        {
            WriteStatement(code, random, expressions, mayLoop: true);
        }

        expressions.Write(code, ResultOf(function), Depth);
    }

    internal static void WriteStatement(
        CodeBuilder code, SeededBytes random, ExpressionWriter expressions, bool mayLoop)
    {
        ValueKind kind = ExpressionWriter.Kinds[random.Below(ExpressionWriter.Kinds.Length)];
        switch (random.Below(10))
        {
            case 0 or 1 or 2:
                expressions.Write(code, kind, Depth);
                code.LocalSet(expressions.LocalOf(kind));
                break;
            case 3 or 4:
                expressions.Write(code, kind, Depth);
                code.GlobalSet((uint)Array.IndexOf(ExpressionWriter.Kinds, kind));
                break;
            case 5 or 6:
                expressions.WriteStore(code, Depth);
                break;
            case 7:
                expressions.Write(code, I32, Depth - 2);
                code.If();
                WriteStatement(code, random, expressions, mayLoop);
                code.Else();
                WriteStatement(code, random, expressions, mayLoop);
                code.End();
                break;
            case 8 when mayLoop:
                WriteLoop(code, random, expressions);
                break;
            default:
                WriteBulk(code, random, expressions);
                break;
        }
    }

    private static void WriteLoop(CodeBuilder code, SeededBytes random, ExpressionWriter expressions)
    {
        code.I32Const(1 + random.Below(5)).LocalSet(Counter).Loop();
        WriteStatement(code, random, expressions, mayLoop: false);
        WriteStatement(code, random, expressions, mayLoop: false);
        code.LocalGet(Counter).I32Const(1).Op(Opcode.I32Sub).LocalTee(Counter).BrIf(0).End();
    }

    private static void WriteBulk(CodeBuilder code, SeededBytes random, ExpressionWriter expressions)
    {
        switch (random.Below(7))
        {
            case 0:
                expressions.WriteAddress(code, 2);
                expressions.Write(code, I32, 2);
                code.I32Const(random.Below(200)).Op(Opcode.MemoryFill, 0);
                break;
            case 1:
                expressions.WriteAddress(code, 2);
                expressions.WriteAddress(code, 2);
                code.I32Const(random.Below(200)).Op(Opcode.MemoryCopy, 0, 0);
                break;
            case 2:
                expressions.WriteAddress(code, 2);
                code.I32Const(random.Below(56)).I32Const(random.Below(10)).Op(Opcode.MemoryInit, 1, 0);
                break;
            case 3:
                code.I32Const(random.Below(5)).I32Const(random.Below(3)).I32Const(random.Below(3))
                    .Op(Opcode.TableInit, 1, 0);
                break;
            case 4:
                code.I32Const(random.Below(4)).I32Const(random.Below(4)).I32Const(random.Below(4))
                    .Op(Opcode.TableCopy, 0, 0);
                break;
            case 5:
                code.RefNull(FuncRef).I32Const(random.Below(3)).Op(Opcode.TableGrow, 0).LocalSet(SecondInt32);
                break;
            default:
                code.I32Const(random.Below(2)).Op(Opcode.MemoryGrow, 0).LocalSet(SecondInt32);
                break;
        }
    }
}
