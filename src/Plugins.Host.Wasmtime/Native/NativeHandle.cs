using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary>Owns one native object, and keeps what it was made from until it is released itself.</summary>
internal abstract class NativeHandle : SafeHandle
{
    private readonly SafeHandle? _parent;

    private protected NativeHandle(nint handle, SafeHandle? parent = null)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        var isKept = false;
        parent?.DangerousAddRef(ref isKept);
        _parent = parent;
        SetHandle(handle);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The native object, for as long as its owner is referenced and not disposed.</summary>
    internal nint Pointer => handle;

    /// <summary>Deletes the native object.</summary>
    private protected abstract void Free(nint pointer);

    protected sealed override bool ReleaseHandle()
    {
        Free(handle);
        _parent?.DangerousRelease();
        return true;
    }
}
