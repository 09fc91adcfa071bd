using Plugins.Pdk;

namespace Invoice;

/// <summary>The input is no order.</summary>
/// <param name="line">The line that the fault is in, if it is in one.</param>
/// <param name="field">The field at fault, if it is one.</param>
/// <param name="fault">What is wrong.</param>
/// <param name="cause">The reader's exception, where there is one.</param>
internal sealed class OrderException(int? line, string? field, string fault, Exception? cause = null)
    : PluginFailureException($"{Place(line, field)}: {fault}", cause)
{
    private static string Place(int? line, string? field) => (line, field) switch
    {
        (null, null) => "order",
        (null, _) => field,
        (_, null) => $"lines[{line}]",
        _ => $"lines[{line}].{field}",
    };
}
