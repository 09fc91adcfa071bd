using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Plugins.Manifest.Text;

namespace Plugins.Host.Loading;

/// <summary>Reads untrusted files without blocking on pipes or devices.</summary>
/// <remarks>
/// <para>Pipes, sockets and devices are refused, and so are links that lead to them: opening a pipe waits until
/// somebody writes to it, and a device may have no end. Lengths are not believed: files of <c>/proc</c> have none, and
/// others grow while they are read.</para>
/// <para>Safe for use from several threads. The caller disposes what is opened.</para>
/// </remarks>
public static partial class RegularFile
{
    private const int NoEntry = 2;
    private const int NoDeviceOrAddress = 6;
    private const int AccessDenied = 13;

    /// <summary>Opens a file to be read from its start.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or may not be read.</exception>
    /// <exception cref="IOException">It is no regular file, or cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()
            ? new FileStream(OpenAtOnce(path), FileAccess.Read, bufferSize: 0)
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw NotRegular(path);
    }

    /// <summary>Reads the start of a file, all of it where it is not longer.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="maximumBytes">The most bytes to read; one more than is allowed shows what is too long.</param>
    /// <returns>What was there, at most so many bytes.</returns>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static byte[] Read(string path, int maximumBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumBytes);
        using var stream = Open(path);
        return Read(stream, maximumBytes);
    }

    /// <summary>Reads on in a stream, to its end where it comes within so many bytes.</summary>
    internal static byte[] Read(Stream stream, int maximumBytes)
    {
        // A wrong length costs another round, never more memory than is read; a right one costs no copy.
        var bytes = new byte[Math.Min(stream.Length, maximumBytes)];
        var length = 0;
        while (true)
        {
            length += stream.ReadAtLeast(bytes.AsSpan(length), bytes.Length - length, throwOnEndOfStream: false);
            if (length < bytes.Length || length == maximumBytes || stream.ReadByte() is not (>= 0 and var next))
            {
                return length == bytes.Length ? bytes : bytes[..length];
            }

            Array.Resize(ref bytes, (int)Math.Min(Math.Max(2L * length, 4096), maximumBytes));
            bytes[length++] = (byte)next;
        }
    }

    private static SafeFileHandle OpenAtOnce(string path)
    {
        var handle = new SafeFileHandle(OpenNative(path, OpenFlags), ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        if (handle.IsInvalid)
        {
            handle.Dispose();
            throw FailureOf(path, error);
        }

        var kind = KindOf(handle);
        if (kind is FileKind.Regular or FileKind.Unknown)
        {
            return handle;
        }

        handle.Dispose();
        throw kind == FileKind.Folder
            ? new UnauthorizedAccessException($"'{VisibleText.Name(path)}' is a folder.")
            : NotRegular(path);
    }

    private static Exception FailureOf(string path, int error) => error switch
    {
        NoEntry => new FileNotFoundException($"There is no file '{VisibleText.Name(path)}'.", path),
        NoDeviceOrAddress => NotRegular(path),
        AccessDenied => new UnauthorizedAccessException($"'{VisibleText.Name(path)}' may not be read."),
        _ => new IOException($"'{VisibleText.Name(path)}': {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    private static IOException NotRegular(string path) =>
        new($"'{VisibleText.Name(path)}' is a pipe, a socket or a device; only regular files are read here.");
}
