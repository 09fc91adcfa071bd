using Plugins.Cli.Failures;

namespace Plugins.Cli.Files;

/// <summary>Writes files whole or not at all, and never through a symbolic link.</summary>
internal static class NewFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file; one that is there is replaced only with <paramref name="overwrite"/>.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> bytes, bool overwrite, bool isSecret = false)
    {
        RequireFree(path, overwrite);

        // Beside the target, so that taking its place is one step; made anew, so that no link is followed.
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(draft, OptionsOf(isSecret)))
            {
                stream.Write(bytes);
            }

            File.Move(draft, path, overwrite);
        }
        catch (IOException) when (!overwrite && Path.Exists(path))
        {
            Discard(draft);
            throw Taken(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Discard(draft);
            throw CommandException.Usage(
                $"{path} cannot be written.",
                exception.Message,
                "Check that its folder exists, that you may write to it, and that the disk has room.");
        }
    }

    internal static void RequireFree(string path, bool overwrite)
    {
        if (!overwrite && Path.Exists(path))
        {
            throw Taken(path);
        }
    }

    private static FileStreamOptions OptionsOf(bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private static void Discard(string draft)
    {
        if (File.Exists(draft))
        {
            File.Delete(draft);
        }
    }

    private static CommandException Taken(string path) => CommandException.Usage(
        $"{path} exists already.", "It may be the only copy of something that you need.",
            "Choose another name, or --force.");
}
