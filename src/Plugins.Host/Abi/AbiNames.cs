using Plugins.Wasi;

namespace Plugins.Host.Abi;

/// <summary>The names of guest ABI v1; docs/abi.md is the contract.</summary>
/// <remarks>Constants only, safe to use from any thread.</remarks>
public static class AbiNames
{
    /// <summary>The ABI's name in manifests.</summary>
    public const string Version = "plugins:abi/v1";

    /// <summary>The name in manifests of programs that use WASI preview 1 and nothing of this ABI.</summary>
    public const string WasiCommand = "wasi:command/preview1";

    /// <summary>The one function of such a program, <c>() -> ()</c>.</summary>
    public const string Start = "_start";

    /// <summary>The module from which guests import WASI preview 1, in programs and beside this ABI.</summary>
    public const string WasiModule = WasiFunctions.Preview1Module;

    /// <summary>The module from which guests import the ABI's functions.</summary>
    public const string AbiModule = "plugins:abi/v1";

    /// <summary>The module from which guests import capabilities, built in or of the application.</summary>
    public const string HostModule = "plugins:host/v1";

    /// <summary>The function that returns the length of the input.</summary>
    public const string InputLength = "input_length";

    /// <summary>The function that copies input into guest memory.</summary>
    public const string InputRead = "input_read";

    /// <summary>The function that appends to the output.</summary>
    public const string OutputWrite = "output_write";

    /// <summary>The function that appends to the error text.</summary>
    public const string ErrorWrite = "error_write";

    /// <summary>The function that returns the length of the last capability's result.</summary>
    public const string ResultLength = "result_length";

    /// <summary>The function that copies the last capability's result into guest memory.</summary>
    public const string ResultRead = "result_read";

    /// <summary>The function that writes a log entry.</summary>
    public const string Log = "log";

    /// <summary>The memory that every guest exports.</summary>
    public const string Memory = "memory";

    /// <summary>The exported function that brings up an instance, where a guest has it.</summary>
    public const string Initialize = "_initialize";
}
