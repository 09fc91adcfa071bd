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

        output.WriteLine("| what | size | written: library | converters | read: library | converters | JSON |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        Array.ForEach(contents, content => output.WriteLine(Answer(content)));
    }

    private static string Answer(PayloadContent content)
    {
        PayloadCase payload = PayloadCase.Create(content);
        Measurement[] write = Compare(payload.WriteJson, payload.WriteMessagePack, payload.WriteConverted);
        Measurement[] read = Compare(payload.ReadJson, payload.ReadMessagePack, payload.ReadConverted);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {content} | {(double)payload.MessagePackBytes / payload.JsonBytes:P0} "
            + $"| {Text(write[1])} | {Text(write[2])} | {Text(read[1])} | {Text(read[2])} "
            + $"| {write[0].Bytes:N0} B, {read[0].Bytes:N0} B |");
    }

    private static string Text(Measurement measurement) =>
        string.Create(CultureInfo.InvariantCulture, $"{measurement.Ratio:0.00}, {measurement.Bytes:N0} B");

    private static Measurement[] Compare(Action json, Action messagePack, Action converted) =>
        Comparison.Run(new Question(
            "",
            new Candidate("JSON", json),
            new Candidate("MessagePack", messagePack),
            new Candidate("converted", converted)));
}
