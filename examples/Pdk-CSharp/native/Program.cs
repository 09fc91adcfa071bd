using Plugins.Pdk.Runtime;
using Plugins.Pdk.Tests.Support;

var modules = new Dictionary<string, PluginModule>(StringComparer.Ordinal)
{
    ["greeter"] = Greeter.PluginExports.Module,
    ["invoice"] = Invoice.PluginExports.Module,
    ["shout"] = Shout.PluginExports.Module,
    ["slugify"] = Slugify.PluginExports.Module,
    ["word_count"] = WordCount.PluginExports.Module,
};

PluginCase[] cases = PluginCase.Load(args[0]);
string[] faults = [.. cases.Select(@case => @case.Check(modules[@case.Plugin])).OfType<string>()];
foreach (string fault in faults)
{
    Console.WriteLine(fault);
}

Console.WriteLine($"{cases.Length - faults.Length} of {cases.Length} cases passed");
return faults.Length == 0 ? 0 : 1;
