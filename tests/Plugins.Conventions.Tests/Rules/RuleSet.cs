using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>Every rule, and the files they hold for.</summary>
internal static class RuleSet
{
    private static readonly string[] TextFiles =
    [
        ".cs", ".csproj", ".props", ".md", ".sh", ".json", ".txt", ".yml",
        ".rs", ".toml", ".ts", ".js", ".mjs", ".c", ".h",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new FileLength(), new FolderSize(), new LineLength(), new MethodLength(), new NamespaceIsFolder(),
        new NativeAddresses(), new NoRegions(), new NothingLeftToDo(), new NoWorkplace(), new OneTypePerFile(),
        new PatientTests(), new SealedClasses(), new TellingNames(), new TypeLength(),
    ];

    public static Lazy<IReadOnlyList<SourceFile>> Files { get; } = new(() =>
        [.. Repository.FilesBelow("").Where(IsText).Select(SourceFile.Read)]);

    private static bool IsText(string path) => TextFiles.Contains(Path.GetExtension(path), StringComparer.Ordinal);
}
