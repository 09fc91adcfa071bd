using System.Text;

namespace Plugins.Pdk.Tests.Support;

/// <summary>What a capability of <see cref="MemoryRuntime"/> answers.</summary>
internal sealed record Answer(int Status, byte[] Result)
{
    internal static Answer Of(int status) => new(status, []);

    internal static Answer Of(byte[] result) => new(0, result);

    internal static Answer Of(string result) => new(0, Encoding.UTF8.GetBytes(result));

    internal static Answer Failed(string message) => new(-2, Encoding.UTF8.GetBytes(message));
}
