using System.Globalization;
using Plugins.Benchmarks.Measuring;

namespace Plugins.Benchmarks.Tables;

/// <summary>Asks every question and writes one Markdown table.</summary>
internal static class ResultTable
{
    /// <summary>Asks the questions that have one of the words in their title; all where there are none.</summary>
    public static void Write(string[] words, TextWriter output)
    {
        output.WriteLine("| question | what | time | × first | allocated | target | met |");
        output.WriteLine("| --- | --- | ---: | ---: | ---: | --- | --- |");
        foreach (Func<Question> ask in QuestionList.All)
        {
            Question question = ask();
            if (words is [] || words.Any(question.Title.Contains))
            {
                WriteAnswer(output, question);
            }
        }

        if (words is [])
        {
            ColdStart.Write(output);
        }
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
