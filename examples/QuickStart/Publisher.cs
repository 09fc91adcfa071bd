using System.Security.Cryptography;
using Plugins.Manifest;
using Plugins.Manifest.Signing;

namespace QuickStart;

/// <summary>Somebody who writes plugins and signs them, with a key that is thrown away in the end.</summary>
internal sealed class Publisher(string name) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What an application has to know to recognise this publisher's signatures.</summary>
    internal string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The manifest of a plugin that wants nothing but input and output; <c>with</c> adds to it.</summary>
    internal PluginManifest Describe(string plugin, string function, byte[] module) => new()
    {
        Id = PluginId.Parse($"{name}/{plugin}"),
        Version = SemanticVersion.Parse("1.0.0"),
        Sequence = 1,
        Module = ManifestModule.Describe(module),
        Abi = "plugins:abi/v1",
        Functions = [new ExportedFunction { Name = function }],
        IssuedAt = TimeProvider.System.GetUtcNow(),
    };

    /// <summary>Signs a manifest, and with it the module; both go into a folder that can be sent to anyone.</summary>
    internal string Publish(PluginManifest manifest, byte[] module)
    {
        var folder = Directory.CreateDirectory(Path.Combine("plugins", manifest.Id.Name)).FullName;
        File.WriteAllBytes(Path.Combine(folder, PackageFiles.Module), module);
        File.WriteAllBytes(Path.Combine(folder, PackageFiles.Bundle), ManifestSigner.Sign(manifest, module, _key));
        return folder;
    }

    public void Dispose() => _key.Dispose();
}
