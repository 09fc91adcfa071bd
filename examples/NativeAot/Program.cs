using Plugins.Host;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;
using Plugins.Manifest;

var options = new PluginHostOptions { AllowUnsigned = true };
var module = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "word_count.wasm"));
var word = new PluginLoadOptions { ExpectedId = PluginId.Parse("local/word_count") };

// The default engine needs a compiler at run time, and says so where there is none.
try
{
    using var embedded = new PluginHost(options);
    Console.WriteLine("embedded: " + embedded.LoadUnsigned(module, word).CallText("word_count", "Hello, world!").Value);
}
catch (EmbeddedEngineUnsupportedException exception)
{
    Console.WriteLine("embedded: " + exception.Message);
}

using var host = new PluginHost(options.UseWasmtime());
using var plugin = host.LoadUnsigned(module, word);
Console.WriteLine("wasmtime: " + plugin.CallText("word_count", "Hello, world!").Value);
