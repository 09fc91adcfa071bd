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
    public void Validate(in ConstantExpression expression, ValueCode expected, int? globalsBefore = null)
    {
        if (expression.Code.IsUnresolved)
        {
            throw Invalid("unknown type", expression);
        }

        ValueCode actual = expression.Opcode switch
        {
            Opcode.GlobalGet => CodeOfGlobal(expression, globalsBefore ?? module.Globals.Length),
            Opcode.RefFunc => CodeOfFunction(expression),
            Opcode.RefNull => expression.Code,
            Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const or Opcode.V128Const =>
                (ValueCode)OpcodeTable.Get(expression.Opcode).Result,

            // What the decoder makes of an expression without exactly one instruction.
            Opcode.End => throw Invalid("type mismatch: expected one instruction", expression),
            Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul =>
                throw new UnsupportedFeatureException(
                    new ForeignConstruct(WasmFeature.ExtendedConst, "arithmetic in a constant expression"),
                    expression.Offset),
            _ => throw Invalid("constant expression required", expression),
        };
        if (!module.Definitions.Matches(actual, expected))
        {
            throw Invalid($"type mismatch: expected {expected.Text}, found {actual.Text}", expression);
        }
    }

    private ValueCode CodeOfGlobal(in ConstantExpression expression, int globalsBefore)
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

        return global.IsMutable ? throw Invalid("constant expression required", expression) : global.Code;
    }

    private ValueCode CodeOfFunction(in ConstantExpression expression) =>
        expression.Bits < (ulong)module.FunctionTypeIndices.Length
            ? module.Definitions[module.FunctionTypeIndices[(int)expression.Bits]].Code(isNullable: false)
            : throw Invalid($"unknown function {expression.Bits}", expression);

    private static InvalidModuleException Invalid(string reason, in ConstantExpression expression) =>
        new(reason, expression.Offset);
}
