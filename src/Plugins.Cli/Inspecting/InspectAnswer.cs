using System.ComponentModel;
using System.Globalization;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;
using Plugins.Host.Abi;

namespace Plugins.Cli.Inspecting;

/// <summary>All that can be told of a plugin without running it.</summary>
internal sealed record InspectAnswer() : Answer("inspect")
{
    [Description("The module's path.")]
    public required string File { get; init; }

    [Description("The module's size.")]
    public required int Bytes { get; init; }

    [Description("The module's SHA-256.")]
    public required string Sha256 { get; init; }

    [Description("The name that its name section gives it; the guest's words.")]
    public string? Name { get; init; }

    [Description("The reason why the engine refuses the module.")]
    public string? Refusal { get; init; }

    [Description("The way to build it without the feature that the engine lacks.")]
    public string? Remedy { get; init; }

    [Description("The ABI that its imports belong to.")]
    public string? Abi { get; init; }

    [Description("WebAssembly features beyond version 1.0 that it uses.")]
    public required IReadOnlyList<string> Features { get; init; }

    [Description("Tools and languages that it says it was made by, with their versions; the guest's words.")]
    public required IReadOnlyList<string> Producers { get; init; }

    [Description("Features that its compiler was told to use, or not to use; the guest's words.")]
    public required IReadOnlyList<string> TargetFeatures { get; init; }

    [Description("The debug information that traps tell lines of the source by.")]
    public string? Debug { get; init; }

    [Description("Its memories, by index.")]
    public required IReadOnlyList<MemoryLine> Memories { get; init; }

    [Description("Its sections, in order.")]
    public required IReadOnlyList<SectionLine> Sections { get; init; }

    [Description("The imports.")]
    public required IReadOnlyList<ImportLine> Imports { get; init; }

    [Description("The exports.")]
    public required IReadOnlyList<ExportLine> Exports { get; init; }

    [Description("The manifest beside it.")]
    public ManifestLine? Manifest { get; init; }

    [Description("The signature file beside it; plugins verify checks it.")]
    public string? Signature { get; init; }

    [Description("Permissions declared against imports used.")]
    public required IReadOnlyList<PermissionLine> Permissions { get; init; }

    internal override ExitCode Outcome => Refusal is null ? Cli.ExitCode.Success : Cli.ExitCode.Refused;

    private bool IsIncomplete => Manifest is not null && Permissions.Any(permission => permission.Verdict == "missing");

    internal override void Print(Session session)
    {
        var page = session.Page;
        PrintModule(page, session.Surroundings.Show(File));
        if (Sections.Count > 0)
        {
            PrintSections(page);
        }

        if (Refusal is null)
        {
            PrintImports(page);
            PrintExports(page);
            PrintPermissions(page);
        }

        page.Next(NextStep(session.Surroundings));
    }

    private void PrintModule(Page page, string file)
    {
        page.Line(file, Tone.Strong);
        var facts = new List<(string, string, Tone)>
        {
            ("size", Page.Bytes(Bytes), Tone.Plain),
            ("sha-256", Sha256, Tone.Plain),
        };
        AddIf(facts, "refused", Refusal, Tone.Bad);
        AddIf(facts, "name", Name);
        if (Refusal is null)
        {
            facts.Add(("ABI", Abi ?? "no import is of one that this host knows", Abi is null ? Tone.Warning
                : Tone.Plain));
        }

        facts.Add(("features", Features.Count == 0 ? "WebAssembly 1.0" : string.Join(", ", Features), Tone.Plain));
        facts.AddRange(Memories.Select(memory => ("memory", memory.Summary, Tone.Plain)));
        AddIf(facts, "made by", Producers.Count == 0 ? null : string.Join(", ", Producers));
        AddIf(facts, "debug", Debug);
        AddIf(facts, "plugin", Manifest is { } manifest ? $"{manifest.Id} {manifest.Version}" : null);
        AddIf(facts, "manifest", Manifest switch
        {
            null => null,
            { Source: "draft" } when Signature is not null => "a draft; the signature file has a manifest of its own",
            { Source: "draft" } => "a draft, not signed",
            { DescribesModule: false } => "of a signature file, not verified; it describes ANOTHER module",
            _ => "of a signature file, not verified",
        }, Manifest is { DescribesModule: false } ? Tone.Bad : Tone.Plain);
        page.Facts(facts);
    }

