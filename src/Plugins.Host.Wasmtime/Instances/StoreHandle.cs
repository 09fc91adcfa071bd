using System.Runtime.InteropServices;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Owns an instance's store, a weak reference that leads native code back to it, and its place.</summary>
/// <remarks>The store can be replaced by a new one, since resetting an instance must not allocate.</remarks>
internal sealed unsafe class StoreHandle : NativeHandle
{
    private readonly WasmtimeApi _api;
    private readonly NativeEngine _engine;
    private readonly GCHandle _owner;

    /// <param name="api">The library.</param>
    /// <param name="module">What the instances are made from, in whose engine a place was taken.</param>
    /// <param name="owner">What callbacks find through the store.</param>
    internal StoreHandle(WasmtimeApi api, NativeModule module, object owner)
        : base(0, module.Prepared)
    {
        _api = api;
        _engine = module.Engine;
        _owner = GCHandle.Alloc(owner, GCHandleType.Weak);
    }

    /// <summary>Never invalid: without a store there still are a reference to free and a place to return.</summary>
    public override bool IsInvalid => false;

    /// <summary>What callbacks are handed for the owner.</summary>
    internal nint Owner => GCHandle.ToIntPtr(_owner);

    /// <summary>Deletes the store, if there is one, and makes an empty one.</summary>
    internal void Renew(EngineHandle engine)
    {
        DeleteStore();
        SetHandle(_api.Stores.New(engine.Pointer, Owner, 0));
    }

    private protected override void Free(nint pointer)
    {
        DeleteStore();
        _owner.Free();
        _engine.ReturnPlace();
    }

    private void DeleteStore()
    {
        var store = Pointer;
        SetHandle(0);
        if (store != 0)
        {
            _api.Stores.Delete(store);
        }
    }
}
