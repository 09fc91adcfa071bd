using System.Reflection.PortableExecutable;

namespace Plugins.Examples.Tests.Packages;

/// <summary>What a user finds in the packages, and what they do in projects that have just been made.</summary>
internal sealed class PackageTests
{
    private const string Describe = """
        var wasm = File.ReadAllBytes(Environment.GetEnvironmentVariable("WORD_COUNT")!);
        var manifest = new PluginManifest
        {
            Id = PluginId.Parse("acme/word_count"),
            Version = SemanticVersion.Parse("1.0.0"),
            Sequence = 1,
            Module = ManifestModule.Describe(wasm),
            Abi = "plugins:abi/v1",
            Functions = [new ExportedFunction { Name = "word_count" }],
            IssuedAt = DateTimeOffset.UnixEpoch,
        };
        """;

    private const string Counts = """{"words":2,"lines":1,"characters":13}""";

    private PackageFeed _feed = null!;

    [OneTimeSetUp]
    public void Pack()
    {
        Environment.SetEnvironmentVariable(
            "WORD_COUNT", Support.Repository.FullPath("examples/Pdk-Rust/word_count/plugin.wasm"));
        _feed = new PackageFeed(PackageFeed.Projects());
    }

    [OneTimeTearDown]
    public void Remove() => _feed.Dispose();

    [Test]
    public void Packages_OfTheRepository_AreOnePerProject()
    {
        var expected = PackageFeed.Projects()
            .Where(project => !File.ReadAllText(Support.Repository.FullPath(project))
                .Contains("<IsPackable>false</IsPackable>"))
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Concat(["Plugins.Cli.any", "Plugins.Cli.linux-x64"]);
        Assert.That(_feed.Packages, Is.EquivalentTo(expected.Select(_feed.PathOf)));
    }

    [Test]
    public void Package_OfALibrary_HasDocumentationLicenceReadmeAndSymbols()
    {
        foreach (var package in _feed.Packages)
        {
            var id = Path.GetFileName(package).Replace($".{PackageFeed.Version}.nupkg", "", StringComparison.Ordinal);
            var entries = PackageFeed.EntriesOf(package);
            Assert.That(entries, Is.SupersetOf(new[] { "README.md", "LICENSE" }), id);

            // This one only leads to those of the platforms.
            Assert.That(File.Exists(Path.ChangeExtension(package, ".snupkg")) || id == "Plugins.Cli", id);
            if (entries.Contains($"lib/net10.0/{id}.dll"))
            {
                Assert.That(entries, Does.Contain($"lib/net10.0/{id}.xml"), id);
            }
        }
    }

    [TestCase("Plugins.Wasm")]
    [TestCase("Plugins.Manifest")]
    [TestCase("Plugins.Wasi")]
    [TestCase("Plugins.Host")]
    public void Package_OfTheCallPath_HasCodeCompiledAheadOfTime(string id)
    {
        using var linux = Image(id, $"runtimes/linux-x64/lib/net10.0/{id}.dll");
        using var portable = Image(id, $"lib/net10.0/{id}.dll");
        Assert.That(linux.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, Is.Positive);
        Assert.That(portable.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, Is.Zero);
    }

    [Test]
    public void Package_OfTheHost_TellsEditorsTheSchemaOfItsSettings() => Assert.That(
        PackageFeed.EntriesOf(_feed.PathOf("Plugins.Host")),
        Is.SupersetOf(new[] { "ConfigurationSchema.json", "buildTransitive/Plugins.Host.targets" }));

    [Test]
    public void Package_MadeAgain_HasTheSameBytes()
    {
        using var again = new PackageFeed("src/Plugins.Manifest/Plugins.Manifest.csproj");
        Assert.That(
            File.ReadAllBytes(again.PathOf("Plugins.Manifest")),
            Is.EqualTo(File.ReadAllBytes(_feed.PathOf("Plugins.Manifest"))));
    }

    // One project for both, since making and building one takes most of the time.
    [Test]
    public void ConsoleProject_WithThePackage_CallsAPluginAndWritesMessagePack()
    {
        var program = $$"""
            using Plugins.Host;
            using Plugins.Host.MessagePack;
            using Plugins.Host.Payloads;
            using Plugins.Manifest;

            {{Describe}}
            using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true }.UseMessagePack());
            using var plugin = host.LoadUnsigned(wasm, manifest);
            Console.WriteLine(plugin.CallText("word_count", "Hello, world!").Value);

            var format = new MessagePackPayloadFormat();
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            format.Write(bytes, new Order("Ada", 3));
            Console.WriteLine(format.Read<Order>(new PayloadDocument(bytes.WrittenMemory)));

            internal sealed record Order(string Customer, int Quantity);
            """;
        using var project = new FreshProject(_feed, "Microsoft.NET.Sdk", program, "Plugins.Host.MessagePack");
        var run = project.Run();
        string[] expected = [Counts, "Order { Customer = Ada, Quantity = 3 }", ""];
        Assert.That(run.Lines, Is.EqualTo(expected), run.Output + run.Errors);
    }

