using System.Text;
using Plugins.Host.Recording;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Recording;

/// <summary>Recordings that anybody may have written.</summary>
internal sealed class RecordingFormatTests
{
    private static readonly byte[] File = MakeFile();

    private static readonly string Text = Encoding.UTF8.GetString(File);

    [TestCase("\"format\":\"plugins-recording\"", "\"format\":\"other\"", RecordingProblem.UnknownFormat, 1,
        "$.format")]
    [TestCase("\"version\":1", "\"version\":2", RecordingProblem.UnknownFormat, 1, "$.version")]
    [TestCase("\"version\":1", "\"version\":1.5", RecordingProblem.InvalidLine, 1, "$.version")]
    [TestCase("\"version\":1", "\"version\":1,\"version\":1", RecordingProblem.InvalidLine, 1, "$.version")]
    [TestCase("\"version\":1", "\"version\":1,\"more\":1", RecordingProblem.InvalidLine, 1, "$.more")]
    [TestCase("\"version\":1,", "", RecordingProblem.InvalidLine, 1, "$")]
    [TestCase("\"plugin\":\"acme/test\"", "\"plugin\":\"acme\"", RecordingProblem.InvalidValue, 1, "$.plugin")]
    [TestCase("\"pluginVersion\":\"1.2.3\"", "\"pluginVersion\":\"x\"", RecordingProblem.InvalidValue, 1,
        "$.pluginVersion")]
    [TestCase("\"module\":\"", "\"module\":\"0", RecordingProblem.InvalidValue, 1, "$.module")]
    [TestCase("\"function\":\"run\"", "\"function\":\"\"", RecordingProblem.InvalidValue, 1, "$.function")]
    [TestCase("\"function\":\"run\"", "\"function\":null", RecordingProblem.InvalidLine, 1, "$.function")]
    [TestCase("\"hostCalls\":1000", "\"hostCalls\":0", RecordingProblem.InvalidValue, 1, "$.limits.hostCalls")]
    [TestCase("\"input\":\"AQI=\"", "\"input\":\"A\"", RecordingProblem.InvalidLine, 1, "$.input")]
    [TestCase("\"input\":\"AQI=\"", "\"pieces\":[null]", RecordingProblem.InvalidValue, 1, "$.pieces")]
    [TestCase("\"input\":\"AQI=\"", "\"input\":\"AQI=\",\"pieces\":[]", RecordingProblem.InvalidValue, 1, "$.input")]
    [TestCase(",\"input\":\"AQI=\"", "", RecordingProblem.InvalidValue, 1, "$.input")]
    [TestCase("\"call\":\"random.bytes\"", "\"call\":\"\"", RecordingProblem.InvalidValue, 2, "$.call")]
    [TestCase("\"status\":0", "\"status\":1", RecordingProblem.InvalidValue, 2, "$.status")]
    [TestCase("\"status\":0", "\"status\":-5", RecordingProblem.InvalidValue, 2, "$.status")]
    [TestCase("\"isSecret\":false", "\"isSecret\":true", RecordingProblem.InvalidValue, 2, "$.result")]
    [TestCase("\"request\":\"CAAAAA==\",", "", RecordingProblem.InvalidValue, 2, "$.request")]
    [TestCase("\"end\":\"None\"", "\"end\":\"Nothing\"", RecordingProblem.InvalidLine, 3, "$.end")]
    [TestCase("\"end\":\"None\"", "\"end\":12345", RecordingProblem.InvalidValue, 3, "$.end")]
    [TestCase("\"budgetRefused\":false", "\"budgetRefused\":false,\"refusedGrowths\":[1,1]",
        RecordingProblem.InvalidValue, 3, "$.refusedGrowths")]
    [TestCase("\"budgetRefused\":false", "\"budgetRefused\":false,\"refusedGrowths\":[-1]",
        RecordingProblem.InvalidValue, 3, "$.refusedGrowths")]
    [TestCase("\"budgetRefused\":false", "\"budgetRefused\":false,\"refusedGrowths\":[]",
        RecordingProblem.InvalidValue, 3, "$.refusedGrowths")]
    [TestCase("\"outputBytes\":0", "\"outputBytes\":-1", RecordingProblem.InvalidValue, 3, "$.outputBytes")]
    public void Field_ThatCannotBe_IsNamedWithItsLine(
        string there, string instead, RecordingProblem problem, int line, string field)
    {
        Assert.That(Text, Does.Contain(there));
        var failure = Fail(Text.Replace(there, instead, StringComparison.Ordinal));
        Assert.That((failure.Problem, failure.Line), Is.EqualTo((problem, line)), failure.Message);
        Assert.That(failure.Field, Does.StartWith(field));
        var start = line == 1 ? 0 : line == 2 ? Text.IndexOf('\n') : Text.IndexOf('\n', Text.IndexOf('\n') + 1);
        Assert.That(failure.Offset, Is.GreaterThanOrEqualTo(start));
    }

    [Test]
    public void File_CutAnywhere_EndsTooEarlyOrHasNoLastLine()
    {
        for (var length = 0; length < File.Length; length++)
        {
            var cut = File.AsMemory(0, length);
            var failure = Assert.Throws<RecordingFormatException>(() => CallRecording.Read(cut))!;
            Assert.That(failure.Problem, Is.AnyOf(RecordingProblem.UnexpectedEnd, RecordingProblem.InvalidLine));
        }
    }

    [Test]
    public void File_OverTheMaximum_IsRefused([Values] bool isStream)
    {
        var maximum = File.Length - 1;
        var failure = Assert.Throws<RecordingFormatException>(() => _ = isStream
            ? CallRecording.Read(new MemoryStream(File), maximum)
            : CallRecording.Read(File, maximum))!;
        Assert.That(failure.Problem, Is.EqualTo(RecordingProblem.TooLarge));
        Assert.That(() => CallRecording.Read(File, File.Length), Throws.Nothing);
    }

    [Test]
    public void File_DamagedAnywhere_IsReadOrRefused()
    {
        var random = new Random(12);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = File.ToArray();
            for (var change = 0; change <= round % 3; change++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = CallRecording.Read(damaged);
            }
            catch (RecordingFormatException)
            {
                // As it should be.
            }
        }
    }

    private static RecordingFormatException Fail(string text) =>
        Assert.Throws<RecordingFormatException>(() => CallRecording.Read(Encoding.UTF8.GetBytes(text)))!;

    private static byte[] MakeFile()
    {
        using var rig = new Rig { LoadOptions = new() { CanonicalizesNaNs = true } }.Uses("random.bytes")
            .Guest("run", guest => guest.Ask("random.bytes", 8, 0, 0, 0).Status);
        var recorder = new CallRecorder();
        rig.Load().Call("run", [1, 2], new() { Recorder = recorder });
        return recorder.Recording!.ToBytes();
    }
}
