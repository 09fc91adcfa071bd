using System.Runtime.InteropServices;

namespace Plugins.Pdk.Runtime;

/// <summary>The built-in capabilities of module <c>plugins:host/v1</c>, docs/abi.md.</summary>
/// <remarks>
/// No code refers to all of them, so trimming leaves those that the plugin uses, and only they become imports, each of
/// which needs a permission.
/// </remarks>
internal static class CapabilityImports
{
    private const string Module = "plugins:host/v1";

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = CapabilityNames.ConfigRead)]
    internal static extern int ConfigRead(nint source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = CapabilityNames.VariablesRead)]
    internal static extern int VariablesRead(nint source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = CapabilityNames.VariablesWrite)]
    internal static extern int VariablesWrite(nint source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = CapabilityNames.VariablesDelete)]
    internal static extern int VariablesDelete(nint source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = CapabilityNames.VariablesCompareExchange)]
    internal static extern int VariablesCompareExchange(nint source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = CapabilityNames.ClockNow)]
    internal static extern int ClockNow(nint source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = CapabilityNames.RandomBytes)]
    internal static extern int RandomBytes(nint source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = CapabilityNames.HttpSend)]
    internal static extern int HttpSend(nint source, int length);
}
