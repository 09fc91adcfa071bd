using Plugins.Benchmarks.Kernels;

switch (args)
{
    case ["kernels", .. var kernels]:
        KernelRun.Run(kernels, Console.Out);
        return 0;
    case ["kernel-table", var lines]:
        KernelTable.Read(File.ReadLines(lines)).Write(Console.Out);
        return 0;
    default:
        return 2;
}
