using Plugins.Host.Abi;
using Plugins.Host.Engines;
using Plugins.Host.Errors;

namespace Plugins.Host.Calls.Exchange;

/// <summary>The functions of module <c>plugins:abi/v1</c>, for one instance. docs/abi.md says what each does.</summary>
internal sealed class AbiFunctions
{
    private readonly CallState _call;

    internal AbiFunctions(CallState call) => _call = call;

    /// <summary>All functions that the module may import, capabilities included.</summary>
    internal IReadOnlyList<HostImport> CreateImports()
    {
        var imports = new List<HostImport>(AbiContract.Functions.Count + _call.Definition.Capabilities.Length)
        {
            new(AbiNames.AbiModule, AbiNames.InputLength, new Func<int>(InputLength)),
            new(AbiNames.AbiModule, AbiNames.InputRead, new Func<int, int, int>(InputRead)),
            new(AbiNames.AbiModule, AbiNames.OutputWrite, new Action<int, int>(OutputWrite)),
            new(AbiNames.AbiModule, AbiNames.ErrorWrite, new Action<int, int>(ErrorWrite)),
            new(AbiNames.AbiModule, AbiNames.ResultLength, new Func<int>(ResultLength)),
            new(AbiNames.AbiModule, AbiNames.ResultRead, new Func<int, int, int>(ResultRead)),
            new(AbiNames.AbiModule, AbiNames.Log, new Action<int, int, int>(Log)),
        };
        foreach (var binding in _call.Definition.Capabilities)
        {
            var port = new CapabilityPort(_call, binding);
            imports.Add(new HostImport(AbiNames.HostModule, binding.Name, new Func<int, int, int>(port.Invoke)));
        }

        if (_call.Definition.Wasi is not null)
        {
            _call.Wasi = new WasiPort(_call);
            imports.AddRange(_call.Wasi.CreateImports());
        }

        return imports;
    }

    private int InputLength() => _call.Input.Length;

    private int InputRead(int target, int length)
    {
        var span = GetRange(_call, AbiNames.InputRead, target, length);
        var count = _call.Input.Read(span, _call);
        _call.ChargeBytes((uint)count);
        return count;
    }

    private void OutputWrite(int source, int length)
    {
        var span = GetRange(_call, AbiNames.OutputWrite, source, length);
        _call.ChargeBytes((uint)length);
        _call.Output.Write(span, _call);
    }

    private void ErrorWrite(int source, int length)
    {
        var span = GetRange(_call, AbiNames.ErrorWrite, source, length);
        _call.ChargeBytes((uint)length);
        _call.Error.Append(span, _call);
    }

    private int ResultLength() => _call.Result.Length;

    private int ResultRead(int target, int length)
    {
        var span = GetRange(_call, AbiNames.ResultRead, target, length);
        var count = _call.Result.Read(span);
        _call.ChargeBytes((uint)count);
        return count;
    }

    private void Log(int level, int source, int length)
    {
        var span = GetRange(_call, AbiNames.Log, source, length);
        _call.ChargeBytes((uint)length);
        _call.Log.Write(level, span, _call);
    }

    /// <summary>The whole range or a trap, also when fewer bytes or none will be copied.</summary>
    internal static Span<byte> GetRange(CallState call, string import, int address, int length) =>
        call.Engine.TryGetMemory((uint)address, (uint)length, out var span)
            ? span
            : throw new PluginTrapException(call.Site(), import, (uint)address, (uint)length);
}
