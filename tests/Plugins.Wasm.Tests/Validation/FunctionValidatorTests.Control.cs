using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

/// <content>Blocks, branches and calls.</content>
internal sealed partial class FunctionValidatorTests
{
    private static IEnumerable<TestCaseData> ValidControl() =>
    [
        Good("block with a result", [I32], code => code.Block(I32).I32Const(1).End()),
        Good("block with parameters", [I64, I32], code =>
            code.I32Const(1).I64Const(2).BlockOfType(Opcode.Block, RichModule.Swap)
                .Call(RichModule.SwapFunction).End()),
        Good("if with else", [I64], code => code.I32Const(1).If(I64).I64Const(1).Else().I64Const(2).End()),
        Good("if without else", [], code => code.I32Const(1).If().End()),
        Good("branch out of all", [I32], code => code.Block().I32Const(1).Br(1).End().Op(Opcode.Unreachable)),
        Good("loop takes its parameters", [I64, I32], code => code
            .I32Const(1).I64Const(2).BlockOfType(Opcode.Loop, RichModule.Swap)
            .I32Const(0).BrIf(0).Call(RichModule.SwapFunction).End()),
        Good("conditional branch keeps values", [I32], code => code.I32Const(1).I32Const(0).BrIf(0)),
        Good("branch table", [I32], code =>
            code.Block(I32).I32Const(1).I32Const(0).BrTable(0, 0, 1, 0).End()),
        Good("branch table behind unreachable", [F32], code => code
            .Block(F32).Block(I32).Op(Opcode.Unreachable).BrTable(0, 1, 0).End().Drop().F32Const(0).End()),
        Good("return", [I32], code => code.Block().I32Const(1).Return().End().I32Const(2)),
        Good("values below a return", [], code => code.F32Const(1).I32Const(2).Return()),
        Good("unreachable yields anything", [I64, F32], code => code.Op(Opcode.Unreachable)),
        Good("unreachable yields only what is missing", [I32], code =>
            code.Op(Opcode.Unreachable).I32Const(0).Op(Opcode.I32Add)),
        Good("unreachable goes on behind a block", [I32], code =>
            code.Op(Opcode.Unreachable).Block().Op(Opcode.Nop).End().Op(Opcode.I32Add)),
        Good("indirect call", [I64, I32], code =>
            code.I32Const(1).I64Const(2).I32Const(0).CallIndirect(RichModule.Swap, RichModule.FunctionTable)),
    ];

    private static IEnumerable<TestCaseData> InvalidControl() =>
    [
        Bad("block without its result", "type mismatch", [], code => code.Block(I32).End().Drop()),
        Bad("block that takes from outside", "type mismatch", [], code => code.I32Const(0).Block().Drop().End()),
        Bad("block of an unknown type", "unknown type 9", [], code => code.BlockOfType(Opcode.Block, 9).End()),
        Bad("block of a huge type", "unknown type", [], code => code.BlockOfType(Opcode.Block, uint.MaxValue).End()),
        Bad("block without its parameters", "type mismatch", [], code =>
            code.I32Const(0).BlockOfType(Opcode.Block, RichModule.Swap).End().Drop().Drop()),
        Bad("if without condition", "type mismatch", [], code => code.If().End()),
        Bad("if with result without else", "type mismatch", [I32], code => code.I32Const(0).If(I32).I32Const(0).End()),
        Bad("else of another type", "type mismatch", [I32], code =>
            code.I32Const(0).If(I32).I32Const(0).Else().I64Const(0).End()),
        Bad("unreachable before else ends there", "type mismatch", [I32], code =>
            code.I32Const(0).If(I32).Op(Opcode.Unreachable).Else().End()),
        Bad("unreachable ends with its block", "type mismatch", [], code =>
            code.Block().Op(Opcode.Unreachable).End().Drop()),
        Bad("unreachable hides no mismatch", "type mismatch", [], code =>
            code.Op(Opcode.Unreachable).F32Const(0).Op(Opcode.I32Eqz).Drop()),
        Bad("unreachable hides no rest", "type mismatch", [], code => code.Op(Opcode.Unreachable).I32Const(0)),
        Bad("unknown label", "unknown label 1", [], code => code.Br(1)),
        Bad("unknown label in a table", "unknown label 2", [], code => code.I32Const(0).BrTable(0, 0, 2)),
        Bad("unknown label as default", "unknown label 2", [], code => code.I32Const(0).BrTable(2, 0)),
        Bad("branch without value", "type mismatch", [I32], code => code.Block(I32).Br(0).End()),
        Bad("conditional branch without condition", "type mismatch", [], code => code.BrIf(0)),
        Bad("conditional branch makes unknowns known", "type mismatch", [], code =>
            code.Block(I32).Op(Opcode.Unreachable).I32Const(0).BrIf(0)
                .Op(Opcode.F32Neg).Drop().I32Const(0).End().Drop()),
        Bad("targets of two arities", "type mismatch", [], code =>
            code.Block(I32).I32Const(0).I32Const(0).BrTable(0, 1).End().Drop()),
        Bad("targets of two arities behind unreachable", "type mismatch", [], code =>
            code.Block(I32).Op(Opcode.Unreachable).BrTable(0, 1).End().Drop()),
        Bad("targets of two types", "type mismatch", [F32], code =>
            code.Block(I32).F32Const(0).I32Const(0).BrTable(0, 1).End().Drop().F32Const(0)),
        Bad("branch to a loop takes parameters", "type mismatch", [], code => code
            .I32Const(1).I64Const(2).BlockOfType(Opcode.Loop, RichModule.Swap)
            .Call(RichModule.SwapFunction).Br(0).End().Drop().Drop()),
        Bad("return without value", "type mismatch", [I32], code => code.Return()),
        Bad("call of an unknown function", "unknown function 4", [], code => code.Call(4)),
        Bad("call without arguments", "type mismatch", [], code => code.Call(RichModule.SwapFunction).Drop().Drop()),
        Bad("indirect call of an unknown type", "unknown type 9", [], code => code.I32Const(0).CallIndirect(9)),
        Bad("indirect call through an unknown table", "unknown table 2", [], code =>
            code.I32Const(0).CallIndirect(RichModule.Nullary, 2)),
        Bad("indirect call through external references", "type mismatch", [], code =>
            code.I32Const(0).CallIndirect(RichModule.Nullary, RichModule.ExternTable)),
        Bad("indirect call without index", "type mismatch", [], code => code.CallIndirect(RichModule.Nullary)),
    ];
}
