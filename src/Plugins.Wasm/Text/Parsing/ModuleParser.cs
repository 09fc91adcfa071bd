using Plugins.Wasm.Text.Lexing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Makes a module in the binary format of one in the text format.</summary>
/// <remarks>
/// The text is gone through twice: once for what it declares, then, types first, for all else. Time and memory grow
/// with the text's length only. WebAssembly 3.0, chapter 6.
/// </remarks>
internal sealed class ModuleParser
{
    private readonly TokenReader _reader;
    private readonly ModuleScope _scope = new();
    private readonly TypeDefinitionParser _types;
    private readonly DefinitionParser _definitions;
    private readonly SegmentParser _segments;

    private ModuleParser(SourceText source, CancellationToken cancellationToken)
    {
        _reader = new TokenReader(source, position: 0, cancellationToken);
        var types = new TypeParser(_reader, _scope);
        var signatures = new SignatureParser(_reader, _scope, types);
        var instructions = new InstructionParser(_reader, _scope, types, signatures);
        var expressions = new ExpressionParser(_reader, _scope, instructions, signatures);
        var functions = new FunctionParser(_reader, _scope, types, signatures, instructions, expressions);
        _segments = new SegmentParser(_reader, _scope, types, expressions);
        _types = new TypeDefinitionParser(_reader, _scope, types, signatures);
        _definitions = new DefinitionParser(_reader, _scope, types, signatures, functions, _segments);
    }

    /// <exception cref="MalformedTextException">It is not a module in the text format.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static byte[] Parse(SourceText source, CancellationToken cancellationToken) =>
        new ModuleParser(source, cancellationToken).ToModule();

    private byte[] ToModule()
    {
        IReadOnlyList<ModuleField> fields = new DeclarationParser(_reader, _scope).Read();
        foreach (ModuleField field in fields)
        {
            if (field.Kind is FieldKind.Type or FieldKind.RecursiveTypes)
            {
                _types.Read(field);
            }
        }

        foreach (ModuleField field in fields)
        {
            if (field.Kind is not (FieldKind.Type or FieldKind.RecursiveTypes))
            {
                _reader.MoveTo(field.Start);
                ReadField(field.Kind);
                _reader.ExpectRight();
            }
        }

        return _scope.Output.ToModule();
    }

    private void ReadField(FieldKind kind)
    {
        switch (kind)
        {
            case FieldKind.Import:
                _definitions.ReadImport();
                break;
            case FieldKind.Export:
                _definitions.ReadExport();
                break;
            case FieldKind.Start:
                _scope.Output.Start = _scope.Functions.Use(_reader);
                break;
            case FieldKind.Element:
                _segments.ReadElements();
                break;
            case FieldKind.Data:
                _segments.ReadData();
                break;
            default:
                _definitions.Read(kind);
                break;
        }
    }
}
