using System.Security.Cryptography;
using Plugins.Host.Loading;
using Plugins.Host.Wasmtime.Errors;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>A directory that only this user may look into, and the secret in it.</summary>
/// <remarks>
/// On Windows the access lists inherited from the directory above decide, so it belongs into the user's profile.
/// </remarks>
internal static class CacheFolder
{
    internal const string EntrySuffix = ".module";
    internal const string TemporarySuffix = ".tmp";

    private const string SecretName = "key";
    private const int SecretLength = 32;
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="UnsafeCacheDirectoryException">Others could write to it, or it is not ours.</exception>
    internal static void Prepare(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            RefuseLink(directory);
            return;
        }

        // Does nothing when the directory exists; the check below then decides.
        Directory.CreateDirectory(directory, OwnerReadsAndWrites | UnixFileMode.UserExecute);
        Check(directory, status => status.IsDirectory);
    }

    /// <summary>The directory's secret; made when there is none, the same for all processes.</summary>
    internal static byte[] ReadSecret(string directory)
    {
        string path = Path.Combine(directory, SecretName);
        if (!File.Exists(path))
        {
            CreateSecret(directory, path);
        }

        if (OperatingSystem.IsWindows())
        {
            RefuseLink(path);
        }
        else
        {
            Check(path, status => status.IsFile);
        }

        byte[] secret = ReadUpTo(path, SecretLength + 1);
        if (secret.Length == SecretLength)
        {
            return secret;
        }

        // Damaged: entries made under it cannot be told from forged ones any more, and will be compiled again.
        File.Delete(path);
        CreateSecret(directory, path);
        return ReadUpTo(path, SecretLength);
    }

    /// <summary>A new file for this user alone, with a name that nothing else uses.</summary>
    internal static FileStream CreateTemporary(string directory)
    {
        string name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + TemporarySuffix;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReadsAndWrites;
        }

        return new FileStream(Path.Combine(directory, name), options);
    }

    private static void CreateSecret(string directory, string path)
    {
        string temporary;
        using (FileStream stream = CreateTemporary(directory))
        {
            temporary = stream.Name;
            stream.Write(RandomNumberGenerator.GetBytes(SecretLength));
        }

        // Never over another process's secret, which may be in use already.
        if (!ExclusiveMove.Try(temporary, path))
        {
            File.Delete(temporary);
        }
    }

    private static byte[] ReadUpTo(string path, int length)
    {
        using FileStream stream = RegularFile.Open(path);
        byte[] bytes = new byte[length];
        return bytes[..stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false)];
    }

    private static void Check(string path, Func<UnixFileStatus, bool> isRightKind)
    {
        UnsafeCacheReason? reason = UnixFileStatus.Of(path) switch
        {
            null => UnsafeCacheReason.UnknownOwner,
            { } status when !isRightKind(status) => UnsafeCacheReason.WrongKind,
            { } status when status.Owner != UnixFileStatus.CurrentUser => UnsafeCacheReason.ForeignOwner,
            { IsOpenToOthers: true } => UnsafeCacheReason.OpenToOthers,
            _ => null,
        };
        if (reason is { } found)
        {
            throw new UnsafeCacheDirectoryException(path, found);
        }
    }

    private static void RefuseLink(string path)
    {
        if (File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint))
        {
            throw new UnsafeCacheDirectoryException(path, UnsafeCacheReason.WrongKind);
        }
    }
}
