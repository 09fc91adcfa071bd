using System.Text;

namespace Plugins.Host.Wasmtime.Native;

/// <summary>The C API's functions around traps, their frames, and errors.</summary>
internal sealed unsafe class TrapFunctions
{
    internal readonly delegate* unmanaged<byte*, nuint, nint> New;
    internal readonly delegate* unmanaged<nint, byte*, byte> Code;
    internal readonly delegate* unmanaged<nint, ByteVector*, void> Trace;
    internal readonly delegate* unmanaged<nint, void> Delete;
    internal readonly delegate* unmanaged<nint, uint> FrameFunction;
    internal readonly delegate* unmanaged<nint, nuint> FrameOffset;
    internal readonly delegate* unmanaged<ByteVector*, void> DeleteFrames;
    internal readonly delegate* unmanaged<byte*, nint> NewError;
    private readonly delegate* unmanaged<nint, ByteVector*, void> _errorMessage;
    private readonly delegate* unmanaged<nint, void> _deleteError;
    private readonly delegate* unmanaged<ByteVector*, void> _deleteBytes;

    internal TrapFunctions(SymbolTable symbols)
    {
        New = (delegate* unmanaged<byte*, nuint, nint>)symbols.Require("wasmtime_trap_new");
        Code = (delegate* unmanaged<nint, byte*, byte>)symbols.Require("wasmtime_trap_code");
        Trace = (delegate* unmanaged<nint, ByteVector*, void>)symbols.Require("wasm_trap_trace");
        Delete = (delegate* unmanaged<nint, void>)symbols.Require("wasm_trap_delete");
        FrameFunction = (delegate* unmanaged<nint, uint>)symbols.Require("wasm_frame_func_index");
        FrameOffset = (delegate* unmanaged<nint, nuint>)symbols.Require("wasm_frame_module_offset");
        DeleteFrames = (delegate* unmanaged<ByteVector*, void>)symbols.Require("wasm_frame_vec_delete");
        NewError = (delegate* unmanaged<byte*, nint>)symbols.Require("wasmtime_error_new");
        _errorMessage = (delegate* unmanaged<nint, ByteVector*, void>)symbols.Require("wasmtime_error_message");
        _deleteError = (delegate* unmanaged<nint, void>)symbols.Require("wasmtime_error_delete");
        _deleteBytes = (delegate* unmanaged<ByteVector*, void>)symbols.Require("wasm_byte_vec_delete");
    }

    /// <summary>Takes over an error: its message for the operator, cut where it is long.</summary>
    internal string ReadError(nint error)
    {
        const int longest = 2_000;
        ByteVector message;
        _errorMessage(error, &message);
        var text = Encoding.UTF8.GetString(message.Data, (int)nuint.Min(message.Size, longest));
        _deleteBytes(&message);
        _deleteError(error);
        return text;
    }

    internal void DeleteError(nint error) => _deleteError(error);

    internal void DeleteBytes(ByteVector* bytes) => _deleteBytes(bytes);
}
