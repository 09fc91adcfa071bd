using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Host.Loading;

internal sealed partial class PluginLoader
{
    // A manifest has at most 256 KiB, a third more in base64, and its signatures a few KiB.
    private const int MaximumSignatureFileBytes = 1 << 20;

    /// <summary>Refuses a module by its size before it is copied or hashed.</summary>
    internal void RequireSize(long bytes)
    {
        if (bytes > _moduleLimits.ModuleBytes)
        {
            throw new PluginModuleLimitException(
                null, nameof(ModuleLimits.ModuleBytes), _moduleLimits.ModuleBytes, bytes);
        }
    }

    /// <summary>A module, and the signature file beside it, which is empty where there is none.</summary>
    internal (ImmutableArray<byte> Module, byte[] SignatureFile) ReadFiles(string path)
    {
        return (ReadModule(path), ReadSignatureFile(path));
    }

    /// <summary>A module alone.</summary>
    internal ImmutableArray<byte> ReadModule(string path)
    {
        using var stream = RegularFile.Open(path);
        RequireSize(stream.Length);
        var module = RegularFile.Read(stream, OneMoreThan(_moduleLimits.ModuleBytes));
        RequireSize(module.Length);
        return ImmutableCollectionsMarshal.AsImmutableArray(module);
    }

    private static byte[] ReadSignatureFile(string path)
    {
        var bundle = Path.ChangeExtension(path, "sigstore.json");
        var file = File.Exists(bundle) ? bundle : Path.ChangeExtension(path, "dsse.json");
        if (!File.Exists(file))
        {
            return [];
        }

        var bytes = RegularFile.Read(file, OneMoreThan(MaximumSignatureFileBytes));
        return bytes.Length <= MaximumSignatureFileBytes ? bytes : throw new PluginSignatureException(
            ManifestErrorCode.MalformedEnvelope,
            $"the signature file is larger than {MaximumSignatureFileBytes} bytes.");
    }

    private static int OneMoreThan(long bytes) => (int)Math.Min(bytes + 1, Array.MaxLength);
}
