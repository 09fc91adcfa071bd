using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Fuzz.Tests.Generation;

/// <summary>
/// Modules that loop and call a lot, so that functions and running loops change over from one tier to another: nested
/// loops that carry operands, calls of every function by every other, through the table too.
/// </summary>
/// <remarks>They end since entries and rounds take from a common number of steps. Otherwise they are what an
/// <see cref="ExpressionModule"/> is, with the same locals and globals.</remarks>
internal static class LoopModule
{
    private const int Functions = 6;
    private const int MostSteps = 400;
    private const int DeepestLoop = 3;
    private const uint SecondInt32 = 5;
    private const uint Steps = 5;
    private const uint FirstCounter = ExpressionWriter.FirstOther + 4;
    private const uint FunctionLocal = FirstCounter + DeepestLoop;
    private const uint ExternalLocal = FunctionLocal + 1;

    private static readonly ValueKind[] s_locals =
        [.. ExpressionWriter.Kinds, I32, F32, F64, V128, .. Enumerable.Repeat(I32, DeepestLoop), FuncRef, ExternRef];

    private static readonly ValueKind[] s_carried = [I32, I64, F32, F64, V128, FuncRef, ExternRef];

    internal static byte[] Generate(long seed)
    {
        var random = new SeededBytes(seed ^ 0x1009);
        ModuleBuilder module = new ModuleBuilder().Memory(1, 3, export: "memory").Table(8, 12, export: "table");
        foreach (ValueKind kind in ExpressionWriter.Kinds)
        {
            module.Type(ExpressionWriter.Kinds, [kind]);
            module.Global(kind, isMutable: true, export: $"global_{kind}");
        }

        module.Global(I32, isMutable: true, export: "steps");
        for (uint function = 0; function < Functions; function++)
        {
            var body = new Body(module, random, function);
            module.Function(ExpressionWriter.Kinds, [ExpressionModule.ResultOf(function)], body.Write, s_locals);
        }

        for (uint function = 0; function < Functions; function++)
        {
            Export(module, function, random.Below(MostSteps));
        }

        return module
            .Elements(0, 0, 1, 2, 3, 4, 5, 6)
            .PassiveElements(2, 1, 0, 1)
            .Data(16, random.Take(600))
            .PassiveData(random.Take(64))
            .Build();
    }

    private static void Export(ModuleBuilder module, uint function, int steps) => module.Function(
        ExpressionWriter.Kinds,
        [ExpressionModule.ResultOf(function)],
        code => code.I32Const(steps).GlobalSet(Steps)
            .LocalGet(0).LocalGet(1).LocalGet(2).LocalGet(3).LocalGet(4).Call(function),
        export: $"f{function}");

    private sealed class Body(ModuleBuilder module, SeededBytes random, uint function)
    {
        // Not more than two: its calls by the table would often trap.
        private readonly ExpressionWriter _expressions = new(random, Math.Min(function, 2));

        internal void Write(CodeBuilder code)
        {
            WriteStep(code);
            code.I32Const(0).Op(Opcode.I32LtS).If();
            code.Zero(ExpressionModule.ResultOf(function)).Return().End();
            WriteStatements(code, level: 0);
            _expressions.Write(code, ExpressionModule.ResultOf(function), depth: 3);
        }

        /// <summary>Takes a step, and leaves how many there are left.</summary>
        private static void WriteStep(CodeBuilder code) =>
            code.GlobalGet(Steps).I32Const(1).Op(Opcode.I32Sub).GlobalSet(Steps).GlobalGet(Steps);

        private void WriteStatements(CodeBuilder code, int level)
        {
            for (int statements = 1 + random.Below(4); statements > 0; statements--)
            {
                switch (random.Below(8))
                {
                    case 0 or 1 or 2 when level < DeepestLoop:
                        WriteLoop(code, level);
                        break;
                    case 3 or 4:
                        WriteCall(code);
                        break;
                    case 5:
                        WriteReference(code);
                        break;
                    default:
                        ExpressionModule.WriteStatement(code, random, _expressions, mayLoop: false);
                        break;
                }
            }
        }