    private static void AddIf(List<(string, string, Tone)> facts, string label, string? text, Tone tone = Tone.Plain)
    {
        if (text is not null)
        {
            facts.Add((label, text, tone));
        }
    }

    private void PrintSections(Page page)
    {
        page.Heading("Sections");
        page.Rows(
            [
                .. Sections.Select(section => new[]
                {
                    (section.Name is null ? section.Kind : $"{section.Kind} \"{section.Name}\"", Tone.Plain),
                    (Page.Bytes(section.Bytes), Tone.Plain),
                    (string.Create(CultureInfo.InvariantCulture, $"{100.0 * section.Bytes / Bytes:N0} %"), Tone.Dim),
                }),
            ],
            1,
            2);
    }

    private void PrintImports(Page page)
    {
        page.Heading("Imports");
        if (Imports.Count == 0)
        {
            page.Line("  none: it can do nothing but compute", Tone.Dim);
        }

        page.Rows([.. Imports.Select(import => new[]
        {
            ($"{import.Module} {import.Name}", import.Role == "unknown" ? Tone.Bad : Tone.Plain),
            (import.Type, Tone.Dim),
            (import.Role switch
            {
                "unknown" => "no part of the ABI: the host refuses the module",
                "capability" when import.Permissions is [var permission] => $"needs the permission {permission}",
                "wasi" when import.Permissions is [var permission] => $"WASI, within the permission {permission}",
                "wasi" => "WASI",
                "capability" when import.Permissions.Count > 1 =>
                    $"needs the permissions {string.Join(", ", import.Permissions)}",
                _ => "",
            }, import.Role == "unknown" ? Tone.Bad : Tone.Warning),
        })]);
    }

    private void PrintExports(Page page)
    {
        page.Heading("Exports");
        page.Rows([.. Exports.Select(export => new[]
        {
            (export.Name, export.Callable ? Tone.Strong : Tone.Plain),
            (export.Kind, Tone.Dim),
            (export.Type, Tone.Dim),
            (export.Callable ? "callable" : "", Tone.Good),
            (export.Source ?? "", Tone.Dim),
        })]);
    }

    private void PrintPermissions(Page page)
    {
        page.Heading("Permissions");
        if (Permissions.Count == 0)
        {
            page.Line("  none needed", Tone.Dim);
        }

        page.Rows([.. Permissions.Select(permission => new[]
        {
            (permission.Name, Tone.Plain),
            (permission.Declared ? permission.Required ? "required" : "optional" : "not declared", Tone.Dim),
            (Explain(permission), permission.Verdict switch
            {
                "ok" => Tone.Plain,
                "unused" => Tone.Warning,
                _ => Manifest is null ? Tone.Warning : Tone.Bad,
            }),
        })]);
    }

    private string Explain(PermissionLine permission) => permission.Verdict switch
    {
        "ok" => permission.Reason ?? "",
        "unused" => "declared, but nothing imports it",
        "absent" => "WASI gives nothing of it unless a manifest asks for it and it is granted",
        _ when Manifest is null => "imported; a manifest must ask for it",
        _ => "MISSING: imported, but the manifest does not ask for it",
    };

    private string NextStep(Surroundings surroundings) => this switch
    {
        { Refusal: not null } => Remedy ?? "Build it again, for the target wasm32-unknown-unknown.",
        { IsIncomplete: true } => "Add the missing permissions to manifest.json, each with a reason.",
        { Signature: not null } => "plugins verify checks the signature.",
        { Abi: AbiNames.WasiCommand } => $"plugins run {surroundings.Show(File)}",
        _ when Exports.FirstOrDefault(export => export.Callable) is { } export =>
            $"plugins run {surroundings.Show(File)} {export.Name}",
        _ => "Export a function of the type () -> i32; docs/writing-plugins.md shows how.",
    };
}
