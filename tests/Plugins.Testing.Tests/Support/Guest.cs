using Plugins.Host.Tests.Support;

namespace Plugins.Testing.Tests.Support;

/// <summary>A plugin to try: a module of the repository on an engine, or a plugin in C# in this process.</summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Load">Loads it into a test host.</param>
internal sealed record Guest(string Name, Func<PluginTestHost, TestedPlugin> Load)
{
    internal static Guest OfModule(string path, Host.EngineTests.Support.TestedEngine tested)
    {
        var module = new Lazy<byte[]>(() => GuestFiles.Read(path));
        return new Guest($"{Path.GetFileNameWithoutExtension(path)} on {tested.Name}", host =>
        {
            host.Options.Engine = tested.Engine;
            return host.Load(module.Value);
        });
    }

    public override string ToString() => Name;
}
