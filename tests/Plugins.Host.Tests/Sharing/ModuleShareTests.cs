using System.Runtime.CompilerServices;
using Plugins.Host.Engines;

namespace Plugins.Host.Tests.Sharing;

internal sealed class ModuleShareTests
{
    private ModuleShare<string, object> _share = null!; // made anew for each test

    [SetUp]
    public void SetUp() => _share = new ModuleShare<string, object>();

    [Test]
    public void Code_OfOneKeyInUse_IsCompiledOnce()
    {
        var first = _share.GetOrCompile("a", () => new object());
        Assert.That(_share.GetOrCompile("a", Never), Is.SameAs(first));
        Assert.That(_share.GetOrCompile("b", () => new object()), Is.Not.SameAs(first));
    }

    [Test]
    public void Code_ThatNobodyUses_IsForgotten()
    {
        var forgotten = CompileAndForget();
        GC.Collect();
        Assert.That(forgotten.IsAlive, Is.False);
        var code = new object();
        Assert.That(_share.GetOrCompile("a", () => code), Is.SameAs(code));
    }

    [Test]
    public void Callers_AtTheSameTime_WaitForTheOneThatCompiles()
    {
        using var release = new ManualResetEventSlim();
        using var started = new CountdownEvent(1);
        var compilations = 0;
        object Compile()
        {
            Interlocked.Increment(ref compilations);
            started.Signal();
            release.Wait();
            return new object();
        }

        var first = Start(() => _share.GetOrCompile("a", Compile));
        started.Wait();
        Task<object>[] others = [.. Enumerable.Range(0, 4).Select(_ => Start(() => _share.GetOrCompile("a", Never)))];
        var different = Start(() => _share.GetOrCompile("b", () => new object()));
        Assert.That(different.Result, Is.Not.Null, "another module does not wait");
        release.Set();

        Assert.That(others.Select(other => other.Result), Is.All.SameAs(first.Result));
        Assert.That(compilations, Is.EqualTo(1));
    }

    [Test]
    public void Failure_OfTheOneThatCompiles_ReachesNobodyElse([Values] bool isCancelled)
    {
        using var release = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        object Fail()
        {
            started.Set();
            release.Wait();
            throw isCancelled ? new OperationCanceledException() : new InvalidDataException();
        }

        var first = Start(() => _share.GetOrCompile("a", Fail));
        started.Wait();
        var code = new object();
        var second = Start(() => _share.GetOrCompile("a", () => code));
        release.Set();

        Assert.That(() => first.GetAwaiter().GetResult(), Throws.InstanceOf(
            isCancelled ? typeof(OperationCanceledException) : typeof(InvalidDataException)));
        Assert.That(second.Result, Is.SameAs(code));
    }

    [Test]
    public void Waiting_Cancelled_EndsForThatCallerAlone()
    {
        using var release = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var first = Start(() => _share.GetOrCompile("a", () =>
        {
            started.Set();
            release.Wait();
            return new object();
        }));
        started.Wait();
        cancellation.Cancel();

        Assert.That(
            () => _share.GetOrCompile("a", Never, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        release.Set();
        Assert.That(first.Result, Is.Not.Null);
    }

    [Test]
    public void Keys_OfCodeThatNobodyUses_DoNotPileUp()
    {
        var kept = _share.GetOrCompile("kept", () => new object());
        for (var i = 0; i < 10_000; i++)
        {
            _share.GetOrCompile($"{i}", () => new object());
            if (i % 1_000 == 0)
            {
                GC.Collect();
            }
        }

        Assert.That(_share.Count, Is.LessThan(5_000));
        Assert.That(_share.GetOrCompile("kept", Never), Is.SameAs(kept));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference CompileAndForget() => new(_share.GetOrCompile("a", () => new object()));

    private static object Never() => throw new AssertionException("It was compiled again.");

    private static Task<object> Start(Func<object> function) =>
        Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
