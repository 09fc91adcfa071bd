using System.Runtime.InteropServices;
using System.Text;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Runs a program on Wasmtime with Wasmtime's own WASI, which ours is held against.</summary>
internal sealed unsafe class WasmtimeWasi(nint library)
{
    /// <summary>Runs <c>_start</c>, with one directory and files for the standard streams.</summary>
    /// <returns>The code that the program exits with.</returns>
    internal int Run(byte[] module, string directory, string input, string output, string[] arguments)
    {
        var engine = Make("wasm_engine_new");
        var store = ((delegate* unmanaged<nint, nint, nint, nint>)Find("wasmtime_store_new"))(engine, 0, 0);
        var context = ((delegate* unmanaged<nint, nint>)Find("wasmtime_store_context"))(store);
        Configure(context, directory, input, output, arguments);
        var linker = ((delegate* unmanaged<nint, nint>)Find("wasmtime_linker_new"))(engine);
        Demand(((delegate* unmanaged<nint, nint>)Find("wasmtime_linker_define_wasi"))(linker));
        nint code = 0;
        fixed (byte* bytes = module)
        {
            Demand(((delegate* unmanaged<nint, byte*, nuint, nint*, nint>)Find("wasmtime_module_new"))(
                engine, bytes, (nuint)module.Length, &code));
        }

        Demand(((delegate* unmanaged<nint, nint, byte*, nuint, nint, nint>)Find("wasmtime_linker_module"))(
            linker, context, null, 0, code));
        var function = stackalloc byte[64];
        Demand(((delegate* unmanaged<nint, nint, byte*, nuint, byte*, nint>)Find("wasmtime_linker_get_default"))(
            linker, context, null, 0, function));
        nint trap = 0;
        var call = (delegate* unmanaged<nint, byte*, nint, nuint, nint, nuint, nint*, nint>)Find("wasmtime_func_call");
        var error = call(context, function, 0, 0, 0, 0, &trap);
        var exit = 0;
        var hasExited = error != 0
            && ((delegate* unmanaged<nint, int*, byte>)Find("wasmtime_error_exit_status"))(error, &exit) != 0;
        Demand(hasExited ? 0 : error);
        if (trap != 0)
        {
            var message = stackalloc nint[2];
            ((delegate* unmanaged<nint, nint*, void>)Find("wasm_trap_message"))(trap, message);
            throw new InvalidOperationException(Encoding.UTF8.GetString((byte*)message[1], (int)message[0]));
        }

        ((delegate* unmanaged<nint, void>)Find("wasmtime_store_delete"))(store);
        return exit;
    }

    private void Configure(nint context, string directory, string input, string output, string[] arguments)
    {
        var wasi = Make("wasi_config_new");
        var texts = Array.ConvertAll(arguments, Marshal.StringToCoTaskMemUTF8);
        fixed (nint* pointers = texts)
        {
            ((delegate* unmanaged<nint, nuint, nint*, byte>)Find("wasi_config_set_argv"))(
                wasi, (nuint)texts.Length, pointers);
        }

        var (name, value) = (Text("FACT"), Text("true"));
        fixed (byte* nameText = name, valueText = value)
        {
            var (names, values) = ((nint)nameText, (nint)valueText);
            ((delegate* unmanaged<nint, nuint, nint*, nint*, byte>)Find("wasi_config_set_env"))(
                wasi, 1, &names, &values);
        }

        SetFile(wasi, "wasi_config_set_stdin_file", input);
        SetFile(wasi, "wasi_config_set_stdout_file", output);
        var (host, guest) = (Text(directory), Text("/"));
        fixed (byte* hostText = host, guestText = guest)
        {
            ((delegate* unmanaged<nint, byte*, byte*, nuint, nuint, byte>)Find("wasi_config_preopen_dir"))(
                wasi, hostText, guestText, 3, 3);
        }

        Demand(((delegate* unmanaged<nint, nint, nint>)Find("wasmtime_context_set_wasi"))(context, wasi));
    }

    private void SetFile(nint wasi, string function, string path)
    {
        fixed (byte* text = Text(path))
        {
            ((delegate* unmanaged<nint, byte*, byte>)Find(function))(wasi, text);
        }
    }

    private void Demand(nint error)
    {
        if (error == 0)
        {
            return;
        }

        var message = stackalloc nint[2];
        ((delegate* unmanaged<nint, nint*, void>)Find("wasmtime_error_message"))(error, message);
        throw new InvalidOperationException(Encoding.UTF8.GetString((byte*)message[1], (int)message[0]));
    }

    private nint Make(string function) => ((delegate* unmanaged<nint>)Find(function))();

    private nint Find(string name) => NativeLibrary.GetExport(library, name);

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}
