namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>Compiles the same bytes once, for as long as somebody uses the code.</summary>
/// <remarks>Safe for use by many threads: different modules compile at the same time, and the same one once.</remarks>
internal sealed class ModuleShare
{
    private readonly Dictionary<ModuleKey, WeakReference<NativeModule>> _known = [];
    private readonly Dictionary<ModuleKey, Lazy<NativeModule>> _compiling = [];

    internal NativeModule GetOrCompile(ModuleKey key, Func<NativeModule> compile)
    {
        Lazy<NativeModule>? compilation;
        lock (_known)
        {
            if (_known.TryGetValue(key, out var known) && known.TryGetTarget(out var module))
            {
                return module;
            }

            if (!_compiling.TryGetValue(key, out compilation))
            {
                compilation = new Lazy<NativeModule>(compile);
                _compiling.Add(key, compilation);
            }
        }

        try
        {
            return compilation.Value;
        }
        finally
        {
            Finish(key, compilation);
        }
    }

    private void Finish(ModuleKey key, Lazy<NativeModule> compilation)
    {
        lock (_known)
        {
            if (!_compiling.TryGetValue(key, out var current) || current != compilation)
            {
                return;
            }

            _compiling.Remove(key);
            if (compilation.IsValueCreated)
            {
                RemoveForgotten();
                _known[key] = new WeakReference<NativeModule>(compilation.Value);
            }
        }
    }

    private void RemoveForgotten()
    {
        foreach (var (key, known) in _known)
        {
            if (!known.TryGetTarget(out _))
            {
                _known.Remove(key);
            }
        }
    }
}
