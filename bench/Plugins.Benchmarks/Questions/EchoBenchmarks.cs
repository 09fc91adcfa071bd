using System.Buffers;
using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Guests;

namespace Plugins.Benchmarks.Questions;

/// <summary>What does it cost to bring bytes into a guest and back, against copying them in and out?</summary>
[MemoryDiagnoser]
public class EchoBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private byte[] _input = [];
    private byte[] _inside = [];
    private GuestPlugin? _guest;

    [Params(64, 1024, 65_536, 1_048_576)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _input = new byte[Bytes];
        _inside = new byte[Bytes];
        new Random(1).NextBytes(_input);

        // A guest of one page echoes in pieces of 4 KiB; more than that goes through a buffer for all of it.
        byte[] module = Bytes <= 4_096 ? GuestFile.Small : GuestFile.Large;
        _guest = new GuestPlugin(module, "empty", "echo");
        Session();
        if (!_output.WrittenSpan.SequenceEqual(_input))
        {
            throw new InvalidOperationException("The echo differs.");
        }
    }

    [GlobalCleanup]
    public void CleanUp() => _guest!.Dispose();

    [Benchmark(Baseline = true)]
    public void TwoCopies()
    {
        _output.ResetWrittenCount();
        _input.CopyTo(_inside.AsSpan());
        _output.Write(_inside);
    }

    [Benchmark]
    public void Session()
    {
        _output.ResetWrittenCount();
        _guest!.Session.Call("echo", _input, _output);
    }

    [Benchmark]
    public void FreshState()
    {
        _output.ResetWrittenCount();
        _guest!.Plugin.Call("echo", _input, _output);
    }
}
