using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The types of a function's locals.</summary>
/// <remarks>
/// Thousands of functions may declare 50,000 locals each in four bytes, so only the first ones, which nearly all
/// instructions name, are written out; of the others the end of each run is kept.
/// </remarks>
internal sealed class LocalKinds
{
    private const int OneByteIndices = 0x80;

    private ValueKind[] _parameters = EntryList<ValueKind>.None;
    private LocalGroup[] _groups = EntryList<LocalGroup>.None;
    private int[] _ends = [];
    private uint _firstCount;

    /// <summary>Parameters and declared locals together.</summary>
    public uint Count { get; private set; }

    /// <summary>The types of locals by the first byte of their index; no type where there is more to read.</summary>
    public ValueKind[] ByFirstByte { get; } = new ValueKind[byte.MaxValue + 1];

    public void Reset(FunctionType type, FunctionBody body)
    {
        _parameters = type.ParameterKinds;
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
    }

    /// <summary>The type of the local at <paramref name="index"/>, which is less than <see cref="Count"/>.</summary>
    public ValueKind this[uint index]
    {
        get
        {
            if (index < _firstCount)
            {
                return ByFirstByte[index];
            }

            if (index < (uint)_parameters.Length)
            {
                return _parameters[index];
            }

            int found = Array.BinarySearch(_ends, 0, _groups.Length, (int)index);

            // A run ends before its end: at exactly that number the next one begins.
            return _groups[found >= 0 ? found + 1 : ~found].Kind;
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
            ValueKind kind = _groups[i].Kind;
            for (int end = (int)Math.Min((uint)_ends[i], _firstCount); written < end; written++)
            {
                ByFirstByte[written] = kind;
            }
        }

        if (former > _firstCount)
        {
            Array.Clear(ByFirstByte, written, (int)(former - _firstCount));
        }
    }
}
