using System.Globalization;
using Plugins.Benchmarks.Measuring;
using Plugins.Benchmarks.Samples;

namespace Plugins.Benchmarks.Tables;

/// <summary>MessagePack over System.Text.Json: time to write and to read, and size.</summary>
internal static class PayloadTable
{
    public static void Write(TextWriter output)
    {
        // Both formats share code between contents, which is optimised while the first of them run.
        PayloadContent[] contents = Enum.GetValues<PayloadContent>();
        Array.ForEach(contents, content => Answer(content));

        output.WriteLine("| what | JSON | MessagePack | size | written in | × JSON | read in | × JSON |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        Array.ForEach(contents, content => output.WriteLine(Answer(content)));
    }

    private static string Answer(PayloadContent content)
    {
        PayloadCase payload = PayloadCase.Create(content);
        Measurement write = Compare(payload.WriteJson, payload.WriteMessagePack);
        Measurement read = Compare(payload.ReadJson, payload.ReadMessagePack);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {content} | {payload.JsonBytes:N0} B | {payload.MessagePackBytes:N0} B "
            + $"| {(double)payload.MessagePackBytes / payload.JsonBytes:P0} "
            + $"| {DurationText.Of(write.Nanoseconds)}, {write.Bytes:N0} B | {write.Ratio:0.00} "
            + $"| {DurationText.Of(read.Nanoseconds)}, {read.Bytes:N0} B | {read.Ratio:0.00} |");
    }

    private static Measurement Compare(Action json, Action messagePack) =>
        Comparison.Run(new Question("", new Candidate("JSON", json), new Candidate("MessagePack", messagePack)))[1];
}
