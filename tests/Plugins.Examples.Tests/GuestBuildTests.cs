using System.ComponentModel;
using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests;

/// <summary>The committed modules are what their sources compile to, byte for byte.</summary>
internal sealed class GuestBuildTests
{
    private const string Rustc = "/usr/bin/rustc";

    [OneTimeSetUp]
    public void RequireCompilers()
    {
        Require("clang-19", "version 19.1.7", "--version");
        Require("wasm-ld-19", "LLD 19.1.7", "--version");
        Require(Rustc, "rustc 1.63.0", "--version");
        var libraries = Path.Combine(Print(Rustc, "--print", "sysroot"), "lib/rustlib/wasm32-unknown-unknown");
        IgnoreUnless(Directory.Exists(libraries), $"{Rustc} has no target wasm32-unknown-unknown");
        Require("node", "v", "--version");
        var compiler = Repository.FullPath("examples/Pdk-AssemblyScript/node_modules/assemblyscript");
        IgnoreUnless(Directory.Exists(compiler), "npm ci was not run in examples/Pdk-AssemblyScript");
    }

    [Test]
    public void Modules_BuiltAgain_AreTheCommittedOnes()
    {
        var build = FinishedProcess.Run(
            Repository.Root, TimeSpan.FromMinutes(8), "bash", "eng/build-guests.sh", "--check");
        Assert.That(build.ExitCode, Is.Zero, build.Output + build.Errors);
    }

    /// <summary>Other versions of a compiler make other bytes.</summary>
    private static void Require(string tool, string version, params string[] arguments) =>
        IgnoreUnless(Print(tool, arguments).Contains(version, StringComparison.Ordinal), $"{tool} is not {version}");

    private static string Print(string tool, params string[] arguments)
    {
        try
        {
            return FinishedProcess.Run(Repository.Root, TimeSpan.FromSeconds(30), tool, arguments).Output.Trim();
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{tool} is not installed");
            throw;
        }
    }

    private static void IgnoreUnless(bool condition, string reason)
    {
        if (!condition)
        {
            Assert.Ignore(reason + "; eng/install-guest-toolchains.sh installs what is needed.");
        }
    }
}
