namespace Plugins.Benchmarks.Samples;

/// <summary>What is written and read.</summary>
public enum PayloadContent
{
    SmallOrder,
    ThousandOrders,
    Doubles,
    Integers,
    Strings,
}
