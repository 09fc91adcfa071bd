using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Plugins.Host.Wasmtime.Caching;

namespace Plugins.Host.Wasmtime.Tests.Caching.Support;

/// <summary>A cache in a folder of its own, whose modules are texts.</summary>
internal sealed class CacheRig : IDisposable
{
    private readonly string _parent = System.IO.Directory.CreateTempSubdirectory("plugins-cache-").FullName;

    internal string Directory => Path.Combine(_parent, "cache");

    internal CacheClock Clock { get; } = new();

    internal int Compilations { get; private set; }

    internal IReadOnlyList<string> Entries =>
        [.. System.IO.Directory.GetFiles(Directory, "*.module").Order(StringComparer.Ordinal)];

    internal static CacheKey Key(string module) => CacheKey.Of(
        Encoding.UTF8.GetBytes(module), new EngineIdentity(new byte[] { 1, 2, 3 }, "fuel"));

    /// <summary>A new cache object on the same directory, as another process has it.</summary>
    internal CompiledModuleCache Open(long maximumBytes = 1_000_000) => Open(Directory, maximumBytes);

    internal CompiledModuleCache Open(string directory, long maximumBytes = 1_000_000) =>
        new(directory, maximumBytes, Clock, NullLogger.Instance);

    /// <summary>Loads "module" or compiles it to "module, compiled".</summary>
    internal string Get(CompiledModuleCache cache, string module) => cache.GetOrCompile(
        Key(module),
        code => Encoding.UTF8.GetString(code),
        () =>
        {
            Compilations++;
            return module + ", compiled";
        },
        compiled => Encoding.UTF8.GetBytes(compiled));

    public void Dispose() => System.IO.Directory.Delete(_parent, recursive: true);
}
