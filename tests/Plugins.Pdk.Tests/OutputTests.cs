using System.Text;
using System.Text.Json;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests;

public sealed class OutputTests
{
    [Test]
    public void Write_OfBytesAndText_KeepsTheOrder()
    {
        var host = new MemoryRuntime();

        host.Run(() =>
        {
            Output.Write("a"u8);
            Output.Write((string?)null);
            Output.Write("é");
            Output.OpenStream().Write("z"u8);
        });

        Assert.That((host.OutputText, host.Writes), Is.EqualTo(("aéz", 3)));
    }

    [Test]
    public void Writer_OfManySmallPieces_CrossesSeldom()
    {
        var host = new MemoryRuntime();
        string expected = string.Concat(Enumerable.Range(0, 10_000).Select(number => $"{number};"));

        host.Run(() =>
        {
            using var writer = new OutputWriter();
            for (int number = 0; number < 10_000; number++)
            {
                writer.Write(number);
                writer.Write(';');
            }
        });

        Assert.That(host.OutputText, Is.EqualTo(expected));
        Assert.That(host.Writes, Is.LessThan(20));
    }

    [TestCase(0)]
    [TestCase(1364)]
    [TestCase(1365)]
    [TestCase(1366)]
    [TestCase(4095)]
    [TestCase(4096)]
    [TestCase(100_000)]
    public void Writer_OfAnyLength_LosesNothing(int length)
    {
        var host = new MemoryRuntime();
        string text = new('€', length);

        host.Run(() =>
        {
            using var writer = new OutputWriter();
            writer.Write("<"u8);
            writer.Write(text);
            writer.Write(Encoding.UTF8.GetBytes(text));
            writer.Write(">"u8);
        });

        Assert.That(host.OutputText, Is.EqualTo($"<{text}{text}>"));
    }

    [Test]
    public void Writer_AsABufferWriter_TakesJson()
    {
        var host = new MemoryRuntime();

        host.Run(() =>
        {
            using var writer = new OutputWriter();
            using var json = new Utf8JsonWriter(writer);
            json.WriteStartArray();
            json.WriteStringValue(new string('x', 9000));
            json.WriteEndArray();
        });

        Assert.That(JsonDocument.Parse(host.OutputText).RootElement[0].GetString(), Has.Length.EqualTo(9000));
    }

    [Test]
    public void Writer_AdvancedBeyondItsBuffer_Refuses() => new MemoryRuntime().Run(() =>
    {
        var writer = new OutputWriter();
        int length = writer.GetSpan(5000).Length;
        Assert.That(() => writer.Advance(length + 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => writer.Advance(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => writer.GetMemory(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    });
}
