using System.Globalization;
using System.Text.Json;

namespace Plugins.Benchmarks.Real;

/// <summary>A known answer of a module: calls as <see cref="Real.Steps"/> reads them.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="Kind">The answer's type: <c>i32</c>, <c>i64</c> or <c>f64</c>.</param>
/// <param name="Expected">The answer; of an <c>i64</c> its hexadecimal digits.</param>
/// <param name="Steps">Calls before the last one.</param>
/// <param name="Result">The call that answers.</param>
internal sealed record Check(string Name, string Kind, string Expected, JsonElement[] Steps, JsonElement Result)
{
    /// <summary>What a guest that has started answers.</summary>
    internal string AnswerOf(Steps steps)
    {
        steps.Run(Steps);
        ulong bits = steps.Run(Result);
        return Kind switch
        {
            "i32" => ((int)bits).ToString(CultureInfo.InvariantCulture),
            "i64" => bits.ToString("x", CultureInfo.InvariantCulture),
            _ => BitConverter.UInt64BitsToDouble(bits).ToString(CultureInfo.InvariantCulture),
        };
    }
}
