using System.CommandLine;
using Plugins.Cli.Sources;
using Plugins.Cli.Terminals;

namespace Plugins.Cli.Hosting;

/// <summary>The options of every command that runs a plugin: whom to trust, what to grant, how far it may go.</summary>
internal sealed class HostingOptions
{
    internal Option<string?> Manifest { get; } = new("--manifest")
    {
        Description = "The manifest of an unsigned plugin, instead of manifest.json in its folder.",
        HelpName = "file",
    };

    internal TrustOptions Trust { get; } = new();

    internal StubOptions Stubs { get; } = new();

    internal Option<string[]> Grants { get; } = new("--grant", "-g")
    {
        Description = "Grants a permission, in a scope or everywhere. Repeatable.",
        HelpName = "name[=scope,…]",
    };

    internal Option<string[]> Config { get; } = new("--config", "-c")
    {
        Description = "Sets a configuration value. Repeatable.",
        HelpName = "key=value",
    };

    internal Option<string[]> Variables { get; } = new("--variable")
    {
        Description = "Sets a variable before the call. Repeatable. Variables last as long as the command.",
        HelpName = "key=value",
    };

    internal Option<string[]> Limits { get; } = new("--limit", "-l")
    {
        Description = $"Changes a limit: {string.Join(", ", LimitChanges.Names.Keys)}. Repeatable.",
        HelpName = "name=value",
    };

    internal EngineOptions Engine { get; } = new();

    private readonly WasiOptionSet _wasi = new();

    internal void AddTo(Command command)
    {
        Stubs.AddTo(command);
        AddWithoutTrust(command);
        Trust.AddTo(command);
    }

    /// <summary>For commands that hold an author's own plugin to cases, which have stubs of their own.</summary>
    internal void AddWithoutTrust(Command command)
    {
        Limits.CompletionSources.Add(_ => LimitChanges.Names.Select(
            limit => new System.CommandLine.Completions.CompletionItem($"{limit.Key}={limit.Value}")));
        command.Add(Grants);
        command.Add(Config);
        command.Add(Variables);
        command.Add(Limits);
        _wasi.AddTo(command);
        command.Add(Manifest);
        Engine.AddTo(command);
    }

    internal HostRequest Read(ParseResult line, Surroundings surroundings, PluginSource source) =>
        Read(line, surroundings) with { Stubs = Stubs.Read(line, surroundings, source) };

    /// <summary>For commands that have no stubs of their own.</summary>
    internal HostRequest Read(ParseResult line, Surroundings surroundings)
    {
        var limits = LimitChanges.Parse(line.GetValue(Limits) ?? []);
        return new HostRequest
        {
            Time = surroundings.Time,
            Trust = Trust.Read(line, surroundings),
            Audience = line.GetValue(Trust.Audience) ?? [],
            Grants = [.. (line.GetValue(Grants) ?? []).Select(GrantText.Parse)],
            Config = Setting.ParseAll(line.GetValue(Config) ?? [], "--config"),
            Variables = Setting.ParseAll(line.GetValue(Variables) ?? [], "--variable")
                .ToDictionary(pair => pair.Key, pair =>
                    System.Text.Encoding.UTF8.GetBytes(pair.Value), StringComparer.Ordinal),
            Limits = limits,
            Wasi = _wasi.Read(line, surroundings),
            Engine = Engine.Create(line, surroundings),
        };
    }
}
