using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>The handlers of one function, those of inner blocks first.</summary>
/// <param name="all">The handlers.</param>
internal sealed unsafe class ExceptionHandlers(ExceptionHandler[] all)
{
    /// <summary>Has the exception handled, if a handler takes it: its values are in their slots then.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="instance">Whose function it is.</param>
    /// <param name="stack">The store's stack.</param>
    /// <param name="cell">The instruction that threw, or the call.</param>
    /// <param name="fp">The function's first slot.</param>
    /// <returns>The cell to go on at; less than 0 where no handler takes it.</returns>
    public int Handle(ExceptionInstance exception, Instance instance, InterpreterStack stack, int cell, ulong* fp)
    {
        if (Find(exception.Tag, instance, cell) is not ExceptionHandler handler)
        {
            return -1;
        }

        if (handler.Tag != ExceptionHandler.All)
        {
            Write(exception, stack, fp + handler.Payload);
        }

        if (handler.Reference >= 0)
        {
            stack.ReferenceAt(fp + handler.Reference) = exception;
        }

        return handler.Pad;
    }

    /// <summary>Whether a handler takes exceptions of a tag.</summary>
    public bool Takes(Tag tag, Instance instance, int cell) => Find(tag, instance, cell) is not null;

    private ExceptionHandler? Find(Tag tag, Instance instance, int cell)
    {
        int depth = int.MaxValue;
        foreach (ExceptionHandler handler in all)
        {
            if (cell < handler.Start || cell >= handler.End || handler.Depth > depth)
            {
                continue;
            }

            if (handler.Tag == ExceptionHandler.Delegates)
            {
                depth = handler.Pad;
            }
            else if (handler.Tag == ExceptionHandler.All || instance.Tags[handler.Tag] == tag)
            {
                return handler;
            }
        }

        return null;
    }

    private static void Write(ExceptionInstance exception, InterpreterStack stack, ulong* slots)
    {
        ValueKind[] kinds = exception.Tag.Type.Payload.ParameterKinds;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i].IsReference)
            {
                stack.ReferenceAt(slots + i) = exception.References![i];
            }
            else if (kinds[i] == ValueKind.V128)
            {
                *stack.VectorsAt(slots + i) = exception.Vectors![i];
            }
            else
            {
                slots[i] = (ulong)exception.Bits[i];
            }
        }
    }
}