    [Test]
    public void ConsoleProject_WithWasmtimesPackage_NeedsNothingElse()
    {
        var program = $$"""
            using Plugins.Host;
            using Plugins.Host.Wasmtime;
            using Plugins.Manifest;

            {{Describe}}
            using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true }.UseWasmtime());
            using var plugin = host.LoadUnsigned(wasm, manifest);
            Console.WriteLine(plugin.CallText("word_count", "Hello, world!").Value);
            """;
        using var project = new FreshProject(_feed, "Microsoft.NET.Sdk", program, "Plugins.Host.Wasmtime");
        var run = project.Run();
        Assert.That(run.Lines, Is.EqualTo(new[] { Counts, "" }), run.Output + run.Errors);

        // Of the package only the native libraries, and a portable build has those of all systems.
        var output = Path.Combine(project.Folder, "bin", "Debug", "net10.0");
        Assert.That(Path.Combine(output, "Wasmtime.Dotnet.dll"), Does.Not.Exist);
        Assert.That(Directory.GetDirectories(Path.Combine(output, "runtimes")), Has.Length.EqualTo(6));
    }

    [Test]
    public void Tool_Installed_InspectsAndRunsAPlugin()
    {
        using var tool = new InstalledTool(_feed, "Plugins.Cli");
        var version = tool.Run("--version");
        Assert.That(version.Output.Trim(), Does.StartWith(PackageFeed.Version), version.Errors);
        var plugin = Environment.GetEnvironmentVariable("WORD_COUNT")!;
        Assert.That(tool.Run("inspect", plugin).Output, Does.Contain("plugins:abi/v1"));
        Assert.That(tool.Run("run", plugin, "word_count", "Hello, world!").Output.Trim(), Is.EqualTo(Counts));
        var other = tool.Run("run", plugin, "word_count", "Hello, world!", "--engine", "wasmtime");
        Assert.That(other.Output.Trim(), Is.EqualTo(Counts), other.Errors);
    }

    [Test]
    public void Page_FromPluginToApplication_WorksAsItStands()
    {
        if (!File.Exists("/usr/bin/cargo") || !Directory.Exists("/usr/lib/rustlib/wasm32-unknown-unknown"))
        {
            Assert.Ignore("Debian's cargo with the WebAssembly target is missing; "
                + "eng/install-guest-toolchains.sh installs it.");
        }

        using var tool = new InstalledTool(_feed, "Plugins.Cli");
        using var page = new FirstPluginPage(_feed, tool);
        var run = page.Follow();
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Errors);
        Assert.That(
            run.Lines.SkipLast(1).TakeLast(FirstPluginPage.Promised.Length), Is.EqualTo(FirstPluginPage.Promised));
        Assert.That(run.Output, Does.Contain("Hello, Ada!").And.Contain("verified: acme/hello"));
    }

    [Test]
    public void WebProject_WithThePackage_AnswersARequestByAPlugin()
    {
        var program = $$"""
            using Plugins.Host;
            using Plugins.Host.Catalog;
            using Plugins.Manifest;

            {{Describe}}
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddPlugins(options => options.AllowUnsigned = true)
                .AddPlugin("counter", host => host.LoadUnsigned(wasm, manifest));
            await using var app = builder.Build();
            app.MapGet("/count", ([FromKeyedServices("counter")] CatalogPlugin counter, string text) =>
                counter.CallText("word_count", text).Value);
            await app.StartAsync();
            using var client = new HttpClient();
            Console.WriteLine(await client.GetStringAsync($"{app.Urls.First()}/count?text=Hello,%20world!"));
            """;
        using var project = new FreshProject(_feed, "Microsoft.NET.Sdk.Web", program, "Plugins.Host");
        var run = project.Run();
        Assert.That(run.Output.Trim(), Is.EqualTo(Counts), run.Errors);
    }

    private PEReader Image(string id, string entry) =>
        new(new MemoryStream(PackageFeed.Read(_feed.PathOf(id), entry)));
}
