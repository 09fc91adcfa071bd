namespace Plugins.Host.Abi;

/// <summary>The names of guest ABI v1; docs/abi.md is the contract.</summary>
internal static class AbiNames
{
    internal const string Version = "plugins:abi/v1";
    internal const string AbiModule = "plugins:abi/v1";
    internal const string HostModule = "plugins:host/v1";

    internal const string InputLength = "input_length";
    internal const string InputRead = "input_read";
    internal const string OutputWrite = "output_write";
    internal const string ErrorWrite = "error_write";
    internal const string ResultLength = "result_length";
    internal const string ResultRead = "result_read";
    internal const string Log = "log";

    internal const string Memory = "memory";
    internal const string Initialize = "_initialize";
}
