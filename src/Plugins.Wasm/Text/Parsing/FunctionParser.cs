using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Functions of the module's own. WebAssembly 3.0, section 6.6.4.</summary>
internal sealed class FunctionParser(
    TokenReader reader,
    ModuleScope scope,
    TypeParser types,
    SignatureParser signatures,
    InstructionParser instructions,
    ExpressionParser expressions)
{
    private const byte EndOpcode = 0x0B;

    /// <summary>Reads type, locals and code up to the closing parenthesis, which is left.</summary>
    public void Read(uint index)
    {
        var locals = new LocalScope();
        var labels = new LabelScope();
        scope.Output.Functions.Next().Unsigned(signatures.ReadUse(locals));
        var body = new ByteWriter();
        ReadLocals(locals, body);
        (LocalScope outerLocals, LabelScope outerLabels) = (instructions.Locals, instructions.Labels);
        (instructions.Locals, instructions.Labels) = (locals, labels);
        instructions.UsesData = false;
        expressions.ReadAll(body);
        scope.Output.NeedsDataCount |= instructions.UsesData;
        (instructions.Locals, instructions.Labels) = (outerLocals, outerLabels);
        body.Byte(EndOpcode);
        scope.Output.Code.Next().Vector(body.Written);
        scope.Output.Names.Add(NameKind.Local, index, locals.Names);
        scope.Output.Names.Add(NameKind.Label, index, labels.Names);
    }

    private void ReadLocals(LocalScope locals, ByteWriter body)
    {
        var runs = new LocalRuns();
        while (reader.TryTakeLeft("local"u8))
        {
            if (reader.IsIdentifier)
            {
                locals.AddNamed(reader);
                types.ReadValueType(runs.Next());
                reader.ExpectRight();
                continue;
            }

            while (!reader.TryTake(TokenKind.Right))
            {
                locals.AddUnnamed(1);
                types.ReadValueType(runs.Next());
            }
        }

        runs.WriteTo(body);
    }
}
