using Plugins.Cli.Failures;
using Plugins.Cli.Terminals;
using Plugins.Host.Loading;

namespace Plugins.Cli.Files;

/// <summary>Reads files that may be anything: huge, endless, a folder, or not there.</summary>
internal static class BoundedFile
{
    internal const int MaximumModuleBytes = 64 << 20;
    internal const int MaximumInputBytes = 256 << 20;
    internal const int MaximumJsonBytes = 16 << 20;
    internal const int MaximumSignatureBytes = 1 << 20;

    /// <summary>The whole file; what it is called in a complaint is up to the caller, as in "case file".</summary>
    /// <remarks>Only a regular one, unless it is input, which whoever runs the command may have piped.</remarks>
    internal static byte[] Read(string path, int maximumBytes, string kind, bool mayBePipe = false) =>
        Explaining(path, kind, () =>
        {
            using var stream = mayBePipe ? File.OpenRead(path) : RegularFile.Open(path);
            return ReadToEnd(stream, maximumBytes, $"The {kind} {path}");
        });

    /// <summary>Opens a file or a pipe that is read as far as somebody wants; whoever calls disposes it.</summary>
    internal static Stream Open(string path, string kind) => Explaining(path, kind, () => File.OpenRead(path));

    private static T Explaining<T>(string path, string kind, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw CommandException.Usage(
                $"The {kind} {path} is a folder.", "A file is needed here.", "Name a file inside it.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.Usage(
                $"The {kind} {path} does not exist.", null, "Check the path; it starts from the current folder.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage(
                $"The {kind} {path} cannot be read.", exception.Message, "Check the path and its permissions.");
        }
    }

    internal static byte[]? ReadIfThere(string path, int maximumBytes, string kind) =>
        File.Exists(path) ? Read(path, maximumBytes, kind) : null;

    // Lengths lie (pipes and devices have none), so that only what really comes is counted.
    internal static byte[] ReadToEnd(Stream stream, int maximumBytes, string subject)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + count > maximumBytes)
            {
                throw CommandException.Usage(
                    $"{subject} is longer than {Page.Bytes(maximumBytes)}.",
                    "Files are read only up to that size.",
                    "Check that it is the right file.");
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }
}
