using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Definitions of types. WebAssembly 3.0, section 6.4.8.</summary>
internal sealed class TypeDefinitionParser(
    TokenReader reader, ModuleScope scope, TypeParser types, SignatureParser signatures)
{
    // Section 5.3.11.
    private const byte StructForm = 0x5F, ArrayForm = 0x5E;
    private const byte RecursiveForm = 0x4E, FinalSubForm = 0x4F, SubForm = 0x50;

    /// <summary>Reads what follows the keyword, up to the closing parenthesis.</summary>
    public void Read(ModuleField field)
    {
        reader.MoveTo(field.Start);
        ByteWriter output = scope.Output.Types.Next();
        if (field.Kind == FieldKind.Type)
        {
            ReadType(isAlone: true, output);
            return;
        }

        int count = CountTypes();
        output.Byte(RecursiveForm);
        output.Index(count);
        while (reader.TryTakeLeft("type"u8))
        {
            ReadType(isAlone: count == 1, output);
        }

        reader.ExpectRight();
    }

    private int CountTypes()
    {
        Token start = reader.Current;
        int count = 0;
        for (; reader.TryTakeLeft("type"u8); count++)
        {
            reader.SkipToRight();
        }

        reader.MoveTo(start);
        return count;
    }

    private void ReadType(bool isAlone, ByteWriter output)
    {
        uint index = scope.Types.Take();
        reader.TryTakeIdentifier();
        bool isSub = reader.TryTakeLeft("sub"u8);
        bool isPlain = !isSub || ReadSupertypes(output);
        Signature? signature = ReadComposite(index, output);
        scope.FunctionTypes.Add(signature, isAlone && isPlain);
        if (isSub)
        {
            reader.ExpectRight();
        }

        reader.ExpectRight();
    }

    /// <summary>Reads what may stand before the type itself; true where it is as if nothing did.</summary>
    private bool ReadSupertypes(ByteWriter output)
    {
        bool isFinal = reader.TryTakeKeyword("final"u8);
        var supertypes = new SectionWriter();
        while (reader.IsIndex)
        {
            supertypes.Next().Unsigned(scope.Types.Use(reader));
        }

        if (isFinal && supertypes.Count == 0)
        {
            return true;
        }

        output.Byte(isFinal ? FinalSubForm : SubForm);
        supertypes.WriteTo(output);
        return false;
    }

    private Signature? ReadComposite(uint index, ByteWriter output)
    {
        Signature? signature = null;
        if (reader.TryTakeLeft("func"u8))
        {
            signature = signatures.Read(new LocalScope());
            signature.WriteTo(output);
        }
        else if (reader.TryTakeLeft("array"u8))
        {
            output.Byte(ArrayForm);
            types.ReadFieldType(output);
        }
        else
        {
            reader.ExpectLeft("struct"u8);
            output.Byte(StructForm);
            ReadFields(index, output);
        }

        reader.ExpectRight();
        return signature;
    }

    private void ReadFields(uint type, ByteWriter output)
    {
        var fields = new SectionWriter();
        var names = new SectionWriter();
        var space = new IndexSpace("field");
        while (reader.TryTakeLeft("field"u8))
        {
            if (reader.IsIdentifier || HasName())
            {
                uint index = space.Count;
                if (space.Declare(reader) is string name)
                {
                    NameSectionWriter.AddTo(names, index, name);
                }

                types.ReadFieldType(fields.Next());
                reader.ExpectRight();
                continue;
            }

            while (!reader.TryTake(TokenKind.Right))
            {
                space.Declare(1);
                types.ReadFieldType(fields.Next());
            }
        }

        scope.Fields.Add(type, space);
        scope.Output.Names.Add(NameKind.Field, type, names);
        fields.WriteTo(output);
    }

    private bool HasName() => NameAnnotation.TryTake(reader) is not null;
}
