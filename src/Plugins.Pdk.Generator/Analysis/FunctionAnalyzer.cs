using Microsoft.CodeAnalysis;
using Plugins.Pdk.Generator.Diagnostics;
using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>Looks at a method with [PluginFunction].</summary>
internal static class FunctionAnalyzer
{
    /// <summary>What to write, or null when a fault was found.</summary>
    public static FunctionShape? Analyze(IMethodSymbol method, AttributeData attribute, MethodFaults faults)
    {
        string name = NameOf(attribute);
        if (ExportNames.FaultOf(name) is string fault)
        {
            faults.AddAt(faults.Place(attribute), PluginRules.InvalidName, name, fault);
        }

        CheckReach(method, faults);
        faults.CheckMethod();
        var values = new ValueAnalyzer(method, faults);
        ValueShape input = values.Parameter();
        ValueShape output = values.Result(acceptsReply: false);
        return faults.Any ? null : new(name, Call(method), input, output);
    }

    public static string NameOf(AttributeData attribute) => attribute.FirstArgument() as string ?? "";

    private static void CheckReach(IMethodSymbol method, MethodFaults faults)
    {
        bool isReachable = method.MethodKind == MethodKind.Ordinary
            && method.IsReachable()
            && method.TypesAround().All(type => type.IsReachable());
        if (!isReachable)
        {
            faults.Add(PluginRules.NotReachable, method.Name);
        }

        if (!method.IsStatic)
        {
            faults.Add(PluginRules.NotStatic, method.Name);
        }
    }

    private static string Call(IMethodSymbol method) => $"{method.ContainingType.ToCode()}.@{method.Name}";
}
