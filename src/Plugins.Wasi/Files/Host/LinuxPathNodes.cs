using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Plugins.Wasi.Files.Host;

/// <summary>The steps of a walk on the host, each by a handle and a single name.</summary>
internal sealed unsafe class LinuxPathNodes : IPathNodes<SafeFileHandle>
{
    private const int MaximumContents = 4096;
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    internal static LinuxPathNodes Instance { get; } = new();

    public FileError Enter(SafeFileHandle parent, string name, out SafeFileHandle? child) =>
        LinuxHandle.OpenName(parent, name, LinuxFlags.PathOnly | LinuxFlags.Directory, out child);

    public FileError ReadLink(SafeFileHandle parent, string name, out string? contents)
    {
        contents = null;
        var buffer = stackalloc byte[MaximumContents + 1];
        var length = LinuxCalls.ReadLink(parent, name, buffer, MaximumContents + 1);
        if (length < 0)
        {
            // What is no link, or not there, is for the next step to tell.
            return Marshal.GetLastPInvokeError() is LinuxError.Invalid or LinuxError.NoEntry
                ? FileError.None
                : LinuxError.Last;
        }

        if (length > MaximumContents)
        {
            return FileError.NameTooLong;
        }

        try
        {
            contents = s_strict.GetString(buffer, (int)length);
            return FileError.None;
        }
        catch (DecoderFallbackException)
        {
            return FileError.IllegalBytes;
        }
    }

    public void Leave(SafeFileHandle directory) => directory.Dispose();
}
