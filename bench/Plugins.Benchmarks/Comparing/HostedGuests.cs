using System.Buffers;
using Plugins.Benchmarks.Guests;
using Plugins.Host.Engines;

namespace Plugins.Benchmarks.Comparing;

/// <summary>Plugins in a host on one engine: what an application gets.</summary>
internal sealed class HostedGuests(IPluginEngine engine, bool meters) : IDisposable
{
    internal static readonly int[] EchoSizes = [64, 4_096, 65_536, 1_048_576];

    private readonly GuestPlugin _small = new(GuestFile.Small, engine, meters, "empty", "echo", "ask");
    private readonly GuestPlugin _large = new(GuestFile.Large, engine, meters, "empty", "echo");
    private readonly ArrayBufferWriter<byte> _output = new();

    internal void CallInSession() => _small.Session.Call("empty", default);

    internal void CallWithFreshState() => _small.Plugin.Call("empty", default);

    /// <summary>Brings so many bytes into a session and back; checked once.</summary>
    internal Action Echo(int bytes)
    {
        byte[] input = new byte[bytes];
        new Random(1).NextBytes(input);
        GuestPlugin guest = bytes <= 4_096 ? _small : _large;
        Action echo = () =>
        {
            _output.ResetWrittenCount();
            guest.Session.Call("echo", input, _output);
        };
        echo();
        return _output.WrittenSpan.SequenceEqual(input)
            ? echo
            : throw new InvalidOperationException("The echo differs.");
    }

    public void Dispose()
    {
        _small.Dispose();
        _large.Dispose();
    }
}
