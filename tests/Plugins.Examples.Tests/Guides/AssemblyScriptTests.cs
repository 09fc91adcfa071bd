using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests.Guides;

/// <summary>The npm package tests itself in node.</summary>
internal sealed class AssemblyScriptTests
{
    private const string Package = "examples/Pdk-AssemblyScript";

    [Test]
    public void Package_TestedByNpm_Passes()
    {
        if (!Directory.Exists(Repository.FullPath($"{Package}/node_modules/assemblyscript")))
        {
            Assert.Ignore($"npm ci was not run in {Package}; eng/install-guest-toolchains.sh does that.");
        }

        var test = FinishedProcess.Run(Repository.FullPath(Package), "npm", "test");
        Assert.That(test.ExitCode, Is.Zero, test.Output + test.Errors);
    }
}
