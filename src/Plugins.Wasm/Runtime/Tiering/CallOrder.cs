namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>Puts functions into waves, each compiled before the next, so that their calls become direct.</summary>
/// <remarks>
/// Callees come first. What is large has a wave before those that call it; small functions share the wave of what they
/// call. So there are few waves, and what is in one can be compiled at once. Functions that call each other in circles
/// are in one wave: these are the strongly connected components of Tarjan, "Depth-first search and linear graph
/// algorithms", SIAM Journal on Computing 1 (1972). Without recursion, and linear in the functions' code.
/// </remarks>
internal sealed class CallOrder(IFunctionCompiler compiler)
{
    private const int MostTogether = 48;

    // The wave of a function whose component is not complete.
    private const int Unknown = -1;

    private readonly List<List<int>> _waves = [];

    // A function's number says when it was found; the lists go by numbers.
    private readonly Dictionary<int, int> _numbers = [];
    private readonly List<int> _lowest = [];
    private readonly List<int> _earliest = [];
    private readonly List<int> _wave = [];

    private readonly Stack<int> _incomplete = [];
    private readonly Stack<(int Function, int Next, IReadOnlyList<int> Callees)> _path = [];

    /// <summary>A function after those that it leads to and that are wanted, a few at the most.</summary>
    /// <param name="function">The function's index among the module's own.</param>
    /// <param name="isWanted">Whether one that it leads to is to be compiled with it.</param>
    public IReadOnlyList<IReadOnlyList<int>> From(int function, Func<int, bool> isWanted)
    {
        Visit(function, callee => _numbers.Count < MostTogether && isWanted(callee));
        return _waves;
    }

    /// <summary>All functions.</summary>
    public IReadOnlyList<IReadOnlyList<int>> All(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!_numbers.ContainsKey(i))
            {
                Visit(i, _ => true);
            }
        }

        return _waves;
    }

    private void Visit(int root, Func<int, bool> isWanted)
    {
        Open(root);
        while (_path.TryPop(out var top))
        {
            if (top.Next == top.Callees.Count)
            {
                Close(top.Function);
                continue;
            }

            int callee = top.Callees[top.Next];
            _path.Push((top.Function, top.Next + 1, top.Callees));
            if (_numbers.ContainsKey(callee))
            {
                NoteCall(top.Function, callee);
            }
            else if (isWanted(callee))
            {
                Open(callee);
            }
        }
    }

    private void Open(int function)
    {
        int number = _numbers.Count;
        _numbers.Add(function, number);
        _lowest.Add(number);
        _earliest.Add(0);
        _wave.Add(Unknown);
        _incomplete.Push(function);
        _path.Push((function, 0, compiler.CalleesOf(function)));
    }

    private void Close(int function)
    {
        int number = _numbers[function];
        if (_lowest[number] == number)
        {
            Complete(number);
        }

        if (_path.TryPeek(out var caller))
        {
            NoteCall(caller.Function, function);
        }
    }

    private void NoteCall(int caller, int callee)
    {
        int from = _numbers[caller], to = _numbers[callee];
        if (_wave[to] == Unknown)
        {
            _lowest[from] = Math.Min(_lowest[from], _lowest[to]);
            return;
        }

        int after = compiler.IsLikelyLarge(callee) ? 1 : 0;
        _earliest[from] = Math.Max(_earliest[from], _wave[to] + after);
    }

    /// <summary>Gives a wave to a component, the functions found since its first.</summary>
    private void Complete(int first)
    {
        List<int> component = [];
        int wave = 0;
        int number;
        do
        {
            int function = _incomplete.Pop();
            number = _numbers[function];
            component.Add(function);
            wave = Math.Max(wave, _earliest[number]);
        }
        while (number != first);

        component.ForEach(function => _wave[_numbers[function]] = wave);
        while (_waves.Count <= wave)
        {
            _waves.Add([]);
        }

        _waves[wave].AddRange(component);
    }
}
