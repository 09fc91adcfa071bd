using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Translation;

/// <summary>What the runtime asks of translation.</summary>
internal static class ModuleTranslation
{
    /// <inheritdoc cref="FunctionTranslation"/>
    internal static unsafe Cell* Translate(Module module, int function, Store store)
    {
        (CodeBuffer code, CodeNotes? notes, ExceptionHandler[]? handlers) =
            new FunctionTranslator(module, function, store.ThrowIfInterrupted, origins: null).Translate();
        module.Interpretation.KeepNotes(function, notes);
        module.Interpretation.KeepHandlers(function, handlers);
        return code.ToNative();
    }

    /// <inheritdoc cref="CellOrigin"/>
    internal static int? FindOrigin(Module module, int function, int cell)
    {
        CellOrigins origins = new();
        (CodeBuffer code, _, _) = new FunctionTranslator(module, function, static () => { }, origins).Translate();
        return cell < code.Count ? origins.Find(cell) : null;
    }
}
