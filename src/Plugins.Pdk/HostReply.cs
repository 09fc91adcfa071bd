using System.Text;
using Plugins.Pdk.Runtime;
using Plugins.Pdk.Wire;

namespace Plugins.Pdk;

/// <summary>The answer of a capability, valid until the next capability is called.</summary>
/// <remarks>Reading it later is a fault of the plugin, and traps.</remarks>
public readonly ref struct HostReply
{
    private const int PieceBytes = 512;

    private readonly PluginRuntime _runtime;
    private readonly string _capability;
    private readonly int _call;

    internal HostReply(PluginRuntime runtime, string capability, int call)
    {
        _runtime = runtime;
        _capability = capability;
        _call = call;
    }

    /// <summary>The total length of the answer in bytes, including those already read.</summary>
    public int Length => Checked().ResultLength();

    /// <summary>Reads the next bytes and returns their number, 0 at the end.</summary>
    /// <param name="buffer">Where to, as much of it as the answer fills.</param>
    public int Read(Span<byte> buffer) => Checked().ResultRead(buffer);

    /// <summary>Reads the whole answer into a buffer and returns the filled part.</summary>
    /// <param name="buffer">Room for the answer.</param>
    /// <exception cref="HostCallException">
    /// The answer does not fit; the reason is <see cref="HostCallReason.TooLarge"/>.
    /// </exception>
    public ReadOnlySpan<byte> ReadAll(Span<byte> buffer) => Length <= buffer.Length
        ? buffer[..Read(buffer)]
        : throw HostCallException.TooLarge(_capability);

    /// <summary>Reads the rest of the answer.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        int count = Read(bytes);
        return count == bytes.Length ? bytes : bytes[..count];
    }

    /// <summary>Reads the rest of the answer as text.</summary>
    /// <exception cref="InvalidTextException">It is not UTF-8.</exception>
    public string ToText() => Utf8Text.Decode(ToArray());

    /// <summary>Appends the rest of the answer to the output, in constant memory.</summary>
    public void CopyToOutput()
    {
        Span<byte> piece = stackalloc byte[PieceBytes];
        for (int count = Read(piece); count > 0; count = Read(piece))
        {
            Output.Write(piece[..count]);
        }
    }

    /// <summary>Reads an answer of exactly the buffer's length.</summary>
    internal void Fill(Span<byte> buffer)
    {
        if (Length != buffer.Length || Read(buffer) != buffer.Length)
        {
            throw new InvalidReplyException(_capability);
        }
    }

    // What is not UTF-8 becomes U+FFFD, as the host does with error text.
    internal string ToLossyText() => Encoding.UTF8.GetString(ToArray());

    private PluginRuntime Checked()
    {
        if (_runtime is null || _call != _runtime.CapabilityCalls)
        {
            Plugin.Fatal("a reply was read after the next capability call");
        }

        return _runtime;
    }
}
