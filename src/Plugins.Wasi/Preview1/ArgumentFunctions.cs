using System.Text;

namespace Plugins.Wasi.Preview1;

/// <summary>Arguments and environment.</summary>
internal static class ArgumentFunctions
{
    internal static Errno ArgsGet(in GuestCall call) => Write(call, call.Context.Options.Arguments);

    internal static Errno ArgsSizesGet(in GuestCall call) => WriteSizes(call, call.Context.Options.Arguments);

    internal static Errno EnvironGet(in GuestCall call) => Write(call, Lines(call));

    internal static Errno EnvironSizesGet(in GuestCall call) => WriteSizes(call, Lines(call));

    private static string[] Lines(in GuestCall call) =>
        [.. call.Context.Options.Environment.Select(variable => $"{variable.Key}={variable.Value}")];

    private static Errno WriteSizes(in GuestCall call, IReadOnlyList<string> texts)
    {
        call.WriteUInt32(call.UInt32(0), (uint)texts.Count);
        call.WriteUInt32(call.UInt32(1), (uint)texts.Sum(text => Encoding.UTF8.GetByteCount(text) + 1));
        return Errno.Success;
    }

    private static Errno Write(in GuestCall call, IReadOnlyList<string> texts)
    {
        var pointer = call.UInt32(0);
        var target = call.UInt32(1);
        foreach (var text in texts)
        {
            var length = Encoding.UTF8.GetByteCount(text) + 1;
            call.WriteUInt32(pointer, target);
            var memory = call.Memory(target, (uint)length);
            Encoding.UTF8.GetBytes(text, memory);
            memory[^1] = 0;
            call.Charge(length);
            pointer += sizeof(uint);
            target += (uint)length;
        }

        return Errno.Success;
    }
}
