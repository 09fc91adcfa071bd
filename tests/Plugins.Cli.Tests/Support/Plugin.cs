namespace Plugins.Cli.Tests.Support;

/// <summary>Modules of this repository, and manifests for them.</summary>
internal static class Plugin
{
    internal const string WordCount = "examples/Pdk-Rust/word_count/plugin.wasm";
    internal const string Shout = "examples/Pdk-C/shout/plugin.wasm";
    internal const string Greeter = "examples/Pdk-C/greeter/plugin.wasm";
    internal const string Hostile = "tests/guests/hostile.wasm";
    internal const string Capabilities = "tests/guests/capabilities.wasm";
    internal const string Echo = "tests/guests/echo.wasm";

    internal const string ShoutManifest = """{ "id": "acme/shout", "version": "1.0.0", "sequence": 1 }""";

    internal const string GreeterManifest = """
        { "id": "acme/greeter", "version": "1.0.0", "sequence": 1,
          "permissions": [{ "name": "greeting.prefix", "reason": "Greets." }],
          "config": [{ "key": "language", "default": "en" }] }
        """;
}
