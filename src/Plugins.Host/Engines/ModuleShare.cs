namespace Plugins.Host.Engines;

/// <summary>A cache for engines that compiles each module once while its code is in use.</summary>
/// <typeparam name="TKey">
/// All that decides the code: a digest of the module's bytes, the limits it was held against, the settings.
/// </typeparam>
/// <typeparam name="TCode">The compiled code, immutable. Only its users keep it from the garbage collector.</typeparam>
/// <remarks>
/// Safe for use by many threads: different modules compile at the same time, and the same one once. Nothing to dispose.
/// </remarks>
public sealed class ModuleShare<TKey, TCode>
    where TKey : notnull
    where TCode : class
{
    private const int FewestSwept = 64;

    private static readonly TaskCompletionSource<TCode?> s_none = new();

    private readonly Dictionary<TKey, WeakReference<TCode>> _known = [];
    private readonly Dictionary<TKey, TaskCompletionSource<TCode?>> _compiling = [];
    private readonly Lock _gate = new();
    private int _sweepAt = FewestSwept;

    /// <summary>Makes an empty share.</summary>
    public ModuleShare()
    {
    }

    /// <summary>Number of keys remembered, some perhaps of code that is gone.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _known.Count;
            }
        }
    }

    /// <summary>Returns the code for a key: already in use, being compiled, or compiled now.</summary>
    /// <param name="key">The key of the code.</param>
    /// <param name="compile">
    /// Compiles, on this thread. What it throws reaches this caller alone: others that wait compile for themselves.
    /// </param>
    /// <param name="cancellationToken">Ends this caller's waiting; <paramref name="compile"/> has its own.</param>
    /// <exception cref="OperationCanceledException">It was cancelled while another caller compiled.</exception>
    public TCode GetOrCompile(TKey key, Func<TCode> compile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compile);
        while (true)
        {
            var (code, compilation, isOwn) = Find(key);
            if (code is not null)
            {
                return code;
            }

            if (isOwn)
            {
                return Compile(key, compilation, compile);
            }

            compilation.Task.Wait(cancellationToken);
            if (compilation.Task.Result is { } compiled)
            {
                return compiled;
            }
        }
    }

    private (TCode? Code, TaskCompletionSource<TCode?> Compilation, bool IsOwn) Find(TKey key)
    {
        lock (_gate)
        {
            _compiling.TryGetValue(key, out var compilation);
            if (compilation is null && _known.TryGetValue(key, out var known) && known.TryGetTarget(out var code))
            {
                return (code, s_none, false);
            }

            if (compilation is not null)
            {
                return (null, compilation, false);
            }

            compilation = new TaskCompletionSource<TCode?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _compiling.Add(key, compilation);
            return (null, compilation, true);
        }
    }

    private TCode Compile(TKey key, TaskCompletionSource<TCode?> compilation, Func<TCode> compile)
    {
        TCode? code = null;
        try
        {
            return code = compile();
        }
        finally
        {
            lock (_gate)
            {
                _compiling.Remove(key);
                if (code is not null)
                {
                    RemoveForgotten();
                    _known[key] = new WeakReference<TCode>(code);
                }
            }

            compilation.SetResult(code);
        }
    }

    // Each time there are twice as many as were left the last time, so that it costs little for each.
    private void RemoveForgotten()
    {
        if (_known.Count < _sweepAt)
        {
            return;
        }

        foreach (var (key, known) in _known)
        {
            if (!known.TryGetTarget(out _))
            {
                _known.Remove(key);
            }
        }

        _sweepAt = Math.Max(FewestSwept, 2 * _known.Count);
    }
}
