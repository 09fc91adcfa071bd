namespace Plugins.Pdk.Runtime;

/// <summary>The names of the built-in capabilities; docs/abi.md is the contract.</summary>
internal static class CapabilityNames
{
    internal const string ConfigRead = "config.read";
    internal const string VariablesRead = "variables.read";
    internal const string VariablesWrite = "variables.write";
    internal const string VariablesDelete = "variables.delete";
    internal const string VariablesCompareExchange = "variables.compare_exchange";
    internal const string ClockNow = "clock.now";
    internal const string RandomBytes = "random.bytes";
    internal const string HttpSend = "http.send";
}
