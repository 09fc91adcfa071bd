using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Loading;

internal sealed class CancellationTests
{
    [Test]
    public void Loading_Cancelled_Stops()
    {
        using var rig = new Rig().Guest("run", _ => 0);

        Assert.That(
            () => rig.Load(cancellationToken: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }
}
