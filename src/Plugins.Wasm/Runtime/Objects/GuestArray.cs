namespace Plugins.Wasm.Runtime.Objects;

/// <summary>An array of a guest.</summary>
/// <remarks>
/// The elements are an array of the runtime's: of <see cref="byte"/>, <see cref="ushort"/>, <see cref="int"/> or
/// <see cref="long"/> for numbers by their width, of vectors, or of <see cref="object"/>.
/// </remarks>
internal sealed class GuestArray : GuestObject
{
    // Compiled code reads it; see Runtime/RuntimeMembers.
    internal readonly Array Elements;

    public GuestArray(Array elements, Allotment home)
    {
        Elements = elements;
        Home = home;
    }
}
