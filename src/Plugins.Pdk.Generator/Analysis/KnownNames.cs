namespace Plugins.Pdk.Generator.Analysis;

/// <summary>The whole names of the types that the generator looks for.</summary>
internal static class KnownNames
{
    internal const string PluginFunction = "Plugins.Pdk.PluginFunctionAttribute";
    internal const string HostFunction = "Plugins.Pdk.HostFunctionAttribute";
    internal const string PluginPayloads = "Plugins.Pdk.PluginPayloadsAttribute";
    internal const string UsesCapability = "Plugins.Pdk.Runtime.UsesCapabilityAttribute";
    internal const string HostReply = "Plugins.Pdk.HostReply";
    internal const string JsonContext = "System.Text.Json.Serialization.JsonSerializerContext";
    internal const string JsonSerializable = "System.Text.Json.Serialization.JsonSerializableAttribute";
}
