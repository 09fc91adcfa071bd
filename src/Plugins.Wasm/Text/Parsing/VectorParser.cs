using System.Text;
using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>Vectors and lanes. WebAssembly 3.0, section 6.5.9.</summary>
internal sealed class VectorParser(TokenReader reader)
{
    private const int VectorBytes = 16;

    public void ReadConstant(ByteWriter output)
    {
        if (!reader.Is(TokenKind.Keyword))
        {
            throw reader.Unexpected();
        }

        switch (Encoding.ASCII.GetString(reader.Text))
        {
            case "i8x16":
                ReadIntegers(1, "i8 constant out of range", output);
                break;
            case "i16x8":
                ReadIntegers(2, "i16 constant out of range", output);
                break;
            case "i32x4":
                ReadIntegers(4, "i32 constant out of range", output);
                break;
            case "i64x2":
                ReadIntegers(8, "i64 constant out of range", output);
                break;
            case "f32x4":
                ReadFloats(FloatFormat.Single, 4, output);
                break;
            case "f64x2":
                ReadFloats(FloatFormat.Double, 8, output);
                break;
            default:
                throw reader.Unexpected();
        }
    }

    public void ReadLane(ByteWriter output)
    {
        if (!reader.Is(TokenKind.Number))
        {
            throw reader.Unexpected();
        }

        output.Byte((byte)reader.TakeUnsigned(byte.MaxValue, "i8 constant out of range"));
    }

    public void ReadLanes(ByteWriter output)
    {
        for (int i = 0; i < VectorBytes; i++)
        {
            Require(reader.Is(TokenKind.Number), "invalid lane length");
            ReadLane(output);
        }

        Require(!reader.Is(TokenKind.Number), "invalid lane length");
    }

    private void ReadIntegers(int bytes, string range, ByteWriter output)
    {
        reader.Take();
        for (int i = 0; i < VectorBytes; i += bytes)
        {
            Require(reader.Is(TokenKind.Number), "wrong number of lane literals");
            ulong value = reader.TakeInteger(8 * bytes, range);
            for (int part = 0; part < bytes; part++)
            {
                output.Byte((byte)(value >> (8 * part)));
            }
        }

        Require(!reader.Is(TokenKind.Number), "wrong number of lane literals");
    }

    private void ReadFloats(FloatFormat format, int bytes, ByteWriter output)
    {
        reader.Take();
        for (int i = 0; i < VectorBytes; i += bytes)
        {
            Require(
                reader.Is(TokenKind.Number) || reader.IsKeyword("inf"u8)
                    || (reader.Is(TokenKind.Keyword) && reader.Text.StartsWith("nan"u8)),
                "wrong number of lane literals");
            ulong bits = reader.TakeFloat(format);
            if (format == FloatFormat.Single)
            {
                output.Fixed32((uint)bits);
            }
            else
            {
                output.Fixed64(bits);
            }
        }

        Require(!reader.Is(TokenKind.Number), "wrong number of lane literals");
    }

    private void Require(bool isRight, string reason)
    {
        if (!isRight)
        {
            throw reader.Fault(reason, reader.Current);
        }
    }
}
