using System.Collections.Immutable;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The types of a function's locals, looked up without expanding the runs they are declared in.</summary>
/// <remarks>
/// Thousands of functions may declare 50,000 locals each in four bytes, so only the end of each run is kept.
/// </remarks>
internal sealed class LocalKinds
{
    private ImmutableArray<ValueKind> _parameters = [];
    private LocalGroup[] _groups = [];
    private int[] _ends = [];

    /// <summary>Parameters and declared locals together.</summary>
    public uint Count { get; private set; }

    public void Reset(FunctionType type, FunctionBody body)
    {
        _parameters = type.Parameters;
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
    }

    /// <summary>The type of the local at <paramref name="index"/>, which is less than <see cref="Count"/>.</summary>
    public ValueKind this[uint index]
    {
        get
        {
            if (index < (uint)_parameters.Length)
            {
                return _parameters[(int)index];
            }

            int found = _ends.AsSpan(0, _groups.Length).BinarySearch((int)index);

            // A run ends before its end: at exactly that number the next one begins.
            return _groups[found >= 0 ? found + 1 : ~found].Kind;
        }
    }
}
