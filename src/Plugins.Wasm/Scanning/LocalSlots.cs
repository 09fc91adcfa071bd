using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

namespace Plugins.Wasm.Scanning;

/// <summary>The slots of a function's locals: parameters first, then the locals that are used.</summary>
internal sealed class LocalSlots
{
    private readonly LocalTypes _types = new();
    private readonly Dictionary<int, int> _slots = [];
    private readonly int _parameters;

    /// <param name="type">The function's type.</param>
    /// <param name="body">Its body.</param>
    /// <param name="used">The locals and parameters that are read or set: thousands more may be declared.</param>
    public LocalSlots(FunctionType type, FunctionBody body, HashSet<int> used)
    {
        _parameters = type.Parameters.Length;
        _types.Reset(type, body);
        Count = _parameters;
        foreach (int local in used)
        {
            if (local >= _parameters)
            {
                ValueKind kind = KindOf(local);
                if (kind.IsReference)
                {
                    References.Add(Count);
                }
                else if (kind == ValueKind.V128)
                {
                    Vectors.Add(Count);
                }

                _slots.Add(local, Count++);
            }
        }
    }

    public int Count { get; private set; }

    /// <summary>The slots of locals that hold references, which begin as null.</summary>
    public List<int> References { get; } = [];

    /// <summary>The slots of locals that hold vectors, which begin as zeros.</summary>
    public List<int> Vectors { get; } = [];

    public int SlotOf(int local) => local < _parameters ? local : _slots[local];

    public ValueKind KindOf(int local) => _types[(uint)local].Kind;
}
