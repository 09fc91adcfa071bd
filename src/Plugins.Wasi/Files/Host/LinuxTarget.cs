using Microsoft.Win32.SafeHandles;

namespace Plugins.Wasi.Files.Host;

/// <summary>Where a path leads on the host.</summary>
/// <param name="Handle">The directory that holds the last name.</param>
/// <param name="IsOwned">Whether the handle was opened for this.</param>
/// <param name="Name">The last name, or <c>.</c>.</param>
/// <param name="EndsAsDirectory">The path says that it is a directory.</param>
internal readonly record struct LinuxTarget(
    SafeFileHandle Handle, bool IsOwned, string Name, bool EndsAsDirectory) : IDisposable
{
    /// <summary>The last name with the slash that the path had; only for calls that follow no link even so.</summary>
    internal string Text => EndsAsDirectory && Name != "." ? Name + "/" : Name;

    public void Dispose()
    {
        if (IsOwned)
        {
            Handle.Dispose();
        }
    }
}
