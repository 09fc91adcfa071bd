using Plugins.Host.Limits;
using Plugins.Wasm;

namespace Plugins.Host.Configuration;

/// <summary>Limits out of a section that has a key for each of them; absent ones stay as they are.</summary>
internal static class LimitSettings
{
    internal static PluginLimits Read(SettingsReader section, PluginLimits limits)
    {
        int Number(string key, int present) => section.Number(key, present, 1, (int)PluginLimits.MaximumOf(key));
        long Long(string key, long present) => section.Number(key, present, 1, PluginLimits.MaximumOf(key));
        var read = limits with
        {
            Fuel = Long(nameof(limits.Fuel), limits.Fuel),
            WallTime = section.Time(nameof(limits.WallTime)) ?? limits.WallTime,
            MemoryPages = Number(nameof(limits.MemoryPages), limits.MemoryPages),
            TableElements = Number(nameof(limits.TableElements), limits.TableElements),
            StackBytes = Number(nameof(limits.StackBytes), limits.StackBytes),
            CallDepth = Number(nameof(limits.CallDepth), limits.CallDepth),
            InputBytes = Long(nameof(limits.InputBytes), limits.InputBytes),
            OutputBytes = Long(nameof(limits.OutputBytes), limits.OutputBytes),
            StreamedInputBytes = Long(nameof(limits.StreamedInputBytes), limits.StreamedInputBytes),
            StreamedOutputBytes = Long(nameof(limits.StreamedOutputBytes), limits.StreamedOutputBytes),
            ErrorBytes = Number(nameof(limits.ErrorBytes), limits.ErrorBytes),
            LogBytes = Number(nameof(limits.LogBytes), limits.LogBytes),
            LogEntries = Number(nameof(limits.LogEntries), limits.LogEntries),
            CapabilityRequestBytes = Number(nameof(limits.CapabilityRequestBytes), limits.CapabilityRequestBytes),
            CapabilityResultBytes = Number(nameof(limits.CapabilityResultBytes), limits.CapabilityResultBytes),
            HostCalls = Number(nameof(limits.HostCalls), limits.HostCalls),
        };
        section.RequireKnown();
        return read;
    }

    internal static ModuleLimits Read(SettingsReader section, ModuleLimits limits)
    {
        var ceiling = ModuleLimits.Default;
        int Number(string key, int present, int maximum) => section.Number(key, present, 0, maximum);
        var read = new ModuleLimits
        {
            ModuleBytes = Number(nameof(limits.ModuleBytes), limits.ModuleBytes, ceiling.ModuleBytes),
            Types = Number(nameof(limits.Types), limits.Types, ceiling.Types),
            Functions = Number(nameof(limits.Functions), limits.Functions, ceiling.Functions),
            Imports = Number(nameof(limits.Imports), limits.Imports, ceiling.Imports),
            Exports = Number(nameof(limits.Exports), limits.Exports, ceiling.Exports),
            Fields = Number(nameof(limits.Fields), limits.Fields, ceiling.Fields),
            SubtypingDepth = Number(nameof(limits.SubtypingDepth), limits.SubtypingDepth, ceiling.SubtypingDepth),
            Tags = Number(nameof(limits.Tags), limits.Tags, ceiling.Tags),
            Globals = Number(nameof(limits.Globals), limits.Globals, ceiling.Globals),
            Tables = Number(nameof(limits.Tables), limits.Tables, ceiling.Tables),
            Memories = Number(nameof(limits.Memories), limits.Memories, ceiling.Memories),
            DataSegments = Number(nameof(limits.DataSegments), limits.DataSegments, ceiling.DataSegments),
            ElementSegments = Number(nameof(limits.ElementSegments), limits.ElementSegments, ceiling.ElementSegments),
            CustomSections = Number(nameof(limits.CustomSections), limits.CustomSections, ceiling.CustomSections),
            TableElements = Number(nameof(limits.TableElements), limits.TableElements, ceiling.TableElements),
            MemoryPages = Number(nameof(limits.MemoryPages), limits.MemoryPages, ceiling.MemoryPages),
            FunctionBodyBytes = Number(
                nameof(limits.FunctionBodyBytes), limits.FunctionBodyBytes, ceiling.FunctionBodyBytes),
            Locals = Number(nameof(limits.Locals), limits.Locals, ceiling.Locals),
            Operands = Number(nameof(limits.Operands), limits.Operands, ceiling.Operands),
            Parameters = Number(nameof(limits.Parameters), limits.Parameters, ceiling.Parameters),
            Results = Number(nameof(limits.Results), limits.Results, ceiling.Results),
            BranchTableTargets = Number(
                nameof(limits.BranchTableTargets), limits.BranchTableTargets, ceiling.BranchTableTargets),
            NestingDepth = Number(nameof(limits.NestingDepth), limits.NestingDepth, ceiling.NestingDepth),
            NameBytes = Number(nameof(limits.NameBytes), limits.NameBytes, ceiling.NameBytes),
        };
        section.RequireKnown();
        return read;
    }
}
