using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

namespace Plugins.Wasm.Tests.Runtime;

internal sealed class CancellationTests
{
    private static readonly ModuleOptions s_compiled = new() { Mode = ExecutionMode.Compiled };
    private static readonly CancellationToken s_cancelled = new(canceled: true);

    [Test]
    public void Decoding_Cancelled_Stops() =>
        Assert.That(
            () => ModuleDecoder.Decode(Sample(1), ModuleLimits.Default, s_cancelled),
            Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Validation_Cancelled_Stops()
    {
        BinaryModule module = ModuleDecoder.Decode(Sample(1), ModuleLimits.Default);

        Assert.That(
            () => ModuleValidator.Validate(module, ModuleLimits.Default, s_cancelled),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Emission_Cancelled_Stops()
    {
        ModuleDescription description = Module.Describe(Sample(1));

        Assert.That(
            () => Module.CompileValid(description, s_compiled, s_cancelled),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Compilation_OfManyFunctions_CancelledFromAnotherThread_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        byte[] binary = Sample(300_000);
        Task compiling = Task.Run(() => Module.Compile(binary, s_compiled, cancellation.Token));

        cancellation.Cancel();

        Assert.That(() => compiling.GetAwaiter().GetResult(), Throws.InstanceOf<OperationCanceledException>());
    }

    // Types, functions and bodies in the fewest bytes: the builder keeps an array for each function.
    private static byte[] Sample(int functions)
    {
        ByteWriter declared = new ByteWriter().UInt32((uint)functions);
        ByteWriter bodies = new ByteWriter().UInt32((uint)functions);
        for (int i = 0; i < functions; i++)
        {
            declared.Byte(0);
            bodies.Byte(2).Byte(0).Byte(0x0B);
        }

        return new ByteWriter()
            .Bytes([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00])
            .Byte(1).Sized([1, 0x60, 0, 0])
            .Byte(3).Sized(declared.ToArray())
            .Byte(10).Sized(bodies.ToArray())
            .ToArray();
    }
}
