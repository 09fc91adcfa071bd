namespace Plugins.Testing.Tests;

internal sealed class SeededRandomTests
{
    [Test]
    public void GetBytes_InPieces_GivesTheSameStream()
    {
        using var whole = new SeededRandom(5);
        using var pieces = new SeededRandom(5);
        var expected = new byte[100];
        whole.GetBytes(expected);

        byte[] actual = [.. Enumerable.Range(0, 10).SelectMany(_ =>
        {
            var piece = new byte[10];
            pieces.GetBytes(piece);
            return piece;
        })];

        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void GetBytes_OfAnotherSeed_AreOthers()
    {
        using var one = new SeededRandom(1);
        using var two = new SeededRandom(2);
        var (first, second) = (new byte[32], new byte[32]);
        one.GetBytes(first);
        two.GetBytes(second);

        Assert.That(first, Is.Not.EqualTo(second));
    }
}
