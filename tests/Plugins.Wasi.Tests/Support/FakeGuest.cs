using System.Buffers.Binary;
using System.Text;
using Plugins.Wasi.Preview1;

namespace Plugins.Wasi.Tests.Support;

/// <summary>A guest of one page, whose calls are made by the test.</summary>
internal sealed class FakeGuest(WasiOptions options) : IWasiGuest, IDisposable
{
    /// <summary>Where functions put what they give.</summary>
    internal const uint Result = 1024;

    private const uint Text = 2048;
    private const uint SecondText = 10_240;
    private const uint Ranges = 20_480;

    /// <summary>Where data is read to and written from.</summary>
    internal const uint Data = 24_576;

    private readonly WasiContext _context = new(options);
    private readonly byte[] _memory = new byte[65_536];

    public CancellationToken Cancellation { get; set; }

    /// <summary>Whether it sees that a task has completed before it sees that its call was stopped.</summary>
    internal bool IsSlowToStop { get; init; }

    internal long Fuel { get; private set; }

    internal byte[] Memory => _memory;

    public void Dispose() => _context.Dispose();

    public bool TryGetMemory(uint address, uint length, out Span<byte> memory)
    {
        var isInside = (ulong)address + length <= (ulong)_memory.Length;
        memory = isInside ? _memory.AsSpan((int)address, (int)length) : default;
        return isInside;
    }

    public void ConsumeFuel(long amount) => Fuel += amount;

    public void Wait(Task task) => Task.WaitAny([task], IsSlowToStop ? CancellationToken.None : Cancellation);

    internal Errno Call(string function, params IReadOnlyList<ulong> arguments) =>
        (Errno)_context.Call(WasiFunctions.Preview1[function], [.. arguments], this);

    internal ulong UInt64(uint address = Result) =>
        BinaryPrimitives.ReadUInt64LittleEndian(_memory.AsSpan((int)address));

    internal uint UInt32(uint address = Result) =>
        BinaryPrimitives.ReadUInt32LittleEndian(_memory.AsSpan((int)address));

    internal (uint Address, uint Length) Put(string text, bool second = false)
    {
        var address = second ? SecondText : Text;
        return (address, (uint)Encoding.UTF8.GetBytes(text, _memory.AsSpan((int)address)));
    }

    /// <summary>Opens a path beneath a descriptor.</summary>
    internal Errno Open(
        string path, out uint descriptor, uint open = 0, Rights rights = Rights.None, FdFlags flags = FdFlags.None,
        bool follows = false, uint directory = 3)
    {
        var (address, length) = Put(path);
        var error = Call(
            "path_open", directory, follows ? 1UL : 0, address, length, open, (ulong)rights, 0, (ulong)flags, Result);
        descriptor = UInt32();
        return error;
    }

    internal uint Open(string path, uint open, Rights rights = Rights.FdRead | Rights.FdWrite)
    {
        Assert.That(Open(path, out var descriptor, open, rights), Is.EqualTo(Errno.Success), path);
        return descriptor;
    }

    internal void Create(string path) => Close(Open(path, OpenFlags.Creates, Rights.None));

    internal void Close(uint descriptor) => Assert.That(Call("fd_close", descriptor), Is.EqualTo(Errno.Success));

    internal Errno OnPath(string function, string path, uint directory = 3)
    {
        var (address, length) = Put(path);
        return Call(function, directory, address, length);
    }

    internal Errno OnPaths(
        string function, string path, string target, uint directory = 3, uint targetDirectory = 3, uint? flags = null)
    {
        var (address, length) = Put(path);
        var (targetAddress, targetLength) = Put(target, second: true);
        return function == "path_symlink"
            ? Call(function, address, length, targetDirectory, targetAddress, targetLength)
            : function == "path_link"
                ? Call(function, directory, flags ?? 0, address, length, targetDirectory, targetAddress, targetLength)
                : Call(function, directory, address, length, targetDirectory, targetAddress, targetLength);
    }

