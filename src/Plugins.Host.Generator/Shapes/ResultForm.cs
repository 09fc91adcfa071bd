namespace Plugins.Host.Generator.Shapes;

/// <summary>What a method makes of a call's result.</summary>
internal enum ResultForm
{
    Nothing,
    Value,

    /// <summary>The value and the cost of the call.</summary>
    Whole,
}
