using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Code;

/// <summary>How compiled code reaches one global.</summary>
/// <param name="Kind">Where its value is.</param>
/// <param name="Slot">Its slot, where it has one.</param>
/// <param name="Constant">Its value, where that can never change and is a number.</param>
internal readonly record struct GlobalPlace(GlobalPlaceKind Kind, int Slot, ConstantExpression? Constant)
{
    /// <summary>The number by which the interpreter finds it: of a word of the slots, or of a cell.</summary>
    /// <param name="index">The global's index.</param>
    public int NumberOf(int index) => Kind == GlobalPlaceKind.Slot ? Slot * GlobalSlots.WordsPerSlot : index;

    /// <summary>Decides for every global of a module.</summary>
    public static GlobalPlace[] Plan(BinaryModule module)
    {
        var places = new GlobalPlace[module.Globals.Length];
        var isShared = new bool[module.Globals.Length];
        foreach (ExportType export in module.Exports)
        {
            if (export.Type.Kind == ExternKind.Global)
            {
                isShared[export.Index] = true;
            }
        }

        int slots = 0;
        for (int i = module.ImportedGlobalCount; i < places.Length; i++)
        {
            GlobalType type = module.Globals[i];
            ConstantExpression value = module.GlobalInitializers[i - module.ImportedGlobalCount];
            bool isNumber = !type.Value.IsReference;
            bool isKnown = !value.IsSequence && value.Opcode != Opcode.GlobalGet;
            bool isConstant = isNumber && !type.IsMutable && isKnown;
            bool fitsSlot = isNumber && !isShared[i] && slots < GlobalSlots.Capacity;
            places[i] = new GlobalPlace(
                fitsSlot ? GlobalPlaceKind.Slot : GlobalPlaceKind.Cell,
                fitsSlot ? slots++ : 0,
                isConstant ? value : null);
        }

        return places;
    }
}
