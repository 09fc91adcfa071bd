namespace Plugins.Host.Catalog;

/// <summary>Places keys evenly between 0 and 1, the same in every process and version.</summary>
/// <remarks>
/// FNV-1a over the UTF-16 units, then the finalizer of MurmurHash3, since FNV's high bits are weak for short keys.
/// Whoever chooses keys chooses versions: it keeps nobody out of a canary who wants in.
/// </remarks>
internal static class RoutingHash
{
    internal static double PlaceOf(string key)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var unit in key)
        {
            hash = (hash ^ unit) * 1_099_511_628_211UL;
        }

        return PlaceOf(hash);
    }

    internal static double PlaceOf(int turn) => PlaceOf((ulong)(uint)turn);

    private static double PlaceOf(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return ((hash ^ (hash >> 33)) >> 11) / (double)(1UL << 53);
    }
}
