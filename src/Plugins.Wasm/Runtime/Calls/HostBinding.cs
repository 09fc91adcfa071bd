namespace Plugins.Wasm.Runtime.Calls;

/// <summary>What a host function receives in place of an instance: its delegate, and who imported it.</summary>
internal sealed class HostBinding
{
    // Emitted thunks read these; see Runtime/RuntimeMembers.
    internal readonly Store Store;
    internal readonly Delegate Target;

    /// <summary>
    /// Handed to delegates whose first parameter is an <see cref="Instance"/>; null for a free function.
    /// </summary>
    internal readonly Instance? Importer;

    internal HostBinding(Store store, HostFunction definition, Instance? importer)
    {
        Store = store;
        Target = definition.Target;
        Importer = importer;
        Definition = definition;
        Call = definition.SlotCall;
    }

    internal HostFunction Definition { get; }

    /// <summary>The call from slots; null where only emitted code makes it.</summary>
    internal HostCall? Call { get; }
}
