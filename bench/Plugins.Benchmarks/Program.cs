using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Running;
using Plugins.Benchmarks.Comparing;
using Plugins.Benchmarks.Kernels;
using Plugins.Benchmarks.Production;
using Plugins.Benchmarks.Real;
using Plugins.Benchmarks.Streaming;
using Plugins.Benchmarks.Tables;
using Plugins.Benchmarks.Waiting;

switch (args)
{
    case ["table", .. var questions]:
        KeepToOneProcessor();
        ResultTable.Write(questions, Console.Out);
        break;
    case ["payloads"]:
        KeepToOneProcessor();
        PayloadTable.Write(Console.Out);
        break;
    case ["languages"]:
        KeepToOneProcessor();
        LanguageTable.Write(Console.Out);
        break;
    case ["production", .. var rows]:
        ProductionTable.Write(rows, Console.Out);
        break;
    case ["rules"]:
        KeepToOneProcessor();
        RuleTable.Write(Console.Out);
        break;
    case ["waiting"]:
        WaitingTable.Write(Console.Out);
        break;
    case ["streams", var mebibytes]:
        return StreamTable.Write(long.Parse(mebibytes, CultureInfo.InvariantCulture), Console.Out);
    case ["first-result", var kilobytes, var function]:
        ColdStart.Run(int.Parse(kilobytes, CultureInfo.InvariantCulture), function, Console.Out);
        break;
    case ["kernels", .. var kernels]:
        KernelRun.Run(kernels, Console.Out);
        break;
    case ["kernel-table", var lines]:
        KernelTable.Read(File.ReadLines(lines)).Write(Console.Out);
        break;
    case ["compare", .. var rest]:
        CompareCommand.Run(rest, Console.Out);
        break;
    case ["real", .. var rest]:
        RealCommand.Run(rest, Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ResultTable).Assembly).Run(args);
        break;
}

return 0;

// Moving between processors costs caches; the last one is least likely to serve the system's interrupts.
static void KeepToOneProcessor()
{
    if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
    {
        using Process process = Process.GetCurrentProcess();
        process.ProcessorAffinity = (nint)1 << Math.Min(Environment.ProcessorCount - 1, 62);
    }
}
