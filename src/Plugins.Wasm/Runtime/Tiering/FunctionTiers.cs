using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>Which of a module's functions are compiled, and which are to be.</summary>
/// <remarks>
/// Code is published by writing one address, so that running code never waits: whoever reads the old one goes on
/// interpreting. Safe for use by many threads.
/// </remarks>
internal sealed unsafe class FunctionTiers
{
    private const int RoundsUntilLook = 256;

    // Others of the module that wait for their turn get it between two batches, and their code is held in three forms.
    private const int Batch = 512;
    private const int BatchBytes = 256 * 1024;

    // In place of the addresses of loops.
    private const nint Pending = 0;
    private const nint Refused = -1;

    private readonly Module _module;
    private readonly IFunctionCompiler? _compiler;
    private readonly Lock _lock = new();
    private readonly Lock _compiling = new();
    private readonly Queue<CompilationRequest> _requests = [];
    private readonly FunctionState[] _states;
    private readonly nint[] _addresses;
    private readonly CompilationOutcome?[] _outcomes;
    private ConcurrentDictionary<int, nint>? _loops;
    private TimeSpan _spent;
    private bool _isWaiting;

    /// <param name="module">The module.</param>
    /// <param name="compiler">What compiles its functions; null where nothing is compiled.</param>
    /// <param name="options">When.</param>
    public FunctionTiers(Module module, IFunctionCompiler? compiler, TieringOptions options)
    {
        _module = module;
        _compiler = compiler;
        Options = options;
        int functions = module.Binary.Bodies.Length;
        _states = new FunctionState[functions];
        _addresses = new nint[functions];
        _outcomes = new CompilationOutcome[functions];
    }

    public TieringOptions Options { get; }

    /// <summary>Whether functions can become compiled.</summary>
    [MemberNotNullWhen(true, nameof(_compiler))]
    public bool Compiles => _compiler is not null;

    // Made by the first loop that is hot: a new process would wait for the JIT here.
    private ConcurrentDictionary<int, nint> Loops =>
        _loops ?? Interlocked.CompareExchange(ref _loops, [], null) ?? _loops;

    /// <summary>Whether instances begin with compiled functions, whose imports need code at once.</summary>
    public bool CallsHostFromCode { get; private set; }

    /// <summary>What became of a function that was to be compiled, by its index among the module's own.</summary>
    public CompilationOutcome? OutcomeOf(int function) => Volatile.Read(ref _outcomes[function]);

    /// <summary>How many loops can be entered in compiled code; for tests.</summary>
    internal int CompiledLoops => Loops.Count(loop => loop.Value is not (Pending or Refused));

    /// <summary>Finds the code of a function.</summary>
    /// <param name="index">Its index in the module.</param>
    /// <param name="address">Where its code is.</param>
    public bool TryFind(int index, out nint address)
    {
        address = Volatile.Read(ref _addresses[index - _module.Binary.ImportedFunctionCount]);
        return address != 0;
    }

    /// <summary>Called by the interpreter when a function is called first.</summary>
    /// <param name="instance">Whose function.</param>
    /// <param name="function">Its index among the module's own.</param>
    /// <returns>Where it begins.</returns>
    /// <exception cref="TrapException">An interrupt was requested.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Cell* Translate(Instance instance, int function)
    {
        _module.Interpretation.Translate(function, instance.OwningStore);
        if (Options.Calls == 0)
        {
            NoteHot(instance, function);
        }

        return _module.Interpretation.Starts[function];
    }

    /// <summary>Called by the interpreter when a function was called often.</summary>
    /// <param name="instance">Whose function.</param>
    /// <param name="function">Its index among the module's own.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void NoteHot(Instance instance, int function)
    {
        if (Compiles && TryQueue(function))
        {
            Request(new CompilationRequest(function, Loop: null, instance.ImportedFunctions));
        }
    }

