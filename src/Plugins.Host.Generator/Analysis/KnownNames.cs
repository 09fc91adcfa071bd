namespace Plugins.Host.Generator.Analysis;

/// <summary>The whole names of the types that the generator looks for.</summary>
internal static class KnownNames
{
    internal const string PluginClient = "Plugins.Host.Clients.PluginClientAttribute";
    internal const string PluginCall = "Plugins.Host.Clients.PluginCallAttribute";
    internal const string PluginTenant = "Plugins.Host.Clients.PluginTenantAttribute";
    internal const string CallOptions = "Plugins.Host.PluginCallOptions";
    internal const string Result = "Plugins.Host.PluginResult";
    internal const string Stream = "System.IO.Stream";
    internal const string CancellationToken = "System.Threading.CancellationToken";
    internal const string Task = "System.Threading.Tasks.Task";
    internal const string ValueTask = "System.Threading.Tasks.ValueTask";
    internal const string ReadOnlyMemory = "System.ReadOnlyMemory";
    internal const string JsonContext = "System.Text.Json.Serialization.JsonSerializerContext";
    internal const string JsonSerializable = "System.Text.Json.Serialization.JsonSerializableAttribute";
}
