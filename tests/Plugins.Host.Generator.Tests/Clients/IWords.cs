using Plugins.Host.Clients;

namespace Plugins.Host.Generator.Tests.Clients;

/// <summary>A plugin that answers text with JSON, in every form that a method may have.</summary>
[PluginClient("words", JsonContext = typeof(ShopJson))]
internal interface IWords
{
    Counts WordCount(string text);

    ValueTask<Counts> WordCountAsync(string text, CancellationToken cancellationToken);

    [PluginCall("word_count")]
    Task<PluginResult<Counts>> MeasureAsync(string text, CancellationToken cancellationToken);

    [PluginCall("word_count")]
    string WriteText(byte[] text);

    [PluginCall("word_count")]
    ReadOnlyMemory<byte> WriteBytes(ReadOnlyMemory<byte> text);

    [PluginCall("word_count")]
    byte[] WriteNothing();

    [PluginCall("word_count")]
    void Count(string text);

    [PluginCall("word_count")]
    PluginResult CountStream(Stream text, Stream counts);

    [PluginCall("word_count")]
    Task CountStreamAsync(Stream text, Stream counts, CancellationToken cancellationToken);

    [PluginCall("word_count")]
    Quote ReadAnother(string text);

    [PluginCall("word_count")]
    Counts CountFor([PluginTenant] string? tenant, string text, PluginCallOptions? options = null);
}
