using Microsoft.Extensions.DependencyInjection;
using NativeAot;
using Plugins.Host;
using Plugins.Host.Wasmtime;
using Plugins.Manifest;

var options = new PluginHostOptions { AllowUnsigned = true };
var module = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "word_count.wasm"));
var word = new PluginLoadOptions { ExpectedId = PluginId.Parse("local/word_count") };

using var embedded = new PluginHost(options);
Console.WriteLine("embedded: " + Count(embedded));

using var wasmtime = new PluginHost(options.UseWasmtime());
Console.WriteLine("wasmtime: " + Count(wasmtime));

var services = new ServiceCollection();
services.AddPlugins(hosted => hosted.AllowUnsigned = true)
    .AddPlugin("word_count", host => host.LoadUnsigned(module, word))
    .AddClient<IWordCount>();
await using var provider = services.BuildServiceProvider();
Console.WriteLine("client: " + provider.GetRequiredService<IWordCount>().WordCount("Hello, world!"));

string Count(PluginHost host)
{
    using var plugin = host.LoadUnsigned(module, word);
    return plugin.CallText("word_count", "Hello, world!").Value;
}