    internal Errno Stat(string path, out FileFacts facts, bool follows = false, uint directory = 3)
    {
        var (address, length) = Put(path);
        var error = Call("path_filestat_get", directory, follows ? 1UL : 0, address, length, Result);
        facts = FileFacts.Read(_memory.AsSpan((int)Result));
        return error;
    }

    internal FileFacts Stat(uint descriptor)
    {
        Assert.That(Call("fd_filestat_get", descriptor, Result), Is.EqualTo(Errno.Success));
        return FileFacts.Read(_memory.AsSpan((int)Result));
    }

    internal (byte Type, ushort Flags, Rights Rights, Rights Inherited) Fdstat(uint descriptor)
    {
        Assert.That(Call("fd_fdstat_get", descriptor, Result), Is.EqualTo(Errno.Success));
        return (_memory[Result], BinaryPrimitives.ReadUInt16LittleEndian(_memory.AsSpan((int)Result + 2)),
            (Rights)UInt64(Result + 8), (Rights)UInt64(Result + 16));
    }

    internal Errno Write(uint descriptor, ReadOnlySpan<byte> bytes, out uint count, ulong? position = null)
    {
        bytes.CopyTo(_memory.AsSpan((int)Data));
        PutRange(Data, (uint)bytes.Length);
        var error = position is { } at
            ? Call("fd_pwrite", descriptor, Ranges, 1, at, Result)
            : Call("fd_write", descriptor, Ranges, 1, Result);
        count = UInt32();
        return error;
    }

    internal void Write(uint descriptor, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.That(Write(descriptor, bytes, out var count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(bytes.Length));
    }

    internal Errno Read(uint descriptor, uint length, out byte[] bytes, ulong? position = null)
    {
        PutRange(Data, length);
        var error = position is { } at
            ? Call("fd_pread", descriptor, Ranges, 1, at, Result)
            : Call("fd_read", descriptor, Ranges, 1, Result);
        bytes = error == Errno.Success ? _memory.AsSpan((int)Data, (int)UInt32()).ToArray() : [];
        return error;
    }

    internal string ReadText(uint descriptor, uint length = 1000)
    {
        Assert.That(Read(descriptor, length, out var bytes), Is.EqualTo(Errno.Success));
        return Encoding.UTF8.GetString(bytes);
    }

    internal Errno ReadLink(string path, uint room, out string contents)
    {
        var (address, length) = Put(path);
        var error = Call("path_readlink", 3, address, length, Data, room, Result);
        contents = error == Errno.Success ? Encoding.UTF8.GetString(_memory, (int)Data, (int)UInt32()) : string.Empty;
        return error;
    }

    internal Errno SetTimes(string path, ulong accessed, ulong modified, uint flags, bool follows = false)
    {
        var (address, length) = Put(path);
        return Call("path_filestat_set_times", 3, follows ? 1UL : 0, address, length, accessed, modified, flags);
    }

    /// <summary>One call of <c>fd_readdir</c>, and whether it told that there is no more.</summary>
    internal List<(string Name, byte Type, ulong Inode, ulong Next)> List(
        uint descriptor, ulong cookie, uint room, out bool isEnd)
    {
        Assert.That(Call("fd_readdir", descriptor, Data, room, cookie, Result), Is.EqualTo(Errno.Success));
        var used = UInt32();
        isEnd = used < room;
        List<(string, byte, ulong, ulong)> entries = [];
        for (var at = Data; at + 24 <= Data + used;)
        {
            var length = UInt32(at + 16);
            if (at + 24 + length > Data + used)
            {
                break;
            }

            var name = Encoding.UTF8.GetString(_memory, (int)at + 24, (int)length);
            entries.Add((name, _memory[at + 20], UInt64(at + 8), UInt64(at)));
            at += 24 + length;
        }

        return entries;
    }

    internal void PutRange(uint address, uint length, int index = 0)
    {
        var range = _memory.AsSpan((int)Ranges + (index * 8));
        BinaryPrimitives.WriteUInt32LittleEndian(range, address);
        BinaryPrimitives.WriteUInt32LittleEndian(range[4..], length);
    }
}