    /// <summary>Called by the interpreter when a loop went many rounds.</summary>
    /// <param name="instance">Whose function.</param>
    /// <param name="function">Its index among the module's own.</param>
    /// <param name="head">The loop's first instruction, whose counter is set.</param>
    /// <returns>Where to go on, or 0.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public nint EnterLoop(Instance instance, int function, Cell* head)
    {
        if (!Compiles)
        {
            head->Number = int.MaxValue;
            return 0;
        }

        int loop = head[1].Left;
        if (Loops.TryGetValue(loop, out nint address) && address != Pending)
        {
            head->Number = address == Refused ? int.MaxValue : 1;
            return address == Refused ? 0 : address;
        }

        head->Number = Math.Clamp(Options.Rounds, 1, RoundsUntilLook);
        if (_states[function] == FunctionState.Interpreted)
        {
            NoteHot(instance, function);
        }

        // Its next calls are compiled, but this one is still in the loop.
        if (_states[function] == FunctionState.Compiled && Loops.TryAdd(loop, Pending))
        {
            Request(new CompilationRequest(function, loop, instance.ImportedFunctions));
            return Options.IsSynchronous && Loops[loop] != Refused ? Loops[loop] : 0;
        }

        return 0;
    }

    /// <summary>Calls a compiled function for the interpreter.</summary>
    /// <param name="instance">Whose function.</param>
    /// <param name="function">Its index among the module's own.</param>
    /// <param name="stack">The store's stack.</param>
    /// <param name="slots">The arguments, which the results replace.</param>
    /// <param name="depth">How many calls may nest.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Call(Instance instance, int function, InterpreterStack stack, ulong* slots, int depth)
    {
        Function callee = instance.FunctionAt(function + instance.ImportedFunctions.Length);
        callee.TryAttach();
        callee.CallCode(stack, slots, depth);
    }

