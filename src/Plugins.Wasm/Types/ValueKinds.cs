namespace Plugins.Wasm.Types;

/// <summary>What a <see cref="ValueKind"/> tells by itself.</summary>
internal static class ValueKinds
{
    extension(ValueKind kind)
    {
        /// <summary>Whether it is held as an object; if not, it is a number or a vector.</summary>
        public bool IsReference => kind is >= ValueKind.ExnRef and <= ValueKind.FuncRef;
    }
}
