using System.Globalization;

namespace Plugins.Benchmarks.Real;

/// <summary>The most physical memory that this process ever had.</summary>
internal static class PeakMemory
{
    private const string Field = "VmHWM:";

    /// <returns>Zero where the system has no <c>/proc</c>.</returns>
    internal static long Bytes()
    {
        const string Status = "/proc/self/status";
        string? line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))
            : null;
        string? number = line?[Field.Length..].Replace("kB", "", StringComparison.Ordinal);
        return number is null ? 0 : long.Parse(number, CultureInfo.InvariantCulture) * 1024;
    }
}
