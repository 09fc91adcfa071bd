using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Tests.Binary;

internal sealed class EntryListTests
{
    [Test]
    public void ToArray_AfterMany_GivesAllInOrder()
    {
        var list = new EntryList<int>();
        for (int i = 0; i < 1_000; i++)
        {
            list.Add(i);
        }

        Assert.That(list.ToArray(), Is.EqualTo(Enumerable.Range(0, 1_000)));
    }

    [Test]
    public void ToArray_AfterClear_GivesWhatCameSince()
    {
        var list = new EntryList<int>();
        list.Add(1);
        int[] before = list.ToArray();
        list.Clear();
        list.Add(2);
        Assert.That((before, list.ToArray()), Is.EqualTo((new[] { 1 }, new[] { 2 })));
    }

    [Test]
    public void ToArray_WithoutEntries_AllocatesNothing() =>
        Assert.That(new EntryList<int>().ToArray(), Is.SameAs(EntryList<int>.None));
}
