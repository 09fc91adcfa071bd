// How many requests does an endpoint answer whose work a plugin does, against the same in plain C#?
//
//   dotnet run -c Release --project bench/Plugins.WebBenchmarks [ROUNDS]
//
// Needs wrk, which shares the processors with the server. The plugin is bench/Plugins.WebBenchmarks/pricing.rs.
using System.Globalization;
using System.Text.Json;
using Plugins.AspNetCore;
using Plugins.Host;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;
using Plugins.Manifest;
using Plugins.WebBenchmarks;

var rounds = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 3;
var body = JsonSerializer.SerializeToUtf8Bytes(Cart.Sample, WebJson.Default.Cart);
using var wasmtime = new WasmtimeEngine();
(string Name, IPluginEngine Engine)[] engines = [("embedded", EmbeddedEngine.Instance), ("Wasmtime", wasmtime)];
using var load = new Load(body);
Console.WriteLine($"Bodies of {body.Length} bytes.");
Console.WriteLine("| engine | plain C#, requests/s | plugin, requests/s | plugin / plain |");
Console.WriteLine("| --- | ---: | ---: | ---: |");
foreach (var (name, engine) in engines)
{
    await using var app = await Start(engine);
    var address = app.Urls.Single();
    await RequireSameAnswers(address);
    double[] plain = new double[rounds];
    double[] plugin = new double[rounds];
    load.Run(address + "/plain", TimeSpan.FromSeconds(4));
    load.Run(address + "/plugin", TimeSpan.FromSeconds(6));
    for (var round = 0; round < rounds; round++)
    {
        plain[round] = load.Run(address + "/plain", TimeSpan.FromSeconds(3));
        plugin[round] = load.Run(address + "/plugin", TimeSpan.FromSeconds(3));
    }

    Array.Sort(plain);
    Array.Sort(plugin);
    var (usual, called) = (plain[rounds / 2], plugin[rounds / 2]);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {usual:N0} | {called:N0} | {called / usual:0.00} |"));
}

async Task<WebApplication> Start(IPluginEngine engine)
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.ConfigureHttpJsonOptions(
        options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, WebJson.Default));
    builder.Services
        .AddPlugins(options =>
        {
            options.AllowUnsigned = true;
            options.Engine = engine;
        })
        .AddPlugin("pricing", Load);
    var app = builder.Build();
    app.MapPlugin("/plugin", "pricing", "quote_cart");
    app.MapPost("/plain", (Cart cart) => cart.ToQuote());
    await app.StartAsync();
    return app;
}

static Plugin Load(PluginHost host)
{
    using var stream = typeof(Cart).Assembly.GetManifestResourceStream("pricing.wasm")!;
    var module = new byte[stream.Length];
    stream.ReadExactly(module);
    return host.LoadUnsigned(module, new PluginManifest
    {
        Id = PluginId.Parse("bench/pricing"),
        Version = SemanticVersion.Parse("1.0.0"),
        Sequence = 1,
        Module = ManifestModule.Describe(module),
        Abi = "plugins:abi/v1",
        Functions =
        [
            new ExportedFunction
            {
                Name = "quote_cart", InputMediaType = "application/json", OutputMediaType = "application/json",
            },
        ],
        IssuedAt = DateTimeOffset.UnixEpoch,
    });
}

async Task RequireSameAnswers(string address)
{
    using var client = new HttpClient();
    var answers = new List<string>();
    foreach (var path in new[] { "/plain", "/plugin" })
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await client.PostAsync(address + path, content);
        answers.Add(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    if (answers[0] != answers[1])
    {
        throw new InvalidOperationException($"Answers differ:\n{answers[0]}\n{answers[1]}");
    }
}
