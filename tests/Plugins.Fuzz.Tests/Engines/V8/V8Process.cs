using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plugins.Fuzz.Tests.Engines.V8;

/// <summary>A process of Node.js that runs modules on V8 (v8.mjs); used by one thread.</summary>
internal sealed class V8Process : IDisposable
{
    // Node's own thread has 8 MiB.
    private const int StackKilobytes = 6_000;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Process _process;
    private readonly string _memory = Path.GetTempFileName();

    internal V8Process(string node)
    {
        var start = new ProcessStartInfo(node)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            Invariant($"--stack-size={StackKilobytes}"),
            Invariant($"--wasm-max-mem-pages={GuestLimits.MemoryPages}"),
            Invariant($"--wasm-max-table-size={GuestLimits.TableElements}"),
            Path.Combine(AppContext.BaseDirectory, "Engines", "V8", "v8.mjs"),
            _memory,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{node} does not start.");
    }

    /// <summary>Numbers for instances.</summary>
    internal int NextId { get; set; }

    /// <summary>What the last request for a memory gave.</summary>
    internal byte[] TakeMemory() => File.ReadAllBytes(_memory);

    /// <exception cref="InvalidOperationException">V8 refused it, or the process has ended.</exception>
    internal V8Answer Ask(object request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request, s_options));
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("V8's process ended.");
        V8Answer answer = JsonSerializer.Deserialize<V8Answer>(line, s_options)!;
        return answer.Error is null ? answer : throw new InvalidOperationException($"V8 failed: {answer.Error}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_memory);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
