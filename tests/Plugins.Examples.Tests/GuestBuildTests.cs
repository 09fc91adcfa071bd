using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests;

/// <summary>The committed modules are what their sources compile to, byte for byte.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
internal sealed class GuestBuildTests
{
    private const string Rustc = "/usr/bin/rustc";

    private static readonly string[] s_tools =
        ["wasm-opt", "clang", "clang-19", "wasm-ld", "wasm-ld-19", "lld", "rustc", "rust-lld"];

    private readonly DirectoryInfo _strangers = Directory.CreateTempSubdirectory("plugins-strangers-");

    [OneTimeSetUp]
    public void RequireCompilers()
    {
        Require("clang-19", "version 19.1.7", "--version");
        Require("wasm-ld-19", "LLD 19.1.7", "--version");
        Require(Rustc, "rustc 1.63.0", "--version");
        var libraries = Path.Combine(Print(Rustc, "--print", "sysroot"), "lib/rustlib/wasm32-unknown-unknown");
        IgnoreUnless(Directory.Exists(libraries), $"{Rustc} has no target wasm32-unknown-unknown");
        const string wasi = "/usr/lib/llvm-19/lib/clang/19/lib/wasi";
        IgnoreUnless(Directory.Exists(wasi), "libclang-rt-19-dev-wasm32 is missing");
        IgnoreUnless(Directory.Exists("/usr/include/wasm32-wasi"), "wasi-libc is missing");
        Require("node", "v", "--version");
        var compiler = Repository.FullPath("examples/Pdk-AssemblyScript/node_modules/assemblyscript");
        IgnoreUnless(Directory.Exists(compiler), "npm ci was not run in examples/Pdk-AssemblyScript");
        PutStrangers();
    }

    [OneTimeTearDown]
    public void Remove() => _strangers.Delete(recursive: true);

    /// <remarks>
    /// With others of the same names first on the path, and settings that compilers read: none may make a difference.
    /// Above all wasm-opt, which clang runs if it is installed.
    /// </remarks>
    [Test]
    public void Modules_BuiltAgain_AreTheCommittedOnes()
    {
        var start = new ProcessStartInfo("bash", ["eng/build-guests.sh", "--check"])
        {
            WorkingDirectory = Repository.Root,
        };
        start.Environment["PATH"] = $"{_strangers.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CPATH"] = Path.Combine(_strangers.FullName, "include");
        var build = FinishedProcess.Run(start);
        Assert.That(build.ExitCode, Is.Zero, build.Output + build.Errors);
        Assert.That(Path.Combine(_strangers.FullName, "called"), Does.Not.Exist, "a tool was not called by its path");
    }

    private void PutStrangers()
    {
        foreach (var tool in s_tools)
        {
            var file = Path.Combine(_strangers.FullName, tool);
            File.WriteAllText(file, $"#!/bin/sh\necho {tool} >> '{_strangers.FullName}/called'\nexit 1\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        // In place of the compiler's own, which the guests do include.
        var include = _strangers.CreateSubdirectory("include");
        File.WriteAllText(Path.Combine(include.FullName, "stdint.h"), "#error a stranger's header\n");
    }

    /// <summary>Other versions of a compiler make other bytes.</summary>
    private static void Require(string tool, string version, params string[] arguments) =>
        IgnoreUnless(Print(tool, arguments).Contains(version, StringComparison.Ordinal), $"{tool} is not {version}");

    private static string Print(string tool, params string[] arguments)
    {
        try
        {
            return FinishedProcess.Run(Repository.Root, tool, arguments).Output.Trim();
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
