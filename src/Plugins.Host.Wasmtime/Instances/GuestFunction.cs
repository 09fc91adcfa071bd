using System.Text;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>An exported function of an instance, looked up again after each reset.</summary>
internal sealed class GuestFunction(WasmtimeInstance instance, GuestStore store, string name)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
    private FunctionReference _reference;
    private int _generation = -1;

    internal int Call() => instance.Call(this);

    internal void Run() => instance.Call(this);

    /// <summary>The function in the present store; its existence was checked before.</summary>
    internal FunctionReference Resolve()
    {
        if (_generation != store.Generation)
        {
            _reference = store.FindFunction(_name);
            _generation = store.Generation;
        }

        return _reference;
    }
}
