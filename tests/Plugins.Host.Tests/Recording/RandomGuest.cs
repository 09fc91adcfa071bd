using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Recording;

/// <summary>A guest that does at random whatever a guest can, most of it over bytes that it was given.</summary>
internal sealed class RandomGuest(int seed)
{
    private const int MemoryBytes = 2_048;
    private const int Statements = 40;

    private const uint InputRead = 0;
    private const uint OutputWrite = 1;
    private const uint ErrorWrite = 2;
    private const uint ResultRead = 3;
    private const uint Clock = 4;
    private const uint Draws = 5;
    private const uint Answer = 6;

    private static readonly Opcode[] OverSingles =
    [
        Opcode.F32Add, Opcode.F32Sub, Opcode.F32Mul, Opcode.F32Div, Opcode.F32Min, Opcode.F32Max, Opcode.F32Copysign,
        Opcode.F32Sqrt, Opcode.F32Ceil, Opcode.F32Floor, Opcode.F32Trunc, Opcode.F32Nearest, Opcode.F32Neg,
    ];

    private static readonly Opcode[] OverDoubles =
    [
        Opcode.F64Add, Opcode.F64Sub, Opcode.F64Mul, Opcode.F64Div, Opcode.F64Min, Opcode.F64Max, Opcode.F64Copysign,
        Opcode.F64Sqrt, Opcode.F64Ceil, Opcode.F64Floor, Opcode.F64Trunc, Opcode.F64Nearest, Opcode.F64Abs,
    ];

    private readonly Random _random = new(seed);

    internal static readonly string[] Capabilities = ["clock.now", "random.bytes", "test.answer"];

    internal byte[] Build()
    {
        var module = new ModuleBuilder()
            .ImportFunction("plugins:abi/v1", "input_read", [I32, I32], [I32])
            .ImportFunction("plugins:abi/v1", "output_write", [I32, I32], [])
            .ImportFunction("plugins:abi/v1", "error_write", [I32, I32], [])
            .ImportFunction("plugins:abi/v1", "result_read", [I32, I32], [I32]);
        foreach (var capability in Capabilities)
        {
            module.ImportFunction("plugins:host/v1", capability, [I32, I32], [I32]);
        }

        module.Memory(1, 4, export: "memory");
        if (seed % 3 == 0)
        {
            module.Function([], [], Draw, export: "_initialize");
        }

        return module.Function([], [I32], Body, [I32], export: "run").Build();
    }

    private void Body(CodeBuilder code)
    {
        Draw(code);
        for (var index = 0; index < Statements; index++)
        {
            Statement(code, canLoop: true);
        }

        Range(code).Call(OutputWrite);
        Range(code).Call(ErrorWrite);

        // About every second call fails by itself.
        code.I32Const(0).I32Const(1).Op(Opcode.I32Store, 0, 0).I32Const(0).I32Const(4).Call(Draws).Drop()
            .I32Const(8).I32Const(1).Call(ResultRead).Drop()
            .I32Const(8).Op(Opcode.I32Load8U, 0, 0).I32Const(1).Op(Opcode.I32And);
    }

    private void Statement(CodeBuilder code, bool canLoop)
    {
        switch (_random.Next(canLoop ? 13 : 11))
        {
            case 0:
                Range(code).Call(InputRead).Drop();
                break;
            case 1:
                Range(code).Call(OutputWrite);
                break;
            case 2:
                Ask(code, _random.Next(2) == 0 ? Clock : Answer);
                break;
            case 3:
                Draw(code);
                break;
            case 4 or 5:
                Compute(code, Pick(OverSingles), Opcode.F32Load, Opcode.F32Store);
                break;
            case 6 or 7:
                Compute(code, Pick(OverDoubles), Opcode.F64Load, Opcode.F64Store);
                break;
            case 8:
                Load(Address(code), Opcode.F64Load).Op(Opcode.F32DemoteF64).Op(Opcode.F32Store, 0, 0);
                break;
            case 9:
                Load(Address(code), Opcode.F32Load).Op(Opcode.F64PromoteF32).Op(Opcode.F64Store, 0, 0);
                break;
            case 10:
                Fail(code);
                break;
            case 11:
                Address(code).I32Const(1).Op(Opcode.MemoryGrow, 0).Op(Opcode.I32Store, 0, 0);
                break;
            default:
                Loop(code);
                break;
        }
    }

    private void Loop(CodeBuilder code)
    {
        code.I32Const(_random.Next(1, 20)).LocalSet(0).Loop();
        Statement(code, canLoop: false);
        Statement(code, canLoop: false);
        code.LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0).End();
    }

    // Seldom, as most calls are to get to their end.
    private void Fail(CodeBuilder code)
    {
        if (_random.Next(2) == 0)
        {
            Load(code, Opcode.I32Load8U).I32Const(63).Op(Opcode.I32And).I32Const(42).Op(Opcode.I32Eq).If()
                .Op(Opcode.Unreachable).End();
        }
        else
        {
            Load(Load(Address(code), Opcode.I32Load), Opcode.I32Load8U).I32Const(42).Op(Opcode.I32Xor)
                .Op(Opcode.I32DivU).Op(Opcode.I32Store, 0, 0);
        }
    }

    private void Draw(CodeBuilder code)
    {
        var place = _random.Next(MemoryBytes);
        code.I32Const(place).I32Const(_random.Next(200)).Op(Opcode.I32Store, 0, 0);
        Read(code.I32Const(place).I32Const(4).Call(Draws).Drop());
    }

    private void Ask(CodeBuilder code, uint capability)
    {
        Range(Address(code)).Call(capability).Op(Opcode.I32Store, 0, 0);
        Read(code);
    }

    private void Read(CodeBuilder code) => Range(code).Call(ResultRead).Drop();

    private void Compute(CodeBuilder code, Opcode opcode, Opcode load, Opcode store)
    {
        Load(Address(code), load);
        if (OpcodeTable.Get(opcode).OperandCount == 2)
        {
            Load(code, load);
        }

        code.Op(opcode).Op(store, 0, 0);
    }

    private CodeBuilder Address(CodeBuilder code) => code.I32Const(_random.Next(MemoryBytes));

    private CodeBuilder Range(CodeBuilder code) => Address(code).I32Const(_random.Next(64));

    private CodeBuilder Load(CodeBuilder code, Opcode load) => Address(code).Op(load, 0, 0);

    private Opcode Pick(Opcode[] opcodes) => opcodes[_random.Next(opcodes.Length)];
}
