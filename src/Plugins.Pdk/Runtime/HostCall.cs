namespace Plugins.Pdk.Runtime;

/// <summary>Calls capabilities on behalf of generated code.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class HostCall
{
    /// <summary>Calls a capability: the import as WebAssembly, the entered runtime elsewhere.</summary>
    /// <param name="capability">Its name.</param>
    /// <param name="request">What it is asked.</param>
    /// <param name="import">Calls the import of that name; naming it here alone lets trimming drop the others.</param>
    /// <exception cref="HostCallException">It did not succeed.</exception>
    /// <exception cref="NoPluginRuntimeException">This is not WebAssembly, and no runtime was entered.</exception>
    public static HostReply Invoke(string capability, ReadOnlySpan<byte> request, CapabilityImport import)
    {
        ArgumentNullException.ThrowIfNull(capability);
        ArgumentNullException.ThrowIfNull(import);
        PluginRuntime runtime = PluginRuntime.Current;
        int status = OperatingSystem.IsWasi() ? Invoke(request, import) : runtime.Call(capability, request);
        var reply = new HostReply(runtime, capability, runtime.CountCapabilityCall());
        return status == 0 ? reply : throw HostCallException.Create(capability, status, reply);
    }

    private static unsafe int Invoke(ReadOnlySpan<byte> request, CapabilityImport import)
    {
        fixed (byte* pointer = request)
        {
            return import((nint)pointer, request.Length);
        }
    }
}
