using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The types of a function's locals.</summary>
/// <remarks>
/// Thousands of functions may declare 50,000 locals each in four bytes, so only the first ones, which nearly all
/// instructions name, are written out; of the others the end of each run is kept.
/// </remarks>
internal sealed class LocalTypes
{
    private const int OneByteIndices = 0x80;

    private ValueCode[] _parameters = EntryList<ValueCode>.None;
    private LocalGroup[] _groups = EntryList<LocalGroup>.None;
    private readonly EntryList<uint> _order = new();
    private HashSet<uint>? _initialized;
    private int[] _ends = [];
    private uint _firstCount;

    /// <summary>Parameters and declared locals together.</summary>
    public uint Count { get; private set; }

    /// <summary>How many locals that need a value have got one where the code is now.</summary>
    public int InitializedCount => _order.Count;

    /// <summary>
    /// The types of locals by the first byte of their index; no type where there is more to read, or a value is needed.
    /// </summary>
    public ValueCode[] ByFirstByte { get; } = new ValueCode[byte.MaxValue + 1];

    public void Reset(FunctionType type, FunctionBody body)
    {
        _parameters = type.ParameterCodes;
        _groups = body.Locals;
        if (_ends.Length < _groups.Length)
        {
            _ends = new int[_groups.Length];
        }

        int end = _parameters.Length;
        for (int i = 0; i < _groups.Length; i++)
        {
            end += _groups[i].Count;
            _ends[i] = end;
        }

        Count = (uint)end;
        WriteFirst();
        ReturnTo(0);
    }

    /// <summary>Whether a local has a value: its own, an argument's or its type's default.</summary>
    /// <remarks>WebAssembly 3.0, section 3.1.2 (local types).</remarks>
    public bool IsInitialized(uint index) =>
        index < (uint)_parameters.Length || this[index].HasDefault || _initialized?.Contains(index) == true;

    /// <summary>Notes that a local has got a value.</summary>
    public void Initialize(uint index)
    {
        if (!IsInitialized(index))
        {
            (_initialized ??= []).Add(index);
            _order.Add(index);
        }
    }

    /// <summary>Forgets which locals got a value inside a block, at its end.</summary>
    /// <param name="count">What <see cref="InitializedCount"/> was at its start.</param>
    public void ReturnTo(int count)
    {
        while (_order.Count > count)
        {
            _initialized!.Remove(_order.RemoveLast());
        }
    }

    /// <summary>The type of the local at <paramref name="index"/>, which is less than <see cref="Count"/>.</summary>
    public ValueCode this[uint index]
    {
        get
        {
            if (index < _firstCount && ByFirstByte[index] != ValueCode.None)
            {
                return ByFirstByte[index];
            }

            if (index < (uint)_parameters.Length)
            {
                return _parameters[index];
            }

            int found = Array.BinarySearch(_ends, 0, _groups.Length, (int)index);

            // A run ends before its end: at exactly that number the next one begins.
            return _groups[found >= 0 ? found + 1 : ~found].Code;
        }
    }

    private void WriteFirst()
    {
        uint former = _firstCount;
        _firstCount = Math.Min(Count, OneByteIndices);
        int written = (int)Math.Min((uint)_parameters.Length, _firstCount);
        Array.Copy(_parameters, ByFirstByte, written);
        for (int i = 0; written < _firstCount; i++)
        {
            ValueCode code = _groups[i].Code;
            for (int end = (int)Math.Min((uint)_ends[i], _firstCount); written < end; written++)
            {
                // Those that are no default's go the long way.
                ByFirstByte[written] = code.HasDefault ? code : ValueCode.None;
            }
        }

        if (former > _firstCount)
        {
            Array.Clear(ByFirstByte, written, (int)(former - _firstCount));
        }
    }
}
