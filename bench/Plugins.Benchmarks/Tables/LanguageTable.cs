using System.Buffers;
using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Benchmarks.Measuring;
using Plugins.Benchmarks.Samples;

namespace Plugins.Benchmarks.Tables;

/// <summary>The same functions in every language of the guest SDKs, called again and again.</summary>
internal static class LanguageTable
{
    // The targets: Rust and C alike, AssemblyScript within sight of the faster of them.
    private const double NativeRatio = 1.2;
    private const double ManagedRatio = 3;

    public static void Write(TextWriter output)
    {
        output.WriteLine("| what | Rust | C | slower / faster | ≤ 1.2 | AssemblyScript | × the faster | ≤ 3 |");
        output.WriteLine("| --- | ---: | ---: | ---: | --- | ---: | ---: | --- |");
        foreach (LanguageCase sample in LanguageCase.All)
        {
            WriteAnswer(output, sample, inSession: true);
            WriteAnswer(output, sample, inSession: false);
        }
    }

    private static void WriteAnswer(TextWriter output, LanguageCase sample, bool inSession)
    {
        using var rust = new GuestPlugin(GuestFile.Example("Rust", sample.Function), sample.Function);
        using var c = new GuestPlugin(GuestFile.Example("C", sample.Function), sample.Function);
        using var script = new GuestPlugin(GuestFile.Example("AssemblyScript", sample.Function), sample.Function);
        double[] times = BestOf.Run(
            Call("Rust", rust, sample, inSession),
            Call("C", c, sample, inSession),
            Call("AssemblyScript", script, sample, inSession));

        double faster = Math.Min(times[0], times[1]);
        double native = Math.Max(times[0], times[1]) / faster;
        double managed = times[2] / faster;
        string title = inSession ? $"{sample.Title}, session" : "fresh state";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {title} | {DurationText.Of(times[0])} | {DurationText.Of(times[1])} | {native:0.00} "
            + $"| {Met(native <= NativeRatio)} | {DurationText.Of(times[2])} | {managed:0.00} "
            + $"| {Met(managed <= ManagedRatio)} |"));
    }

    private static Candidate Call(string name, GuestPlugin guest, LanguageCase sample, bool inSession)
    {
        var answer = new ArrayBufferWriter<byte>();
        return new Candidate(name, inSession ? InSession : Fresh);

        void InSession()
        {
            answer.ResetWrittenCount();
            guest.Session.Call(sample.Function, sample.Input, answer);
        }

        void Fresh()
        {
            answer.ResetWrittenCount();
            guest.Plugin.Call(sample.Function, sample.Input, answer);
        }
    }

    private static string Met(bool met) => met ? "yes" : "**no**";
}
