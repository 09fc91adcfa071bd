using Plugins.Wasi.Clocks;
using Plugins.Wasi.Files;
using Plugins.Wasi.Preview1;

namespace Plugins.Wasi;

/// <summary>What one guest has, and has opened: its descriptors and its clock.</summary>
/// <remarks>For one thread at a time, as the guest is. Who makes it disposes it; that closes what is open.</remarks>
public sealed class WasiContext : IDisposable
{
    /// <summary>Opens what a guest is given.</summary>
    /// <param name="options">What that is.</param>
    /// <exception cref="DirectoryNotFoundException">A directory of the host cannot be opened.</exception>
    public WasiContext(WasiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Clock = options.Clock is null ? null : new GuestClock(options.Clock);
        Descriptors = new DescriptorTable(options, new QuotaUse(options.Quota));
    }

    internal WasiOptions Options { get; }

    internal GuestClock? Clock { get; }

    internal DescriptorTable Descriptors { get; }

    /// <summary>Calls a function for the guest.</summary>
    /// <param name="function">One of <see cref="WasiFunctions.Preview1"/>.</param>
    /// <param name="arguments">The bits of its arguments, as many as it has parameters.</param>
    /// <param name="guest">The guest.</param>
    /// <returns>The error number; 0 for success.</returns>
    /// <exception cref="WasiExitException">The guest has exited.</exception>
    /// <exception cref="WasiMemoryException">The guest passed a pointer that it must not follow.</exception>
    public int Call(WasiFunction function, ReadOnlySpan<ulong> arguments, IWasiGuest guest)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(guest);
        ArgumentOutOfRangeException.ThrowIfNotEqual(arguments.Length, function.Parameters.Count, nameof(arguments));
        guest.ConsumeFuel(function.Fuel);
        return (int)function.Operation(new GuestCall(this, guest, function, arguments));
    }

    /// <inheritdoc/>
    public void Dispose() => Descriptors.Dispose();
}
