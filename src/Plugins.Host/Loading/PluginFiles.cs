using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Host.Loading;

/// <summary>A module, and the signature file beside it, read whole and closed.</summary>
/// <param name="Module">The module.</param>
/// <param name="SignatureFile">Empty where there is none.</param>
internal readonly record struct PluginFiles(ImmutableArray<byte> Module, byte[] SignatureFile)
{
    // A manifest has at most 256 KiB, a third more in base64, and its signatures a few KiB.
    private const int MaximumSignatureFileBytes = 1 << 20;

    /// <summary>Reads both.</summary>
    internal static PluginFiles Read(string path, long maximumModuleBytes) =>
        new(ReadModule(path, maximumModuleBytes), ReadSignatureFile(path));

    /// <summary>Reads a module alone.</summary>
    internal static ImmutableArray<byte> ReadModule(string path, long maximumBytes)
    {
        using var stream = RegularFile.Open(path);
        RequireSize(stream.Length, maximumBytes);
        var module = RegularFile.Read(stream, OneMoreThan(maximumBytes));
        RequireSize(module.Length, maximumBytes);
        return ImmutableCollectionsMarshal.AsImmutableArray(module);
    }

    /// <summary>Refuses a module by its size before it is copied or hashed.</summary>
    internal static void RequireSize(long bytes, long maximumBytes)
    {
        if (bytes > maximumBytes)
        {
            throw new PluginModuleLimitException(null, nameof(ModuleLimits.ModuleBytes), maximumBytes, bytes);
        }
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
