using Plugins.Wasm.Types;
using Plugins.Wasm.SpecTests.Suite;

namespace Plugins.Wasm.SpecTests.Running;

/// <summary>Carries out the commands of one script, in order, in one store.</summary>
internal sealed class ScriptRunner : IDisposable
{
    // No file needs more than a few seconds; a guest that hangs then fails its commands with TrapKind.Interrupted.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly SpecScript _script;
    private readonly EngineSetting _setting;
    private readonly Store _store;
    private readonly SpectestModule _spectest;
    private readonly Dictionary<string, Instance> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instance> _registered = new(StringComparer.Ordinal);
    private Instance? _current;

    private ScriptRunner(SpecScript script, EngineSetting setting)
    {
        _script = script;
        _setting = setting;
        _store = setting.CreateStore();
        _spectest = new SpectestModule(_store);
    }

    public static ScriptResult Run(SpecScript script, EngineSetting setting)
    {
        using var runner = new ScriptRunner(script, setting);
        using var watchdog = new Timer(_ => runner._store.Interrupt(), null, Patience, Timeout.InfiniteTimeSpan);
        CommandFailure[] failures = [.. script.Commands.Select(runner.Attempt).OfType<CommandFailure>()];
        return new ScriptResult(script.Name, script.Commands.Count - failures.Length, failures);
    }

    public void Dispose() => _store.Dispose();

    private CommandFailure? Attempt(SpecCommand command)
    {
        try
        {
            return Execute(command) is string got ? new CommandFailure(command, got) : null;
        }
        catch (Exception exception)
        {
            return new CommandFailure(command, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Null when the command went as the suite expects, else what happened instead.</summary>
    private string? Execute(SpecCommand command) => command.Type switch
    {
        "module" => InstantiateModule(command),
        "register" => Register(command),
        "action" => Act(command, out _),
        "assert_return" => AssertReturn(command),
        "assert_trap" or "assert_exhaustion" => AssertTrap(command, () => Act(command, out _)),
        "assert_uninstantiable" => AssertTrap(command, () => Instantiate(command)),
        "assert_unlinkable" => AssertUnlinkable(command),
        "assert_malformed" when command.IsText => AssertTextRefused(command),
        "assert_malformed" => AssertRefused<MalformedModuleException>(command),
        "assert_invalid" => AssertRefused<InvalidModuleException>(command),
        _ => "a command this runner does not know",
    };

    private string? InstantiateModule(SpecCommand command)
    {
        _current = null;
        _current = Instantiate(command);
        if (command.Name is string name)
        {
            _named[name] = _current;
        }

        return null;
    }

    private Instance Instantiate(SpecCommand command)
    {
        var imports = new Imports();
        _spectest.AddTo(imports);
        foreach ((string name, Instance instance) in _registered)
        {
            imports.Add(name, instance);
        }

        return new Instance(_store, _setting.Compile(_script.ModuleOf(command)), imports);
    }

    private string? Register(SpecCommand command)
    {
        _registered[command.As ?? ""] = InstanceNamed(command.Name);
        return null;
    }

    private Instance InstanceNamed(string? name) =>
        (name is null ? _current : _named[name]) ?? throw new InvalidOperationException("The module did not load.");

    private string? Act(SpecCommand command, out Value[] results)
    {
        SpecAction action = command.Action ?? throw new InvalidDataException("The command lacks its action.");
        Instance instance = InstanceNamed(action.Module);
        if (action.Type is "get")
        {
            results = [instance.GetGlobal(action.Field).Value];
            return null;
        }

        Function function = instance.GetFunction(action.Field);
        results = new Value[function.Type.Results.Length];
        function.Invoke([.. action.Args.Select(SpecValues.ToEngine)], results);
        return null;
    }

    private string? AssertReturn(SpecCommand command)
    {
        Act(command, out Value[] results);
        bool matches = results.Length == command.Expected.Length
            && command.Expected.Zip(results).All(pair => SpecValues.Matches(pair.First, pair.Second));
        return matches ? null : $"[{string.Join(", ", results.Select(SpecValues.Describe))}]";
    }

    private static string? AssertTrap(SpecCommand command, Action act)
    {
        try
        {
            act();
            return "no trap";
        }
        catch (TrapException trap)
        {
            return trap.Kind == SpecTexts.ToTrap(command.Text ?? "") ? null : $"the trap {trap.Kind}";
        }
    }

    private string? AssertUnlinkable(SpecCommand command)
    {
        try
        {
            Instantiate(command);
            return "an instance";
        }
        catch (LinkException failure)
        {
            return failure.Failure == SpecTexts.ToLinkFailure(command.Text ?? "") ? null : failure.Message;
        }
    }

    private string? AssertTextRefused(SpecCommand command)
    {
        try
        {
            _setting.Compile(TextFormat.ToBinary(_script.ModuleOf(command)));
            return "a module";
        }
        catch (MalformedTextException)
        {
            return null;
        }
        catch (WasmException) when (SpecTexts.IsNarrowerNumber(command.Text))
        {
            return null;
        }
    }

    private string? AssertRefused<TException>(SpecCommand command)
        where TException : WasmException
    {
        try
        {
            _setting.Compile(_script.ModuleOf(command));
            return "a module";
        }
        catch (TException)
        {
            return null;
        }
        catch (UnsupportedFeatureException unsupported) when (SpecTexts.IsLifted(command.Text, unsupported.Feature))
        {
            return null;
        }
    }
}
