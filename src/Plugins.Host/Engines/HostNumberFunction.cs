namespace Plugins.Host.Engines;

/// <summary>A function of the host whose signature is any over numbers, in terms of their bits.</summary>
/// <param name="arguments">The bits of each argument, zero-extended; only valid during the call.</param>
/// <returns>The bits of the result, of which an <c>i32</c> has the lower half; ignored where there is none.</returns>
/// <remarks>What it throws passes through the guest to the guest's caller.</remarks>
public delegate ulong HostNumberFunction(ReadOnlySpan<ulong> arguments);
