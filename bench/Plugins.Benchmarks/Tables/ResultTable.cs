using System.Globalization;
using Plugins.Benchmarks.Measuring;

namespace Plugins.Benchmarks.Tables;

/// <summary>Asks every question and writes one Markdown table.</summary>
internal static class ResultTable
{
    public static void Write(TextWriter output)
    {
        output.WriteLine("| question | what | time | × first | allocated | target | met |");
        output.WriteLine("| --- | --- | ---: | ---: | ---: | --- | --- |");
        foreach (Func<Question> ask in QuestionList.All)
        {
            WriteAnswer(output, ask());
        }

        ColdStart.Write(output);
    }

    private static void WriteAnswer(TextWriter output, Question question)
    {
        Measurement[] measured = Comparison.Run(question);
        Candidate[] candidates = [question.Baseline, .. question.Candidates];
        for (int i = 0; i < candidates.Length; i++)
        {
            string title = i == 0 ? question.Title : "";
            string ratio = Number(measured[i].Ratio, measured[i].Ratio < 10 ? "0.00" : "0");
            string bytes = Number(Math.Round(measured[i].Bytes), "N0");
            string time = DurationText.Of(measured[i].Nanoseconds);
            string met = candidates[i].Meets is { } meets ? (meets(measured[i]) ? "yes" : "**no**") : "";
            output.WriteLine(
                $"| {title} | {candidates[i].Name} | {time} | {ratio} | {bytes} B | {candidates[i].Target} | {met} |");
        }
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
