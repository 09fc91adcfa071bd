using System.Collections.Immutable;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>An exception of WebAssembly: a guest threw it and did not catch it, or a host throws it.</summary>
/// <remarks>
/// <para>A host function that throws one gives it to the guest that called it, which may catch it by its tag. Other
/// exceptions of a host, traps and interrupts pass through guests, which cannot catch them.</para>
/// <para>The store and its instances stay usable. Safe for use by many threads. WebAssembly 3.0, section 4.2.11.</para>
/// </remarks>
public sealed class GuestException : WasmException
{
    private IReadOnlyList<WasmFrame>? _backtrace;

    /// <summary>Makes an exception for a host function to throw.</summary>
    /// <param name="tag">Its kind; guests of another store than the tag's catch it with <c>catch_all</c> only.</param>
    /// <param name="payload">What it carries: values of the tag's types.</param>
    /// <exception cref="ArgumentException">
    /// Number or type of the values is wrong, or one is a function of another store than the tag's.
    /// </exception>
    public GuestException(Tag tag, params ReadOnlySpan<Value> payload)
        : this(Make(tag, payload))
    {
    }

    internal GuestException(ExceptionInstance instance, int? thrownAt = null)
        : base("The guest threw an exception.")
    {
        Instance = instance;
        ThrownAt = thrownAt;
    }

    /// <summary>Its kind.</summary>
    public Tag Tag => Instance.Tag;

    /// <summary>The values that it carries, of the types of its tag.</summary>
    public ImmutableArray<Value> Payload =>
        [.. Enumerable.Range(0, Tag.Type.Payload.ParameterKinds.Length).Select(index => Instance[index])];

    /// <summary>The guest functions that were running, innermost first.</summary>
    /// <value>As for <see cref="TrapException.Backtrace"/>; from where the guest threw it last.</value>
    public IReadOnlyList<WasmFrame> Backtrace =>
        _backtrace ??= Runtime.Backtrace.Read(this, Calls, innermostOffset: null);

    internal ExceptionInstance Instance { get; }

    /// <summary>How many calls might still have nested where a guest threw it; null where a host did.</summary>
    internal int? ThrownAt { get; }

    /// <summary>The interpreted calls that it left.</summary>
    internal InterpretedCalls Calls { get; } = new();

    /// <inheritdoc/>
    /// <remarks>With the innermost guest functions, their names cut and made visible.</remarks>
    public override string ToString() => Backtrace.Count == 0
        ? base.ToString()
        : $"{base.ToString()}{Environment.NewLine}{Runtime.Backtrace.Show(Backtrace)}";

    private static ExceptionInstance Make(Tag tag, ReadOnlySpan<Value> payload)
    {
        ArgumentNullException.ThrowIfNull(tag);
        FunctionType type = tag.Type.Payload;
        if (payload.Length != type.ParameterKinds.Length)
        {
            throw new ArgumentException($"The tag is {ForeignText.Type(type)}.", nameof(payload));
        }

        ExceptionInstance made = new(tag);
        for (int i = 0; i < payload.Length; i++)
        {
            ValueCode code = type.ParameterCodes[i];
            Value value = payload[i];
            if (value.Kind != code.Kind || !ReferenceTypes.Admit(value.Reference, code, type.TypeOf(code)))
            {
                throw new ArgumentException($"Value {i} is {code.Text}.", nameof(payload));
            }

            made.Bits[i] = (long)value.Bits;
            if (code.Kind == ValueKind.V128)
            {
                made.Vectors![i] = value.AsVector128();
            }
            else if (code.IsReference)
            {
                made.References![i] = code.Kind == ValueKind.FuncRef
                    ? Function.ThrowIfForeign(value.Reference, tag.OwnerStore)
                    : value.Reference;
            }
        }

        return made;
    }
}
