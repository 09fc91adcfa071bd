using System.Diagnostics.CodeAnalysis;

namespace Plugins.Pdk.Runtime;

/// <summary>The host around a WebAssembly instance.</summary>
internal sealed unsafe class ImportedRuntime : PluginRuntime
{
    internal static readonly ImportedRuntime Instance = new();

    private ImportedRuntime()
    {
    }

    public override int InputLength() => AbiImports.InputLength();

    public override int InputRead(Span<byte> destination)
    {
        fixed (byte* pointer = destination)
        {
            return AbiImports.InputRead(pointer, destination.Length);
        }
    }

    public override void OutputWrite(ReadOnlySpan<byte> source)
    {
        fixed (byte* pointer = source)
        {
            AbiImports.OutputWrite(pointer, source.Length);
        }
    }

    public override void ErrorWrite(ReadOnlySpan<byte> source)
    {
        fixed (byte* pointer = source)
        {
            AbiImports.ErrorWrite(pointer, source.Length);
        }
    }

    public override int ResultLength() => AbiImports.ResultLength();

    public override int ResultRead(Span<byte> destination)
    {
        fixed (byte* pointer = destination)
        {
            return AbiImports.ResultRead(pointer, destination.Length);
        }
    }

    public override void Log(int level, ReadOnlySpan<byte> text)
    {
        fixed (byte* pointer = text)
        {
            AbiImports.Log(level, pointer, text.Length);
        }
    }

    // One import that served every name would have to name every capability, and so ask for every permission.
    public override int Call(string capability, ReadOnlySpan<byte> request) => throw new NotSupportedException();

    [DoesNotReturn]
    public override void Trap() => Environment.FailFast(null);
}
