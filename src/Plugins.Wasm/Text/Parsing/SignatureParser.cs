using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Parameters and results, and uses of function types. WebAssembly 3.0, sections 6.4.5 and 6.4.9.</summary>
internal sealed class SignatureParser(TokenReader reader, ModuleScope scope, TypeParser types)
{
    private const byte EmptyBlockType = 0x40;

    /// <summary>Reads parameters and results.</summary>
    /// <param name="locals">Where the parameters' identifiers go; null where they can have none.</param>
    public Signature Read(LocalScope? locals)
    {
        var signature = new Signature();
        while (reader.TryTakeLeft("param"u8))
        {
            ReadParameters(signature.Parameters, locals);
        }

        while (reader.TryTakeLeft("result"u8))
        {
            ReadTypes(signature.Results);
        }

        return reader.IsLeft("param"u8) ? throw reader.Unexpected() : signature;
    }

    /// <summary>Reads the use of a type: its index, what it is, or both, which then have to agree.</summary>
    public uint ReadUse(LocalScope? locals)
    {
        Token token = reader.Current;
        uint? index = TryReadIndex();
        Signature signature = Read(locals);
        if (index is not uint used)
        {
            return scope.FunctionTypes.Imply(signature, scope.Output.Types);
        }

        CheckUse(used, signature, token);
        if (locals is not null && signature.Parameters.Count == 0
            && scope.FunctionTypes.Find(used) is Signature declared)
        {
            locals.AddUnnamed((uint)declared.Parameters.Count);
        }

        return used;
    }

    /// <summary>Reads a block's type. Section 6.5.1.</summary>
    public void ReadBlockType(ByteWriter output)
    {
        Token token = reader.Current;
        uint? index = TryReadIndex();
        Signature signature = Read(locals: null);
        if (index is uint used)
        {
            CheckUse(used, signature, token);
            output.Signed(used);
        }
        else if (signature.Parameters.Count > 0 || signature.Results.Count > 1)
        {
            output.Signed(scope.FunctionTypes.Imply(signature, scope.Output.Types));
        }
        else if (signature.Results.Count == 1)
        {
            output.Bytes(signature.Results.Bytes.Written);
        }
        else
        {
            output.Byte(EmptyBlockType);
        }
    }

    /// <summary>Reads types up to the closing parenthesis.</summary>
    public void ReadTypes(SectionWriter output)
    {
        while (!reader.TryTake(TokenKind.Right))
        {
            types.ReadValueType(output.Next());
        }
    }

    private uint? TryReadIndex()
    {
        if (!reader.TryTakeLeft("type"u8))
        {
            return null;
        }

        uint index = scope.Types.Use(reader);
        reader.ExpectRight();
        return index;
    }

    private void CheckUse(uint index, Signature signature, Token token)
    {
        if (signature.IsEmpty)
        {
            return;
        }

        if (!scope.FunctionTypes.Exists(index))
        {
            throw reader.Fault($"unknown type {index}", token);
        }

        if (scope.FunctionTypes.Find(index) is not Signature declared || !declared.IsSameAs(signature))
        {
            throw reader.Fault("inline function type is not the type that it names", token);
        }
    }

    private void ReadParameters(SectionWriter parameters, LocalScope? locals)
    {
        if (locals is null || !reader.IsIdentifier)
        {
            int before = parameters.Count;
            ReadTypes(parameters);
            locals?.AddUnnamed((uint)(parameters.Count - before));
            return;
        }

        locals.AddNamed(reader);
        types.ReadValueType(parameters.Next());
        reader.ExpectRight();
    }
}
