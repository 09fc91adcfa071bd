using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Support;

/// <summary>Random functions that branch, loop, call and trap in every way that fuel has to be exact in.</summary>
/// <remarks>
/// Function 0 is the host's. The first of the guest's do not call, so that those that do have callees of both kinds.
/// </remarks>
internal sealed class FuelProgram
{
    private const int LeafCount = 4;
    private const int FunctionCount = 8;
    private const int MaximumDepth = 4;

    private readonly Random _random;
    private uint _function = 1;

    private FuelProgram(int seed) => _random = new Random(seed);

    private bool MayCall => _function > LeafCount;

    public static byte[] Build(int seed) => new FuelProgram(seed).Build();

    private byte[] Build()
    {
        ModuleBuilder module = new ModuleBuilder()
            .ImportFunction("host", "called", [I32], [I32])
            .Memory(1);
        for (; _function <= FunctionCount; _function++)
        {
            string? export = _function == FunctionCount ? "run" : null;
            module.Function([I32], [I32], WriteBody, [I32, I32, I32, I32, I32], export: export);
        }

        return module.Build();
    }

    private void WriteBody(CodeBuilder code)
    {
        WriteMany(code, depth: 0);
        code.LocalGet(0);

        // A result that is returned at once, and one that is not.
        if (MayCall && _random.Next(2) == 0)
        {
            WriteCall(code);
        }
    }

    private void WriteMany(CodeBuilder code, int depth)
    {
        for (int i = _random.Next(1, 5); i > 0; i--)
        {
            Write(code, depth);
        }
    }

    private void Write(CodeBuilder code, int depth)
    {
        switch (_random.Next(depth < MaximumDepth ? 12 : 6))
        {
            case 0 or 1:
                code.LocalGet(0).I32Const(_random.Next()).Op(Opcode.I32Add).LocalSet(0);
                break;
            case 2:
                // One in sixteen is outside.
                code.LocalGet(0).I32Const(0xFFFFF).Op(Opcode.I32And).Access(Opcode.I32Load8U).Drop();
                break;
            case 3:
                code.I32Const(99).LocalGet(0).I32Const(31).Op(Opcode.I32And).Op(Opcode.I32DivU).LocalSet(0);
                break;
            case 4 when MayCall:
                WriteCall(code.LocalGet(0));
                code.LocalSet(0);
                break;
            case 5:
                code.I32Const(0).I32Const(1).I32Const(_random.Next(200)).Op(Opcode.MemoryFill, 0);
                break;
            case 6 or 7:
                WriteIf(code, depth);
                break;
            case 8 or 9:
                WriteBlock(code, depth);
                break;
            case 10:
                WriteLoop(code, depth);
                break;
            default:
                code.Op(Opcode.Nop);
                break;
        }
    }

    private void WriteCall(CodeBuilder code) => code.Call((uint)_random.Next((int)_function));

    private void WriteCondition(CodeBuilder code) =>
        code.LocalGet(0).I32Const(1 << _random.Next(8)).Op(Opcode.I32And);

    private void WriteIf(CodeBuilder code, int depth)
    {
        WriteCondition(code);
        code.If();
        WriteMany(code, depth + 1);
        if (_random.Next(8) == 0)
        {
            code.Op(Opcode.Unreachable);
        }
        else if (_random.Next(4) == 0)
        {
            code.LocalGet(0).Return();
        }

        if (_random.Next(2) == 0)
        {
            code.Else();
            WriteMany(code, depth + 1);
        }

        code.End();
    }

    private void WriteBlock(CodeBuilder code, int depth)
    {
        code.Block().Block();
        WriteMany(code, depth + 1);
        WriteCondition(code);
        switch (_random.Next(3))
        {
            case 0:
                code.BrIf(0);
                break;
            case 1:
                code.BrIf(1);
                break;
            default:
                code.BrTable(0, 1, 0);
                break;
        }

        code.End();
        WriteMany(code, depth + 1);
        code.End();
    }

    private void WriteLoop(CodeBuilder code, int depth)
    {
        uint counter = (uint)depth + 1;
        code.I32Const(_random.Next(1, 6)).LocalSet(counter).Loop();
        WriteMany(code, depth + 1);
        code.LocalGet(counter).I32Const(1).Op(Opcode.I32Sub).LocalTee(counter)
            .I32Const(0).Op(Opcode.I32GtS).BrIf(0).End();
    }
}
