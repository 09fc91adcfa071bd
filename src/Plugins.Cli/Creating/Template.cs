namespace Plugins.Cli.Creating;

/// <summary>A template that is embedded in this command, and what its plugins need to be built.</summary>
internal sealed record Template(string Name, string Title, string TestCommand, string Source, Toolchain Toolchain)
{
    private static readonly Template[] Known =
    [
        new("rust", "Rust, with cargo", "sh test.sh", "src/lib.rs", Toolchain.Rust),
        new("c", "C, with clang", "sh test.sh", "plugin.c", Toolchain.C),
        new("csharp", "C#, tested in process", "dotnet run --project tests", "plugin/GreetPlugin.cs", Toolchain.Dotnet),
        new("assemblyscript", "AssemblyScript, with npm", "npm install-test", "src/index.ts", Toolchain.Node),
    ];

    internal static IReadOnlyList<Template> All => Known;

    internal static Template Find(string name) => Known.Single(template => template.Name == name);
}
