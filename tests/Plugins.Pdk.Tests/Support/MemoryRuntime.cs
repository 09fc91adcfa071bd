using System.Diagnostics.CodeAnalysis;
using System.Text;
using Plugins.Pdk.Runtime;

namespace Plugins.Pdk.Tests.Support;

/// <summary>A host of a few lines: one call's input, what the call wrote, and capabilities by name.</summary>
internal sealed class MemoryRuntime : PluginRuntime
{
    private byte[] _input = [];
    private int _inputPosition;
    private byte[] _result = [];
    private int _resultPosition;

    /// <summary>Most bytes that one read of the input gives, as a stream may.</summary>
    internal int PieceBytes { get; init; } = int.MaxValue;

    internal bool HidesLength { get; init; }

    /// <summary>Answers by capability; those that it lacks are denied.</summary>
    internal Dictionary<string, Func<byte[], Answer>> Capabilities { get; } = new(StringComparer.Ordinal);

    internal List<(string Name, byte[] Request)> Requests { get; } = [];

    internal List<(int Level, string Text)> Logs { get; } = [];

    internal MemoryStream Output { get; } = new();

    internal MemoryStream Error { get; } = new();

    internal int Writes { get; private set; }

    internal string OutputText => Encoding.UTF8.GetString(Output.ToArray());

    internal string ErrorText => Encoding.UTF8.GetString(Error.ToArray());

    internal int Call(Func<int> function, byte[] input)
    {
        _input = input;
        _inputPosition = 0;
        using (Enter(this))
        {
            return function();
        }
    }

    internal int Call(Func<int> function, string input = "") => Call(function, Encoding.UTF8.GetBytes(input));

    /// <summary>Runs code as a plugin function; 0 or the code of its failure.</summary>
    internal int Run(Action function, string input = "") => Call(() => PluginEntry.Run(function), input);

    internal MemoryRuntime With(string capability, Func<byte[], Answer> answer)
    {
        Capabilities[capability] = answer;
        return this;
    }

    public override int InputLength() => HidesLength ? -1 : _input.Length;

    public override int InputRead(Span<byte> destination) =>
        Copy(_input, ref _inputPosition, destination[..Math.Min(destination.Length, PieceBytes)]);

    public override void OutputWrite(ReadOnlySpan<byte> source)
    {
        Writes++;
        Output.Write(source);
    }

    public override void ErrorWrite(ReadOnlySpan<byte> source) => Error.Write(source);

    public override int ResultLength() => _result.Length;

    public override int ResultRead(Span<byte> destination) => Copy(_result, ref _resultPosition, destination);

    public override void Log(int level, ReadOnlySpan<byte> text) => Logs.Add((level, Encoding.UTF8.GetString(text)));

    public override int Call(string capability, ReadOnlySpan<byte> request)
    {
        Requests.Add((capability, request.ToArray()));
        Answer answer = Capabilities.TryGetValue(capability, out Func<byte[], Answer>? function)
            ? function(request.ToArray())
            : Answer.Of(-1);
        _result = answer.Result;
        _resultPosition = 0;
        return answer.Status;
    }

    [DoesNotReturn]
    public override void Trap() => throw new TrappedException();

    public override bool Ends(Exception exception) => exception is TrappedException;

    private static int Copy(byte[] bytes, ref int position, Span<byte> destination)
    {
        int count = Math.Min(destination.Length, bytes.Length - position);
        bytes.AsSpan(position, count).CopyTo(destination);
        position += count;
        return count;
    }
}
