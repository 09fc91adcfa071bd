namespace Plugins.Host.Quotas;

/// <summary>The quota that each plugin or tenant has, and those that some have in its place.</summary>
internal sealed class NamedQuotas(CallQuota? ofEach, IReadOnlyDictionary<string, CallQuota> ofSome)
{
    private readonly Dictionary<string, CallQuota> _ofSome = new(ofSome, StringComparer.Ordinal);

    internal CallQuota? Of(string name) => _ofSome.TryGetValue(name, out var own) ? own : ofEach;

    internal bool Any(Func<CallQuota, bool> isSo) => (ofEach is not null && isSo(ofEach)) || _ofSome.Values.Any(isSo);
}
