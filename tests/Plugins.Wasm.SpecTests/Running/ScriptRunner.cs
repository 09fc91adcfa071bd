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
    private readonly IReadOnlySet<string>? _features;
    private readonly Store _store;
    private readonly SpectestModule _spectest;
    private readonly Dictionary<string, byte[]> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instance> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instance> _registered = new(StringComparer.Ordinal);
    private Instance? _current;
    private int _lacking;

    private ScriptRunner(SpecScript script, EngineSetting setting, IReadOnlySet<string>? features)
    {
        _features = features;
        _script = script;
        _setting = setting;
        _store = setting.CreateStore();
        _spectest = new SpectestModule(_store);
    }

    public static ScriptResult Run(
        SpecScript script, EngineSetting setting, IReadOnlySet<string>? features = null)
    {
        using var runner = new ScriptRunner(script, setting, features);
        using var watchdog = new Timer(_ => runner._store.Interrupt(), null, Patience, Timeout.InfiniteTimeSpan);
        CommandFailure[] failures = [.. script.Commands.Select(runner.Attempt).OfType<CommandFailure>()];
        int run = script.Commands.Count - runner._lacking;
        return new ScriptResult(script.Name, run - failures.Length, failures);
    }

    public void Dispose() => _store.Dispose();

    private CommandFailure? Attempt(SpecCommand command)
    {
        try
        {
            return Execute(command) is string got ? new CommandFailure(command, got) : null;
        }
        catch (Exception exception) when (Lacks(exception))
        {
            _lacking++;
            return null;
        }
        catch (Exception exception)
        {
            return new CommandFailure(command, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>
    /// Whether a command of a later suite needs a proposal that the engine lacks, or more than any memory or table may
    /// begin with: the suite has some of 2^64 bytes and elements.
    /// </summary>
    /// <remarks>Of 2.0, where it lacks none, nothing is let pass for that.</remarks>
    private bool Lacks(Exception exception) => _features is null && exception switch
    {
        UnsupportedFeatureException unsupported => !Module.Features.Contains(unsupported.Feature),
        ModuleLimitException limit =>
            limit.Limit is nameof(ModuleLimits.MemoryPages) or nameof(ModuleLimits.TableElements),
        _ => false,
    };

    /// <summary>Null when the command went as the suite expects, else what happened instead.</summary>
    private string? Execute(SpecCommand command) => command.Type switch
    {
        "module" => InstantiateModule(command),
        "module_definition" => Define(command),
        "module_instance" => InstantiateDefinition(command),
        "register" => Register(command),
        "action" => Act(command, out _),
        "assert_return" => AssertReturn(command),
        "assert_trap" or "assert_exhaustion" => AssertTrap(command, () => Act(command, out _)),
        "assert_exception" => AssertException(command),
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

    private string? Define(SpecCommand command)
    {
        byte[] binary = _script.ModuleOf(command);
        _setting.Compile(binary, _features);
        _definitions[command.Name ?? ""] = binary;
        return null;
    }

    private string? InstantiateDefinition(SpecCommand command)
    {
        _current = Instantiate(_definitions[command.Module ?? ""]);
        _named[command.Instance ?? ""] = _current;
        return null;
    }

    private Instance Instantiate(SpecCommand command) => Instantiate(_script.ModuleOf(command));

    private Instance Instantiate(byte[] binary)
    {
        var imports = new Imports();
        _spectest.AddTo(imports);
        foreach ((string name, Instance instance) in _registered)
        {
            imports.Add(name, instance);
        }

        return new Instance(_store, _setting.Compile(binary, _features), imports);
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

    private string? AssertException(SpecCommand command)
    {
        try
        {
            Act(command, out _);
            return "no exception";
        }
        catch (GuestException)
        {
            return null;
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
            _setting.Compile(TextFormat.ToBinary(_script.ModuleOf(command)), _features);
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
            _setting.Compile(_script.ModuleOf(command), _features);
            return "a module";
        }
        catch (TException)
        {
            return null;
        }
        catch (InvalidModuleException) when (_features is not null && SpecTexts.IsReadLater(command.Text))
        {
            return null;
        }
        catch (UnsupportedFeatureException unsupported) when (SpecTexts.IsLifted(command.Text, unsupported.Feature))
        {
            return null;
        }
    }
}
