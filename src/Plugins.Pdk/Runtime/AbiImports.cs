using System.Runtime.InteropServices;

namespace Plugins.Pdk.Runtime;

/// <summary>Module <c>plugins:abi/v1</c>, docs/abi.md. Bound only where the target is WebAssembly.</summary>
internal static unsafe class AbiImports
{
    private const string Module = "plugins:abi/v1";

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = "input_length")]
    internal static extern int InputLength();

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = "input_read")]
    internal static extern int InputRead(byte* destination, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = "output_write")]
    internal static extern void OutputWrite(byte* source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = "error_write")]
    internal static extern void ErrorWrite(byte* source, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = "result_length")]
    internal static extern int ResultLength();

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = "result_read")]
    internal static extern int ResultRead(byte* destination, int length);

    [WasmImportLinkage]
    [DllImport(Module, EntryPoint = "log")]
    internal static extern void Log(int level, byte* text, int length);
}
