using System.Text;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>An exported function of an instance, looked up again after each reset.</summary>
internal sealed class GuestFunction(WasmtimeInstance instance, string name)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
    private FunctionReference _reference;
    private int _generation = -1;

    internal int Call() => instance.Call(this);

    internal void Run() => instance.Call(this);

    /// <summary>The function in the instance's present store; its existence was checked before.</summary>
    internal FunctionReference Resolve(int generation)
    {
        if (_generation != generation)
        {
            _reference = instance.FindFunction(_name);
            _generation = generation;
        }

        return _reference;
    }
}
