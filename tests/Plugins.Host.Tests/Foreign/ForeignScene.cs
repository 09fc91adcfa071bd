using System.Collections;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Capabilities;
using Plugins.Host.Engines;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Foreign;

/// <summary>A plugin that uses all of the application in each call, and one place that misbehaves once.</summary>
internal sealed class ForeignScene : IDisposable
{
    private readonly string _place;
    private readonly ServiceProvider _services;
    private Action<ForeignScene>? _act;

    internal ForeignScene(string place)
    {
        _place = place;
        _services = new ServiceCollection()
            .AddScoped(_ => new ForeignService(this))
            .AddScoped(_ => new ForeignAsyncService(this))
            .BuildServiceProvider();
        Rig.Options.LoggerFactory = new ForeignLoggers(this);
        Rig.Options.Variables = new ForeignStore(this);
        Rig.Options.TimeProvider = new ForeignClock(this, Rig.Time);
        Rig.Options.RandomNumberGenerator = new ForeignRandom(this);
        Rig.Options.Services = new ForeignScopes(this, _services);
        Rig.Options.AddFunction("own.bytes", OwnBytes);
        Rig.Options.AddFunction("own.text", OwnText);
        Rig.Options.AddFunction("own.json", OwnJson, ForeignJson.Describe(this), ForeignJson.Describe(this));
        foreach (var capability in (string[])["own.bytes", "own.text", "own.json", "clock.now", "random.bytes"])
        {
            Rig.Uses(capability);
        }

        Rig.Uses("variables.read").Uses("variables.write").Imports("variables.delete")
            .Imports("variables.compare_exchange");
        Rig.Guest("run", Run).Guest("idle", _ => 0);
        Plugin = Rig.Load();
        Session = Plugin.OpenSession();
    }

    internal Rig Rig { get; } = new();

    internal Plugin Plugin { get; }

    internal PluginSession Session { get; }

    internal CancellationTokenSource Cancellation { get; private set; } = new();

    internal bool HasActed { get; private set; }

    /// <summary>What the guest does at its end.</summary>
    internal Func<int> End { get; set; } = () => 0;

    /// <summary>On whose behalf the last call was made, as its host function saw it.</summary>
    internal string? Seen { get; private set; }

    /// <summary>Whether the guest found what another call had left behind.</summary>
    internal bool IsDirty { get; private set; }

    internal PluginCallContext? Context { get; private set; }

    /// <summary>Runs <paramref name="act"/> the next time the place is reached.</summary>
    internal void Arm(Action<ForeignScene> act) => _act = act;

    internal void Disarm() => _act = null;

    /// <summary>Writers get nothing of a call that failed.</summary>
    internal bool IsBeyondReach(Exception? failure) => failure is not null && ForeignPlaces.IsWriter(_place);

    /// <summary>Lets the next caller begin without the last one's cancellation.</summary>
    internal void Recover() => Cancellation = new CancellationTokenSource();

    internal bool IsUsable(PluginCaller caller)
    {
        try
        {
            caller.Call("idle", []);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>The application's code has been reached.</summary>
    internal void At(string place)
    {
        if (place == _place && Interlocked.Exchange(ref _act, null) is { } act)
        {
            HasActed = true;
            act(this);
        }
    }

    /// <summary>Makes a call for a user, the way that reaches the place.</summary>
    internal void Call(PluginCaller caller, string user)
    {
        var options = new PluginCallOptions { CallId = user, Items = new ForeignItems(this, user) };
        if (ForeignPlaces.IsStream(_place))
        {
            using var source = new ForeignStream(this);
            using var sink = new ForeignStream(this);
            if (ForeignPlaces.IsAsync(_place))
            {
                caller.CallAsync("run", source, sink, options, Cancellation.Token).GetAwaiter().GetResult();
            }
            else
            {
                caller.Call("run", source, sink, options, Cancellation.Token);
            }
        }
        else if (ForeignPlaces.IsWriter(_place))
        {
            caller.Call("run", "in"u8, new ForeignWriter(this), options, Cancellation.Token);
        }
        else
        {
            caller.Call("run", "in"u8, options, Cancellation.Token);
        }
    }

    public void Dispose()
    {
        Rig.Dispose();
        Cancellation.Dispose();
    }

    private int Run(FakeGuest guest)
    {
        IsDirty = guest.State != 0;
        guest.State = 1;
        if (_place == ForeignPlaces.ClockWatch)
        {
            SpinWait.SpinUntil(() => _act is null);
        }

        guest.Log(2, "a line");
        guest.ReadInput();
        guest.Ask("own.bytes", 1);
        guest.Step();
        guest.Ask("own.text", 1);
        guest.Ask("own.json", "5"u8);
        guest.Ask("clock.now");
        guest.Ask("random.bytes", 4, 0, 0, 0);
        guest.Ask("variables.read", 1);
        guest.Ask("variables.write", 1, 0, 0, 0, 1, 2);
        guest.Ask("variables.delete", 1);
        guest.Ask("variables.compare_exchange", 1, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 2);
        guest.Step();
        guest.Output("out");
        guest.Step();
        return End();
    }

    private CapabilityStatus OwnBytes(
        PluginCallContext context, ReadOnlySpan<byte> request, System.Buffers.IBufferWriter<byte> result)
    {
        Context = context;
        Seen = $"{context.CallId} {context.Items["user"]}";
        context.CancellationToken.Register(() => At(ForeignPlaces.TokenCallback));
        _ = context.Services.GetRequiredService<ForeignService>();
        _ = context.Services.GetRequiredService<ForeignAsyncService>();
        At(ForeignPlaces.FunctionBytes);
        return CapabilityStatus.Success;
    }

    private string OwnText(PluginCallContext context, string text)
    {
        At(ForeignPlaces.FunctionText);
        return _place == ForeignPlaces.ExceptionText ? throw new ForeignException(this) : text;
    }

    private int OwnJson(PluginCallContext context, int number)
    {
        At(ForeignPlaces.FunctionJson);
        return number;
    }

    private sealed class ForeignException(ForeignScene scene) : Exception
    {
        public override string Message
        {
            get
            {
                scene.At(ForeignPlaces.ExceptionText);
                return "foreign";
            }
        }

        public override string ToString() => Message;
    }

    private sealed class ForeignItems(ForeignScene scene, string user) : IReadOnlyDictionary<string, object?>
    {
        public int Count => 1;

        public IEnumerable<string> Keys => ["user"];

        public IEnumerable<object?> Values => [user];

        public object? this[string key]
        {
            get
            {
                scene.At(ForeignPlaces.Items);
                return user;
            }
        }

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, out object? value)
        {
            value = this[key];
            return true;
        }

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class ForeignRandom(ForeignScene scene) : RandomNumberGenerator
    {
        public override void GetBytes(byte[] data) => scene.At(ForeignPlaces.Random);

        public override void GetBytes(Span<byte> data) => scene.At(ForeignPlaces.Random);
    }
}
