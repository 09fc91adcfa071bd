using System.Diagnostics;
using System.Globalization;

namespace Plugins.WebBenchmarks;

/// <summary>Requests from <c>wrk</c>, which posts one body again and again.</summary>
internal sealed class Load : IDisposable
{
    private const string Connections = "32";

    private readonly string _script = Path.GetTempFileName();

    public Load(byte[] body) => File.WriteAllText(
        _script,
        $"""
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        wrk.body = [==[{System.Text.Encoding.UTF8.GetString(body)}]==]
        """);

    /// <summary>Answered requests in a second; all must succeed.</summary>
    public double Run(string address, TimeSpan duration)
    {
        var start = new ProcessStartInfo(
            "wrk", ["-t1", $"-c{Connections}", $"-d{duration.TotalSeconds:0}s", "-s", _script, address])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        using var wrk = Process.Start(start)!;
        var report = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        if (wrk.ExitCode != 0 || report.Contains("Non-2xx", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(report);
        }

        const string Label = "Requests/sec:";
        var line = report.Split('\n').Single(text => text.StartsWith(Label, StringComparison.Ordinal));
        return double.Parse(line[Label.Length..], CultureInfo.InvariantCulture);
    }

    public void Dispose() => File.Delete(_script);
}
