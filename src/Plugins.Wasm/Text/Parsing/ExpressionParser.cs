using Plugins.Wasm.Text.Instructions;
using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Sequences of instructions, plain and folded in any mixture.</summary>
/// <remarks>
/// What is open is on a list and not on the stack, so that nothing limits how deep instructions nest. WebAssembly 3.0,
/// sections 6.5.1 and 6.5.10.
/// </remarks>
internal sealed class ExpressionParser(
    TokenReader reader, ModuleScope scope, InstructionParser instructions, SignatureParser signatures)
{
    private const byte ElseOpcode = 0x05, CatchOpcode = 0x07, EndOpcode = 0x0B, DelegateOpcode = 0x18;
    private const byte CatchAllOpcode = 0x19;

    private readonly List<Frame> _frames = [];

    // Instructions whose operands are read first, each behind those around it.
    private readonly ByteWriter _pending = new();
    private ByteWriter _code = new();

    /// <summary>Reads instructions up to the parenthesis that closes what is around them, which is left.</summary>
    public void ReadAll(ByteWriter code)
    {
        _code = code;
        while (_frames.Count > 0 || !reader.Is(TokenKind.Right))
        {
            ReadNext();
        }
    }

    /// <summary>Reads one folded instruction.</summary>
    public void ReadFolded(ByteWriter code)
    {
        _code = code;
        do
        {
            ReadNext();
        }
        while (_frames.Count > 0);
    }

    private FrameKind? Innermost => _frames.Count == 0 ? null : _frames[^1].Kind;

    private void ReadNext()
    {
        switch (reader.Current.Kind)
        {
            case TokenKind.Left:
                reader.Take();
                ReadLeft();
                break;
            case TokenKind.Right:
                CloseFolded();
                reader.Take();
                break;
            default:
                ReadPlain();
                break;
        }
    }

    private void ReadPlain()
    {
        if (Innermost is FrameKind.Operands or (>= FrameKind.FoldedCondition and <= FrameKind.FoldedDelegate))
        {
            throw reader.Unexpected();
        }

        Token token = reader.Current;
        InstructionSyntax syntax = instructions.TakeName();
        switch (syntax.Immediates)
        {
            case Immediates.Block or Immediates.HandlingBlock:
                OpenPlain(syntax);
                break;
            case Immediates.Else:
                Require(Innermost is FrameKind.If, token);
                instructions.Labels.CheckRepeated(reader);
                _code.Byte(ElseOpcode);
                Become(FrameKind.Block);
                break;
            case Immediates.Catch:
                Require(Innermost is FrameKind.Try or FrameKind.Catch, token);
                _code.Byte(CatchOpcode);
                _code.Unsigned(scope.Tags.Use(reader));
                Become(FrameKind.Catch);
                break;
            case Immediates.CatchAll:
                Require(Innermost is FrameKind.Try or FrameKind.Catch, token);
                _code.Byte(CatchAllOpcode);
                Become(FrameKind.Block);
                break;
            case Immediates.Delegate:
                Require(Innermost is FrameKind.Try, token);
                Close(closesLabel: true);
                Delegate();
                break;
            case Immediates.End:
                Require(Innermost is >= FrameKind.Block, token);
                instructions.Labels.CheckRepeated(reader);
                _code.Byte(EndOpcode);
                Close(closesLabel: true);
                break;
            default:
                instructions.Read(syntax, _code);
                break;
        }
    }

    private void OpenPlain(InstructionSyntax syntax)
    {
        BlockLabel label = ReadHeader(syntax, _code);
        instructions.Labels.Open(label);
        _frames.Add(new Frame(syntax.Name switch
        {
            "if" => FrameKind.If,
            "try" => FrameKind.Try,
            _ => FrameKind.Block,
        }));
    }

    // Behind a parenthesis.
    private void ReadLeft()
    {
        switch (Innermost)
        {
            case FrameKind.FoldedCondition when reader.TryTakeKeyword("then"u8):
                Frame frame = _frames[^1];
                Flush(frame.Pending);
                instructions.Labels.Open(frame.Label);
                OpenArm(FrameKind.FoldedThen);
                break;
            case FrameKind.FoldedThen when reader.TryTakeKeyword("else"u8):
                _code.Byte(ElseOpcode);
                OpenArm(FrameKind.FoldedElse);
                break;
            case FrameKind.FoldedThen or FrameKind.FoldedElse:
                throw reader.Unexpected();
            case >= FrameKind.FoldedTry and <= FrameKind.FoldedDelegate:
                ReadTryPart();
                break;
            default:
                OpenFolded();
                break;
        }
    }

    private void ReadTryPart()
    {
        FrameKind kind = _frames[^1].Kind;
        if (kind == FrameKind.FoldedTry && reader.TryTakeKeyword("do"u8))
        {
            OpenArm(FrameKind.FoldedDo);
        }
        else if (kind is FrameKind.FoldedDo or FrameKind.FoldedCatch && reader.TryTakeKeyword("catch"u8))
        {
            _code.Byte(CatchOpcode);
            _code.Unsigned(scope.Tags.Use(reader));
            OpenArm(FrameKind.FoldedCatch);
        }
        else if (kind is FrameKind.FoldedDo or FrameKind.FoldedCatch && reader.TryTakeKeyword("catch_all"u8))
        {
            _code.Byte(CatchAllOpcode);
            OpenArm(FrameKind.FoldedCatchAll);
        }
        else if (kind == FrameKind.FoldedDo && reader.TryTakeKeyword("delegate"u8))
        {
            instructions.Labels.Close();
            Delegate();
            reader.ExpectRight();
            Become(FrameKind.FoldedDelegate);
        }
        else
        {
            throw reader.Unexpected();
        }
    }

    private void OpenFolded()
    {
        Token token = reader.Current;
        InstructionSyntax syntax = instructions.TakeName();
        int start = _pending.Length;
        switch (syntax.Name)
        {
            case "if":
                BlockLabel label = ReadHeader(syntax, _pending);
                _frames.Add(new Frame(FrameKind.FoldedCondition, start, label));
                break;
            case "try":
                instructions.Labels.Open(ReadHeader(syntax, _code));
                _frames.Add(new Frame(FrameKind.FoldedTry));
                break;
            case var _ when syntax.OpensBlock:
                instructions.Labels.Open(ReadHeader(syntax, _code));
                _frames.Add(new Frame(FrameKind.FoldedBlock));
                break;
            default:
                Require(syntax.Immediates is < Immediates.Else or > Immediates.Delegate, token);
                instructions.Read(syntax, _pending);
                _frames.Add(new Frame(FrameKind.Operands, start));
                break;
        }
    }

    // At a closing parenthesis.
    private void CloseFolded()
    {
        switch (Innermost)
        {
            case FrameKind.Operands:
                Flush(_frames[^1].Pending);
                Close(closesLabel: false);
                break;
            case FrameKind.Arm or FrameKind.FoldedDelegate:
                Close(closesLabel: false);
                break;
            case FrameKind.FoldedBlock or FrameKind.FoldedThen or FrameKind.FoldedElse
                or FrameKind.FoldedDo or FrameKind.FoldedCatch or FrameKind.FoldedCatchAll:
                _code.Byte(EndOpcode);
                Close(closesLabel: true);
                break;
            default:
                throw reader.Unexpected();
        }
    }

    /// <summary>Reads label, type and handlers of a block, and writes all but the label.</summary>
    private BlockLabel ReadHeader(InstructionSyntax syntax, ByteWriter output)
    {
        string? identifier = reader.TryTakeIdentifier();
        string? name = NameAnnotation.TryTake(reader) ?? identifier;
        InstructionParser.WriteOpcode(syntax, output);
        signatures.ReadBlockType(output);
        if (syntax.Immediates == Immediates.HandlingBlock)
        {
            instructions.ReadHandlers(output);
        }

        return new BlockLabel(identifier, name);
    }

    // Its label is one of those around the block, which is closed by now.
    private void Delegate()
    {
        _code.Byte(DelegateOpcode);
        _code.Unsigned(instructions.Labels.Use(reader));
    }

    private void OpenArm(FrameKind kind)
    {
        Become(kind);
        _frames.Add(new Frame(FrameKind.Arm));
    }

    private void Become(FrameKind kind) => _frames[^1] = _frames[^1] with { Kind = kind };

    private void Close(bool closesLabel)
    {
        _frames.RemoveAt(_frames.Count - 1);
        if (closesLabel)
        {
            instructions.Labels.Close();
        }
    }

    private void Flush(int start)
    {
        _code.Bytes(_pending.Written[start..]);
        _pending.CutTo(start);
    }

    private void Require(bool isRight, Token token)
    {
        if (!isRight)
        {
            throw reader.Fault($"unexpected token {reader.Show(token)}", token);
        }
    }

    private readonly record struct Frame(FrameKind Kind, int Pending = 0, BlockLabel Label = default);
}
