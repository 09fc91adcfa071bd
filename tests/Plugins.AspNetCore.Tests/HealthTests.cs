using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Plugins.Host;
using Plugins.Host.Catalog;
using Plugins.Manifest;
using Plugins.Manifest.Signing;
using Plugins.Manifest.Trust;

namespace Plugins.AspNetCore.Tests;

/// <summary>What the health check says of trust that ends.</summary>
internal sealed class HealthTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [TestCase(30, null, HealthStatus.Healthy, "")]
    [TestCase(13, null, HealthStatus.Degraded, "(the manifest expires)")]
    [TestCase(30, 13, HealthStatus.Degraded, "(the key acme-2026 does)")]
    [TestCase(12, 13, HealthStatus.Degraded, "(the manifest expires)")]
    [TestCase(null, 30, HealthStatus.Healthy, "")]
    [TestCase(null, null, HealthStatus.Healthy, "")]
    public async Task Trust_ThatEndsSoon_DegradesHealthWithNames(
        int? manifestDays, int? keyDays, HealthStatus expected, string reason)
    {
        await using var application = await StartAsync(manifestDays, keyDays);
        var entry = (await application.CheckAsync()).Entries["plugins"];
        Assert.That(entry.Status, Is.EqualTo(expected));
        var end = Now.UtcDateTime.AddDays(Math.Min(manifestDays ?? 99, keyDays ?? 99));
        Assert.That(entry.Data["words"], reason.Length == 0
            ? Does.Not.Contain("trusted")
            : Does.Contain($"it is trusted until {end:yyyy-MM-dd} {reason}"));
    }

    [Test]
    public async Task Warning_ThatTheApplicationWants_ComesEarlier()
    {
        await using var application = await StartAsync(30, null, TimeSpan.FromDays(31));
        var report = await application.CheckAsync();
        Assert.That(report.Entries["plugins"].Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(report.Entries["plugins-again"].Status, Is.EqualTo(HealthStatus.Degraded));
    }

    [Test]
    public void Warning_AfterTheEnd_IsMisuse() => Assert.That(
        () => new ServiceCollection().AddHealthChecks().AddPlugins(trustWarning: TimeSpan.FromDays(-1)),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    private static async Task<Application> StartAsync(int? manifestDays, int? keyDays, TimeSpan? warning = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var module = Host.Tests.Support.GuestFiles.Read("examples/Pdk-Rust/word_count/plugin.wasm");
        var policy = TrustPolicy.Create(new TrustPolicyOptions
        {
            Keys =
            [
                new TrustedKeyOptions
                {
                    Name = "acme-2026",
                    Pem = key.ExportSubjectPublicKeyInfoPem(),
                    ValidUntil = keyDays is { } days ? Now.AddDays(days) : null,
                },
            ],
            Publishers = [new TrustedPublisherOptions { Name = "acme", Keys = ["acme-2026"] }],
        });
        byte[] signature = [];
        return await Application.StartAsync(
            plugins => plugins.AddPlugin("words", _ => new CatalogEntry("words", new DelegatedSource((host, stop) =>
            {
                if (signature.Length == 0)
                {
                    signature = Sign(host, module, key, manifestDays);
                }

                return host.Load(module, signature, cancellationToken: stop);
            }))),
            _ => { },
            options => options.TrustPolicy = policy,
            services => services.AddHealthChecks().AddPlugins("plugins-again", trustWarning: warning));
    }

    private static byte[] Sign(PluginHost host, byte[] module, ECDsa key, int? days)
    {
        using var plain = host.LoadUnsigned(module);
        var manifest = plain.Manifest with
        {
            Id = PluginId.Parse("acme/words"),
            IssuedAt = Now.AddDays(-1),
            ExpiresAt = days is { } left ? Now.AddDays(left) : null,
        };
        return ManifestSigner.Sign(manifest, module, key);
    }
}
