using System.Text;
using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Tests.Support;

/// <summary>A small valid plugin, and a manifest that uses every field.</summary>
internal static class TestPlugin
{
    public static DateTimeOffset IssuedAt { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static byte[] Module { get; } = "\0asm\x01\0\0\0"u8.ToArray();

    public static PluginManifest Manifest { get; } = new()
    {
        Id = PluginId.Parse("acme/slugify"),
        Version = SemanticVersion.Parse("1.4.0"),
        Sequence = 12,
        Module = ManifestModule.Describe(Module),
        Abi = "plugins:abi/v1",
        Functions = [new ExportedFunction { Name = "slugify" }],
        IssuedAt = IssuedAt,
    };

    public static PluginManifest FullManifest { get; } = Manifest with
    {
        Version = SemanticVersion.Parse("1.4.0-rc.1+5114f85"),
        Assets = [new ManifestAsset { Path = "words/en.txt", Sha256 = Sha256Digest.Compute("en"u8), Size = 2 }],
        Features = ["bulk-memory", "multi-value"],
        Functions =
        [
            new ExportedFunction
            {
                Name = "slugify",
                Description = "Makes a slug — for addresses.",
                InputMediaType = "text/plain; charset=utf-8",
                OutputMediaType = "application/vnd.acme+json",
                InputSchema = """{"type":"string", "maxLength":100}""",
                OutputSchema = "true",
            },
        ],
        Imports = [new ExpectedImport("plugins:abi/v1", "input_read")],
        Permissions =
        [
            new PermissionRequest
            {
                Name = PermissionNames.HttpSend,
                Scope = PermissionScope.Parse(PermissionNames.HttpSend, "api.acme.example", "*.acme.example:8443"),
                Reason = "Fetches the word list.",
                Required = true,
            },
            new PermissionRequest { Name = PermissionNames.ClockNow, Reason = "Dates slugs." },
        ],
        Limits = new RequestedLimits
        {
            Fuel = 1, WallTimeMilliseconds = 2, MemoryPages = 3, TableElements = 4, StackBytes = 5, CallDepth = 6,
            InputBytes = 7, OutputBytes = 8, ErrorBytes = 9, LogBytes = 10, CapabilityBytes = 11, HostCalls = 12,
            StreamedInputBytes = 13, StreamedOutputBytes = 14,
        },
        Config =
        [
            new ConfigKey { Key = "separator", Description = "Between words.", Default = "-" },
            new ConfigKey { Key = "token", Required = true, Secret = true },
        ],
        HostApi = new HostApiRange(SemanticVersion.Parse("1.0.0"), SemanticVersion.Parse("2.0.0")),
        ExpiresAt = IssuedAt.AddDays(90),
        Audience = ["shop.example"],
        Critical = ["audience", "limits"],
        Provenance = new ManifestProvenance
        {
            Repository = "https://acme.example/slugify", Commit = "5114f85", Builder = "ci",
        },
    };

    public static string Json { get; } = Encoding.UTF8.GetString(Manifest.ToJson());

    public static string FullJson { get; } = Encoding.UTF8.GetString(FullManifest.ToJson());
}
