using System.Reflection.Emit;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>A local with an array of results that some operands have yet to read.</summary>
/// <param name="local">Where it is; free once the last of them was read.</param>
/// <param name="readers">How many there are.</param>
internal sealed class ResultArray(LocalBuilder local, int readers)
{
    private int _readers = readers;

    public LocalBuilder Local { get; } = local;

    public void EndReading(FunctionPlaces scope)
    {
        _readers--;
        if (_readers == 0)
        {
            scope.Temporaries.Return(Local);
        }
    }
}
