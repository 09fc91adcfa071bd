using Plugins.Host.Budgets;

namespace Plugins.Host.Calls.Admission;

/// <summary>A call's place among the instances of its plugin.</summary>
/// <param name="Waited">How long the call waited for it.</param>
/// <param name="Memory">What was reserved for an instance of its own; null where it needs none.</param>
internal readonly record struct InstancePlace(TimeSpan Waited, InstanceMemory? Memory = null);
