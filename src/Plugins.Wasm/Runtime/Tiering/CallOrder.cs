namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>Puts functions in the order of calls, callees first, so that their calls become direct.</summary>
/// <remarks>Without recursion, and linear in the functions' code.</remarks>
internal sealed class CallOrder(IFunctionCompiler compiler)
{
    private const int MostTogether = 48;

    private readonly List<int> _ordered = [];
    private readonly HashSet<int> _seen = [];
    private readonly Stack<(int Function, int Next, IReadOnlyList<int> Callees)> _open = [];

    /// <summary>A function after those that it leads to and that are wanted, a few at the most.</summary>
    /// <param name="function">The function's index among the module's own.</param>
    /// <param name="isWanted">Whether one that it leads to is to be compiled with it.</param>
    public List<int> From(int function, Func<int, bool> isWanted)
    {
        Visit(function, callee => _seen.Count < MostTogether && isWanted(callee));
        return _ordered;
    }

    /// <summary>All functions.</summary>
    public List<int> All(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!_seen.Contains(i))
            {
                Visit(i, _ => true);
            }
        }

        return _ordered;
    }

    private void Visit(int root, Func<int, bool> isWanted)
    {
        Open(root);
        while (_open.TryPop(out var top))
        {
            if (top.Next == top.Callees.Count)
            {
                _ordered.Add(top.Function);
                continue;
            }

            int callee = top.Callees[top.Next];
            _open.Push((top.Function, top.Next + 1, top.Callees));
            if (!_seen.Contains(callee) && isWanted(callee))
            {
                Open(callee);
            }
        }
    }

    private void Open(int function)
    {
        _seen.Add(function);
        _open.Push((function, 0, compiler.CalleesOf(function)));
    }
}
