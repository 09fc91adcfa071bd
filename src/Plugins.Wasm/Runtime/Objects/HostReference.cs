namespace Plugins.Wasm.Runtime.Objects;

/// <summary>An object of the host as a value of type <c>any</c>.</summary>
/// <remarks>Immutable. WebAssembly 3.0, section 4.6.6 (any.convert_extern).</remarks>
internal sealed class HostReference : GuestObject
{
    /// <summary>What one is counted with, in bytes.</summary>
    public const int Bytes = 32;

    public HostReference(object target, Allotment home)
    {
        Target = target;
        Home = home;
    }

    public object Target { get; }
}