    /// <summary>Goes on with a call in compiled code.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Continue(
        nint code, Instance instance, int function, InterpreterStack stack, ulong* slots, int depth)
    {
        ulong* top = stack.Top;
        stack.Top = slots + instance.Module.SlotCountOf(function);
        ((delegate*<Instance, ulong*, InterpreterStack, int, void>)code)(instance, slots, stack, depth);
        stack.Top = top;
    }

    /// <summary>Compiles every function that is not yet, on this thread and on others.</summary>
    /// <param name="progress">Told how many are done, of how many.</param>
    /// <param name="cancellationToken">Stops it between two functions.</param>
    public void CompileAll(IProgress<CompilationProgress>? progress, CancellationToken cancellationToken)
    {
        if (!Compiles)
        {
            return;
        }

        CallsHostFromCode = true;
        int done = 0;
        foreach (IReadOnlyList<int> batch in new CallOrder(_compiler).All(_states.Length).SelectMany(Batches))
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_compiling)
            {
                CompileAhead(batch, cancellationToken);
            }

            done += batch.Count;
            progress?.Report(new CompilationProgress(done, _states.Length));
        }
    }

    private IEnumerable<IReadOnlyList<int>> Batches(IReadOnlyList<int> wave)
    {
        List<int> batch = [];
        int bytes = 0;
        foreach (int function in wave)
        {
            FunctionBody body = _module.Binary.Bodies[function];
            if (batch.Count == Batch || bytes > BatchBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(function);
            bytes += body.End - body.Start;
        }

        yield return batch;
    }

    /// <summary>Does the first of what was requested; called by the threads that compile.</summary>
    public void CompileNext()
    {
        CompilationRequest request;
        lock (_lock)
        {
            request = _requests.Dequeue();
        }

        lock (_compiling)
        {
            Compile(request);
        }

        lock (_lock)
        {
            _isWaiting = _requests.Count > 0;
            if (!_isWaiting)
            {
                return;
            }
        }

        CompilationQueue.Add(this);
    }

    private void CompileAhead(IReadOnlyList<int> functions, CancellationToken cancellationToken)
    {
        // Those that were requested too: whoever comes to the request finds them compiled.
        int[] missing = [.. functions.Where(function =>
            _states[function] is FunctionState.Interpreted or FunctionState.Queued)];
        if (_spent >= Options.Budget)
        {
            Array.ForEach(missing, function => Refuse(function, OutOfTime));
            return;
        }

        CompileAndPublish(missing, Environment.ProcessorCount, cancellationToken);
    }

    private void CompileAndPublish(IReadOnlyList<int> functions, int threads, CancellationToken cancellationToken)
    {
        foreach (CompilationOutcome outcome in _compiler!.Compile(functions, threads, cancellationToken))
        {
            _spent += outcome.Time;
            Publish(outcome);
        }
    }

    private void Compile(CompilationRequest request)
    {
        if (request.Loop is null && _states[request.Function] != FunctionState.Queued)
        {
            return;
        }

        if (_spent >= Options.Budget)
        {
            Refuse(request, OutOfTime);
            return;
        }

        try
        {
            CompileWanted(request);
        }
        catch (Exception exception) when (!Options.IsSynchronous)
        {
            // Nobody waits for this thread: the function is interpreted, as it was.
            Refuse(request, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private void CompileWanted(CompilationRequest request)
    {
        foreach (Function import in request.Imports)
        {
            PrepareImport(import);
        }

        if (request.Loop is int loop)
        {
            CompilationOutcome outcome = _compiler!.CompileLoop(request.Function, loop);
            _spent += outcome.Time;
            Loops[loop] = outcome.Address == 0 ? Refused : outcome.Address;
            return;
        }

        IReadOnlyList<IReadOnlyList<int>> waves = new CallOrder(_compiler!).From(request.Function, IsWarm);
        try
        {
            foreach (IReadOnlyList<int> wave in waves)
            {
                CompileAndPublish(wave, threads: 1, CancellationToken.None);
            }
        }
        finally
        {
            Unqueue(waves);
        }
    }

    /// <summary>Makes the code by which compiled code calls a function.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "There is a compiler only where code can be made.")]
    public static void PrepareImport(Function import)
    {
        import.Identity.PrepareForCode(passesFuel: false);
        if (import.Binding is { Definition: { MayHaveCode: true } definition })
        {
            definition.MakeCode();
        }
    }

    // What was called already will be called again, more likely than what was not. What waits for its own turn comes
    // along, too: compiled later, it would be called by way of its reference for good.
    private bool IsWarm(int function) =>
        _module.Interpretation.IsTranslated(function)
        && (_states[function] == FunctionState.Queued || TryQueue(function));

    private string OutOfTime => $"the module's time for compiling, {Options.Budget.TotalSeconds} s, is used up";

    private void Refuse(int function, string reason) =>
        Publish(new CompilationOutcome(function, CompilationTier.Interpreted) { Reason = reason });

    private void Refuse(CompilationRequest request, string reason)
    {
        if (request.Loop is int loop)
        {
            Loops[loop] = Refused;
        }
        else
        {
            Refuse(request.Function, reason);
        }
    }

    private void Publish(CompilationOutcome outcome)
    {
        Volatile.Write(ref _outcomes[outcome.Function], outcome);
        if (outcome.Address == 0)
        {
            _states[outcome.Function] = FunctionState.Refused;
            return;
        }

        Volatile.Write(ref _addresses[outcome.Function], outcome.Address);
        _module.Interpretation.Replace(outcome.Function);
        _states[outcome.Function] = FunctionState.Compiled;
    }

    /// <summary>Lets functions be queued again that were not compiled, since something else ended that.</summary>
    private void Unqueue(IEnumerable<IEnumerable<int>> waves)
    {
        lock (_lock)
        {
            foreach (int function in waves.SelectMany(wave => wave))
            {
                if (_states[function] == FunctionState.Queued)
                {
                    _states[function] = FunctionState.Interpreted;
                }
            }
        }
    }

    private bool TryQueue(int function)
    {
        lock (_lock)
        {
            if (_states[function] != FunctionState.Interpreted)
            {
                return false;
            }

            _states[function] = FunctionState.Queued;
            return true;
        }
    }

    private void Request(CompilationRequest request)
    {
        if (Options.IsSynchronous)
        {
            lock (_compiling)
            {
                Compile(request);
            }

            return;
        }

        lock (_lock)
        {
            _requests.Enqueue(request);
            if (_isWaiting)
            {
                return;
            }

            _isWaiting = true;
        }

        CompilationQueue.Add(this);
    }
}
