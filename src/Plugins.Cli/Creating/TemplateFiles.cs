using System.Text;

namespace Plugins.Cli.Creating;

/// <summary>The files of a template, with the names filled in.</summary>
internal static class TemplateFiles
{
    private const string Root = "templates/";

    // Shared files are the SDKs' own, which hold nothing to be filled in.
    private static readonly string[] Verbatim = ["plugins-pdk/", "include/"];

    internal static IEnumerable<(string Path, byte[] Content)> Of(
        Template template, string publisher, string name, string? packages)
    {
        if (packages is not null)
        {
            yield return ("nuget.config", Encoding.UTF8.GetBytes(PackageFolder.Configuration(packages)));
        }

        var assembly = typeof(TemplateFiles).Assembly;
        var start = $"{Root}{template.Name}/";
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            // The build writes the separators of the system that it runs on.
            var path = resource.Replace('\\', '/');
            if (path.StartsWith(start, StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                path = path[start.Length..];
                yield return (TargetOf(path), Fill(path, content, publisher, name));
            }
        }
    }

    // Names that tools would act on, if the templates had them.
    private static string TargetOf(string path) => path == "gitignore" ? ".gitignore"
        : path.EndsWith(".cs.txt", StringComparison.Ordinal) || path.EndsWith(".csproj.txt", StringComparison.Ordinal)
            ? path[..^".txt".Length]
            : path;

    private static byte[] Fill(string path, byte[] content, string publisher, string name) =>
        Array.Exists(Verbatim, folder => path.StartsWith(folder, StringComparison.Ordinal))
            ? content
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content)
                .Replace("{{publisher}}", publisher, StringComparison.Ordinal)
                .Replace("{{name}}", name, StringComparison.Ordinal)
                .Replace("{{version}}", ToolVersion.Text, StringComparison.Ordinal)
                .Replace("{{crate}}", name.Replace('-', '_'), StringComparison.Ordinal));
}
