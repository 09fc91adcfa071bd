using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>Gives a file its name, unless there is a file of that name, in one step.</summary>
/// <remarks>
/// On Unix <see cref="File.Move(string, string, bool)"/> first looks and then renames, so that of two processes the
/// second may replace the first one's file.
/// </remarks>
internal static partial class ExclusiveMove
{
    /// <returns>False when the name is taken.</returns>
    internal static bool Try(string from, string to)
    {
        if (!OperatingSystem.IsWindows() && Link(from, to) == 0)
        {
            File.Delete(from);
            return true;
        }

        try
        {
            // On Windows, or where the file system has no links.
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}
