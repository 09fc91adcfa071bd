namespace Plugins.Host.Clients;

/// <summary>Has a client written for an interface, whose methods call functions of a plugin.</summary>
/// <remarks>
/// <para>The class has the interface's name without the I, and <c>Client</c> after it. docs/clients.md says what
/// methods may take and return, and which functions they call.</para>
/// <para>Immutable and safe for use by many threads.</para>
/// </remarks>
/// <param name="plugin">The plugin's name in the catalog.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class PluginClientAttribute(string plugin) : Attribute
{
    /// <summary>The plugin's name in the catalog.</summary>
    public string Plugin { get; } = plugin;

    /// <summary>The source-generated <c>JsonSerializerContext</c> of the values, which travel as JSON.</summary>
    /// <value>Null: the methods have no values but text, bytes and streams, or the host's formats are used.</value>
    /// <remarks>The context's own options are kept, and made strict as by <see cref="PluginHostOptions.UseJson(
    /// System.Text.Json.Serialization.JsonSerializerContext)"/>.</remarks>
    public Type? JsonContext { get; set; }

    /// <summary>True to have values travel in the formats that the plugin's manifest states.</summary>
    /// <value>False.</value>
    /// <remarks><see cref="PluginHostOptions.Payloads"/> has the formats, and what describes the types.</remarks>
    public bool UseHostFormats { get; set; }
}
