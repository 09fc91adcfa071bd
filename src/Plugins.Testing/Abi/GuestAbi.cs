using Plugins.Wasm.Types;

namespace Plugins.Testing.Abi;

/// <summary>The names and types of guest ABI v1, docs/abi.md.</summary>
internal static class GuestAbi
{
    internal const string Version = "plugins:abi/v1";
    internal const string AbiModule = "plugins:abi/v1";
    internal const string HostModule = "plugins:host/v1";
    internal const string Memory = "memory";
    internal const string Initialize = "_initialize";

    internal static readonly FunctionType Entry = new([], [ValueKind.I32]);
    internal static readonly FunctionType Capability = new([ValueKind.I32, ValueKind.I32], [ValueKind.I32]);
}
