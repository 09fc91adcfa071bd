using System.Text;
using Plugins.Host;
using Plugins.Host.Capabilities.Http;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Testing.Recording;

namespace Plugins.Testing;

/// <summary>
/// A host for tests: it grants what they say, records what plugins do, and never varies.
/// </summary>
/// <remarks>
/// The application's own host underneath, so that what passes here passes there. Fill and load on one thread; what is
/// recorded may be read by many threads. Whoever makes one disposes it, and with it all plugins that it loaded.
/// </remarks>
public sealed partial class PluginTestHost : IDisposable
{
    private readonly Recorder _recorder = new();
    private readonly List<PluginHost> _hosts = [];
    private readonly List<PermissionGrant> _grants = [];
    private readonly Dictionary<string, string> _configuration = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _variables = new(StringComparer.Ordinal);

    /// <summary>Makes a host that grants nothing, with a clock that stands still.</summary>
    public PluginTestHost()
        : this(new TestClock(), new SeededRandom())
    {
    }

    /// <summary>Makes a host that grants nothing.</summary>
    /// <param name="clock">The clock of <c>clock.now</c> and of time limits.</param>
    /// <param name="random">The source of <c>random.bytes</c>.</param>
    public PluginTestHost(TestClock clock, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(random);
        Clock = clock;
        Options = new PluginHostOptions
        {
            AllowUnsigned = true,
            TimeProvider = clock,
            RandomNumberGenerator = random,
            Variables = Variables,
            LoggerFactory = new RecordingLoggers(_recorder),
            HttpHandler = _http,
            Http = new PluginHttpOptions { Decompress = false },
        };
    }

    /// <summary>The options of the host that runs the plugins, such as engine, limits and trust.</summary>
    /// <remarks>Read at each load. Grants are better made by <c>Grant</c>, functions by Stub.</remarks>
    public PluginHostOptions Options { get; }

    /// <summary>The clock that plugins loaded here see.</summary>
    public TestClock Clock { get; }

    /// <summary>The variables of the plugins loaded here.</summary>
    public TestVariables Variables { get; } = new();

    /// <summary>Limits that replace those asked for by manifests.</summary>
    /// <value>Empty. The host's own ceiling holds all the same.</value>
    public RequestedLimits Limits { get; set; } = new();

    /// <summary>All calls of capabilities so far, in order.</summary>
    public IReadOnlyList<CapabilityCall> CapabilityCalls => _recorder.CapabilityCalls;

    /// <summary>All log entries of guests so far, in order.</summary>
    public IReadOnlyList<GuestLogEntry> Logs => _recorder.Logs;

    /// <summary>The host's own log entries: denied permissions, failed functions, dropped entries.</summary>
    public IReadOnlyList<string> Notes => _recorder.Notes;

    /// <summary>Grants permissions in any scope to plugins that ask for them.</summary>
    /// <returns>This host.</returns>
    public PluginTestHost Grant(params IEnumerable<string> permissions)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        return Grant(permissions.Select(name => new PermissionGrant(name)));
    }

    /// <summary>Grants permissions to plugins that ask for them.</summary>
    /// <returns>This host.</returns>
    public PluginTestHost Grant(params IEnumerable<PermissionGrant> grants)
    {
        ArgumentNullException.ThrowIfNull(grants);
        _grants.AddRange(grants);
        return this;
    }

    /// <summary>Grants a permission within a scope, such as <c>http.send</c> within <c>api.example.com</c>.</summary>
    /// <returns>This host.</returns>
    public PluginTestHost GrantWithin(string permission, params IReadOnlyList<string> scope) =>
        Grant(new PermissionGrant(permission, scope));

    /// <summary>Sets a configuration value for plugins loaded from now on.</summary>
    /// <returns>This host.</returns>
    public PluginTestHost Configure(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        _configuration[key] = value;
        return this;
    }

    /// <summary>Sets a variable of every plugin loaded from now on.</summary>
    /// <returns>This host.</returns>
    public PluginTestHost SetVariable(string name, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(name);
        _variables[name] = value.ToArray();
        return this;
    }

    /// <summary>Sets a variable of every plugin loaded from now on to text in UTF-8.</summary>
    /// <returns>This host.</returns>
    public PluginTestHost SetVariable(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return SetVariable(name, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Disposes all plugins that were loaded here.</summary>
    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            host.Dispose();
        }

        _http.Dispose();

        _hosts.Clear();
    }
}
