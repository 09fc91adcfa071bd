namespace Plugins.Cli.Creating;

/// <summary>A template that is embedded in this command, and what its plugins need to be built.</summary>
internal sealed record Template(string Name, string Title, string Source, Toolchain Toolchain)
{
    private static readonly Template[] Known =
    [
        new("rust", "Rust, with cargo", "src/lib.rs", Toolchain.Rust),
        new("c", "C, with clang", "plugin.c", Toolchain.C),
        new("csharp", "C#, tested in process", "plugin/GreetPlugin.cs", Toolchain.Dotnet) { NeedsCommand = false },
        new("assemblyscript", "AssemblyScript, with npm", "src/index.ts", Toolchain.Node),
    ];

    /// <summary>Whether its test runs this command, and not the cases by itself.</summary>
    internal bool NeedsCommand { get; private init; } = true;

    internal static IReadOnlyList<Template> All => Known;

    internal static Template Find(string name) => Known.Single(template => template.Name == name);
}
