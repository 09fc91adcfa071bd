using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Support;

/// <summary>A valid module with every section and one of everything, for bodies to refer to.</summary>
internal static class RichModule
{
    /// <summary>Type 0: from nothing to nothing.</summary>
    public const uint Nullary = 0;

    /// <summary>Type 1: from i32, i64 to i64, i32.</summary>
    public const uint Swap = 1;

    /// <summary>Global 0: imported, i32, immutable.</summary>
    public const uint ImportedGlobal = 0;

    /// <summary>Global 1: i32, mutable.</summary>
    public const uint MutableGlobal = 1;

    /// <summary>Table 0: functions.</summary>
    public const uint FunctionTable = 0;

    /// <summary>Table 1: external references.</summary>
    public const uint ExternTable = 1;

    /// <summary>Function 0: imported, of type 0. Function 1: of type 1, declared for references.</summary>
    public const uint SwapFunction = 1;

    /// <summary>Function 2: of type 0, not declared for references.</summary>
    public const uint UndeclaredFunction = 2;

    public static ModuleBuilder Create() => new ModuleBuilder()
        .Type([], [])
        .Type([I32, I64], [I64, I32])
        .ImportFunction("env", "callback", Nullary)
        .ImportGlobal("env", "base", I32)
        .Function([I32, I64], [I64, I32], code => code.LocalGet(1).LocalGet(0), [F64], export: "swap")
        .Function([], [], code => code.Op(Opcode.Nop))
        .Table(10, 20)
        .Table(10, kind: ExternRef, export: "externs")
        .Memory(1, 2, export: "memory")
        .Global(I32, isMutable: true)
        .Global(F64, value: code => code.F64Const(1.5))
        .Global(FuncRef, value: code => code.Op(Opcode.RefFunc, SwapFunction))
        .Start(UndeclaredFunction)
        .Elements(0, SwapFunction)
        .PassiveReferences(ExternRef, item => item.RefNull(ExternRef))
        .DeclareFunctions(SwapFunction)
        .Data(8, 1, 2, 3)
        .PassiveData(4, 5, 6)
        .Custom("name", 0, 4, 3, (byte)'a', (byte)'b', (byte)'c');
}