        private void WriteLoop(CodeBuilder code, int level)
        {
            ValueKind[] carried =
                [.. Enumerable.Range(0, random.Below(4)).Select(_ => s_carried[random.Below(s_carried.Length)])];
            uint counter = FirstCounter + (uint)level;
            code.I32Const(2 + random.Below(12)).LocalSet(counter);
            bool isAboveOthers = random.Below(3) == 0;
            if (isAboveOthers)
            {
                WriteValue(code, I64);
            }

            Array.ForEach(carried, kind => WriteValue(code, kind));
            uint type = module.TypeIndex(carried, carried);
            code.BlockOfType(Opcode.Loop, type);
            WriteStatements(code, level + 1);
            if (random.Below(2) == 0)
            {
                Keep(code, carried);
                Array.ForEach(carried, kind => WriteValue(code, kind));
            }

            WriteRound(code, counter, type);
            code.End();
            Keep(code, carried);
            if (isAboveOthers)
            {
                Keep(code, [I64]);
            }
        }

        /// <summary>Goes back to the loop's head while there are rounds and steps, in one of many ways.</summary>
        private void WriteRound(CodeBuilder code, uint counter, uint type)
        {
            code.LocalGet(counter).I32Const(1).Op(Opcode.I32Sub).LocalTee(counter).I32Const(0).Op(Opcode.I32GtS);
            WriteStep(code);
            code.I32Const(0).Op(Opcode.I32GtS).Op(Opcode.I32And);
            switch (random.Below(4))
            {
                case 0:
                    code.BlockOfType(Opcode.If, type).Br(1).End();
                    break;
                case 1:
                    // Out of a block within the loop, or back.
                    code.LocalSet(ExpressionWriter.FirstOther).BlockOfType(Opcode.Block, type)
                        .LocalGet(ExpressionWriter.FirstOther).BrTable(1, 0).End();
                    break;
                default:
                    code.BrIf(0);
                    break;
            }
        }

        private void WriteCall(CodeBuilder code)
        {
            uint callee = (uint)random.Below(Functions);
            ValueKind result = ExpressionModule.ResultOf(callee);
            Array.ForEach(ExpressionWriter.Kinds, kind => _expressions.Write(code, kind, depth: 1));
            if (random.Below(3) == 0)
            {
                code.I32Const((int)callee).CallIndirect(ExpressionModule.TypeOf(result));
            }
            else
            {
                code.Call(callee);
            }

            code.LocalSet(_expressions.LocalOf(result));
        }

        private void WriteReference(CodeBuilder code)
        {
            switch (random.Below(4))
            {
                case 0:
                    code.I32Const(random.Below(8)).Op(Opcode.TableGet, 0).LocalSet(FunctionLocal);
                    break;
                case 1:
                    code.I32Const(6 + random.Below(2)).LocalGet(FunctionLocal).Op(Opcode.TableSet, 0);
                    break;
                case 2:
                    code.Op(Opcode.RefFunc, (uint)random.Below(Functions)).LocalSet(FunctionLocal);
                    break;
                default:
                    code.LocalGet(random.Below(2) == 0 ? FunctionLocal : ExternalLocal)
                        .Op(Opcode.RefIsNull).LocalSet(SecondInt32);
                    break;
            }
        }

        private void WriteValue(CodeBuilder code, ValueKind kind)
        {
            if (kind is FuncRef or ExternRef)
            {
                code.LocalGet(kind is FuncRef ? FunctionLocal : ExternalLocal);
            }
            else
            {
                _expressions.Write(code, kind, depth: 2);
            }
        }

        /// <summary>Takes operands into locals.</summary>
        private void Keep(CodeBuilder code, ValueKind[] operands)
        {
            for (int i = operands.Length - 1; i >= 0; i--)
            {
                code.LocalSet(operands[i] switch
                {
                    FuncRef => FunctionLocal,
                    ExternRef => ExternalLocal,
                    ValueKind number => _expressions.LocalOf(number),
                });
            }
        }
    }
}
