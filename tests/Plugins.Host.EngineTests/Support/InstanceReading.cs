using System.Buffers.Binary;
using Plugins.Host.Engines;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Short ways to run a guest and to look into its memory.</summary>
internal static class InstanceReading
{
    internal static int Run(this IEngineInstance instance, string export = "run") => instance.GetFunction(export)();

    internal static void Act(this IEngineInstance instance, string export) => instance.GetAction(export)();

    internal static int ReadInt32(this IEngineInstance instance, uint address) =>
        instance.TryGetMemory(address, sizeof(int), out var span)
            ? BinaryPrimitives.ReadInt32LittleEndian(span)
            : throw new AssertionException($"Address {address} is not in memory.");

    internal static void WriteInt32(this IEngineInstance instance, uint address, int value)
    {
        Assert.That(instance.TryGetMemory(address, sizeof(int), out var span));
        BinaryPrimitives.WriteInt32LittleEndian(span, value);
    }
}
