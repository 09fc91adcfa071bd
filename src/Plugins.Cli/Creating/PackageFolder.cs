using Plugins.Cli.Failures;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Creating;

/// <summary>The folder of NuGet packages that a plugin in C# takes its SDK from.</summary>
internal static class PackageFolder
{
    // Where `dotnet pack` of this repository puts them.
    private const string InARepository = "artifacts/packages";

    private static readonly string Sdk = $"Plugins.Pdk.{ToolVersion.Text}.nupkg";

    /// <summary>
    /// The named folder; else that of the repository which this command was built in; null where there is none, so that
    /// the sources of NuGet's own configuration count.
    /// </summary>
    internal static string? Find(string? named, Surroundings surroundings)
    {
        if (named is null)
        {
            return FoldersAbove(surroundings.Command).Select(folder => Path.Combine(folder, InARepository))
                .FirstOrDefault(HasSdk);
        }

        var path = surroundings.PathOf(named);
        return HasSdk(path) ? path : throw CommandException.Usage(
            $"The folder {path} has no {Sdk}.",
            "A C# plugin is built with the SDK of exactly this command's version.",
            "Name the folder that dotnet pack wrote, which is artifacts/packages in a clone.");
    }

    /// <summary>The file that adds the folder to the sources of whoever builds below it.</summary>
    internal static string Configuration(string folder) => $"""
        <configuration>
          <packageSources>
            <!-- The packages that this plugin was made with; elsewhere, name another folder or a server. -->
            <add key="plugins" value="{System.Security.SecurityElement.Escape(folder)}" />
          </packageSources>
        </configuration>

        """;

    private static bool HasSdk(string folder) => File.Exists(Path.Combine(folder, Sdk));

    private static IEnumerable<string> FoldersAbove(string? path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
