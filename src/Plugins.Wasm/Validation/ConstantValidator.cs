using Plugins.Wasm.Binary;
using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Validates constant expressions, which may read imported immutable globals only.</summary>
/// <remarks>WebAssembly 2.0, sections 3.3.10 and 3.4.10.</remarks>
internal sealed class ConstantValidator(BinaryModule module)
{
    /// <summary>Requires an expression that is constant and gives a value of the expected type.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="expected">The type.</param>
    /// <param name="globalsBefore">How many globals have a value by then; all, where null.</param>
    public void Validate(in ConstantExpression expression, ValueKind expected, int? globalsBefore = null)
    {
        ValueKind actual = expression.Opcode switch
        {
            Opcode.GlobalGet => KindOfGlobal(expression, globalsBefore ?? module.Globals.Length),
            Opcode.RefFunc => KindOfFunction(expression),
            Opcode.RefNull => expression.Kind,
            Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const =>
                OpcodeTable.Get(expression.Opcode).Result,

            // What the decoder makes of an expression without exactly one instruction.
            Opcode.End => throw Invalid("type mismatch: expected one instruction", expression),
            Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul =>
                throw new UnsupportedFeatureException(
                    new ForeignConstruct(WasmFeature.ExtendedConst, "arithmetic in a constant expression"),
                    expression.Offset),
            _ => throw Invalid("constant expression required", expression),
        };
        if (actual != expected)
        {
            throw Invalid($"type mismatch: expected {KindName.Of(expected)}, found {KindName.Of(actual)}", expression);
        }
    }

    private ValueKind KindOfGlobal(in ConstantExpression expression, int globalsBefore)
    {
        if (expression.Bits >= (ulong)globalsBefore)
        {
            throw Invalid($"unknown global {expression.Bits}", expression);
        }

        GlobalType global = module.Globals[(int)expression.Bits];
        if (expression.Bits >= (ulong)module.ImportedGlobalCount && !global.IsMutable)
        {
            throw new UnsupportedFeatureException(
                new ForeignConstruct(WasmFeature.GarbageCollection, "a constant that reads the module's own global"),
                expression.Offset);
        }

        return global.IsMutable ? throw Invalid("constant expression required", expression) : global.Value;
    }

    private ValueKind KindOfFunction(in ConstantExpression expression) =>
        expression.Bits < (ulong)module.FunctionTypeIndices.Length
            ? ValueKind.FuncRef
            : throw Invalid($"unknown function {expression.Bits}", expression);

    private static InvalidModuleException Invalid(string reason, in ConstantExpression expression) =>
        new(reason, expression.Offset);
}
