using Plugins.Cli.Testing;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Testing;

internal sealed class FileWatchTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    [CancelAfter(600_000)]
    public async Task Changed_OfAFileThatComesAndChanges_EndsEachTime(CancellationToken token)
    {
        var watch = new FileWatch(TimeProvider.System, [_desk.PathOf("a"), _desk.PathOf("b")]);
        _desk.Put("b", "1");
        await watch.ChangedAsync(token);
        _desk.Put("b", "22");
        await watch.ChangedAsync(token);
        File.Delete(_desk.PathOf("b"));
        await watch.ChangedAsync(token);
    }

    [Test]
    public void Changed_OfNothing_EndsWhenCancelled()
    {
        var watch = new FileWatch(TimeProvider.System, [_desk.PathOf("a")]);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.That(async () =>
            await watch.ChangedAsync(source.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
