using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Wasm;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>The pages that an instance has of a budget it shares with others.</summary>
/// <remarks>
/// Wasmtime tells nobody when a memory grows. So while guest code runs, the instance has what its memory may grow to,
/// or what there is of it, and Wasmtime refuses more. Several memories have what they may grow to as long as they
/// live, since one limit holds for each. For the thread that has the instance's gate.
/// </remarks>
internal sealed class MemoryShare
{
    private const int PageBytes = 64 * 1024;

    private readonly IMemoryBudget _budget;
    private readonly EngineLimits _limits;
    private readonly uint _minimum;
    private readonly uint _maximum;
    private readonly bool _mayGrowAtStart;

    private MemoryShare(IMemoryBudget budget, EngineLimits limits, ModuleDescription module)
    {
        _budget = budget;
        _limits = limits;
        _maximum = InstanceSize.MostMemory(module, limits);
        _minimum = module.Memories is [var memory] ? InstanceSize.LeastMemory(memory) : _maximum;
        _mayGrowAtStart = module.StartFunction is not null;
    }

    /// <summary>Pages that it has.</summary>
    internal uint Pages { get; private set; }

    /// <summary>Null where there is no budget, or no memory.</summary>
    internal static MemoryShare? Of(ModuleDescription module, EngineLimits limits) =>
        limits.MemoryBudget is { } budget && module.Memories is not []
            ? new MemoryShare(budget, limits, module)
            : null;

    /// <summary>A new memory is about to be made.</summary>
    /// <exception cref="WasmtimeLimitException">The budget has no room for it.</exception>
    internal void Begin()
    {
        if (Pages < _minimum)
        {
            var missing = _minimum - Pages;
            var taken = _budget.TakePages(missing, missing);
            Pages += taken;
            if (taken < missing)
            {
                throw new WasmtimeLimitException(nameof(EngineLimits.MemoryPages), _limits.MemoryPages, _minimum);
            }
        }

        if (_mayGrowAtStart)
        {
            Reserve();
        }
    }

    /// <summary>Guest code is about to run, which may let the memory grow.</summary>
    internal void Reserve()
    {
        if (Pages < _maximum)
        {
            Pages += _budget.TakePages(0, _maximum - Pages);
        }
    }

    /// <summary>Guest code has ended: returns what it did not use.</summary>
    /// <param name="bytes">The memory's size; 0 where it cannot be looked at, so that all of it may be in use.</param>
    internal void Settle(long bytes)
    {
        var used = Math.Max(_minimum, (uint)((bytes + PageBytes - 1) / PageBytes));
        if (bytes > 0 && used < Pages)
        {
            _budget.ReturnPages(Pages - used);
            Pages = used;
        }
    }

    /// <summary>The memory is gone.</summary>
    internal void Release()
    {
        if (Pages > 0)
        {
            _budget.ReturnPages(Pages);
            Pages = 0;
        }
    }
}
