using System.ComponentModel;
using System.Runtime.Versioning;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Processes;

/// <summary>What <c>plugins new</c> makes builds, and passes its own test with the one command that it names.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
internal sealed class TemplateBuildTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Template_InC_PassesItsOwnTest()
    {
        Require("clang-19");
        _desk.Run("new", "c", "mine");

        // Which clang would run if it linked with an -O, or at all in some versions.
        PutProgram("tools/wasm-opt", "echo called >> \"$0.log\"\nexit 1");
        Expect(FinishedProcess.Run(
            _desk.PathOf("mine"), null, "bash", "-c", $"PATH='{_desk.PathOf("tools")}':$PATH sh test.sh"));
        Assert.That(_desk.PathOf("tools/wasm-opt.log"), Does.Not.Exist);
    }

    [Test]
    public void Template_InAssemblyScript_PassesItsOwnTest()
    {
        var modules = Repository.FullPath("examples/Pdk-AssemblyScript/node_modules");
        if (!Directory.Exists(modules))
        {
            Assert.Ignore("npm ci was not run in examples/Pdk-AssemblyScript");
        }

        // The compiler that is installed already, so that no registry is asked.
        Require("npm");
        _desk.Run("new", "assemblyscript", "mine");
        Directory.CreateSymbolicLink(_desk.PathOf("mine/node_modules"), modules);
        Expect(FinishedProcess.Run(_desk.PathOf("mine"), null, "sh", "test.sh"));
    }

    // Debian's compiler, as eng/build-guests.sh does: the one that rustup puts on the path may lack the target.
    [Test]
    public void Template_InRust_PassesItsOwnTest()
    {
        var sysroot = Require("/usr/bin/rustc", "--print", "sysroot").Output.Trim();
        Require("/usr/bin/cargo");
        if (!Directory.Exists($"{sysroot}/lib/rustlib/wasm32-unknown-unknown"))
        {
            Assert.Ignore("rustc has no target wasm32-unknown-unknown");
        }

        _desk.Run("new", "rust", "mine");
        Expect(FinishedProcess.Run(
            _desk.PathOf("mine"), null, "env", "RUSTC=/usr/bin/rustc", "CARGO=/usr/bin/cargo", "sh", "test.sh"));
    }

    // In a repository with settings of its own, which are not the plugin's.
    [Test]
    public void Template_InCSharp_PassesItsOwnTest()
    {
        _desk.Run("new", "csharp", "mine");
        _desk.Put("projects.targets", ProjectsInsteadOfPackages());
        _desk.Put("Directory.Build.targets", "<Project><Error Text='not mine' /></Project>");
        _desk.Put("Directory.Packages.props", "<Project><Error Text='not mine' /></Project>");
        Expect(FinishedProcess.Run(
            _desk.PathOf("mine"), null, "env", $"CustomAfterMicrosoftCommonTargets={_desk.PathOf("projects.targets")}",
            $"Configuration={BuiltCommand.Configuration}", "RunAnalyzersDuringBuild=false", "sh", "test.sh"));
    }

    // Without those that a repository may have packed, as a newcomer's machine.
    [Test]
    public void Template_InCSharp_WithoutItsPackages_TellsHowToNameTheirFolder()
    {
        _desk.Run("new", "csharp", "mine");
        _desk.Put("mine/nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        var run = FinishedProcess.Run(
            _desk.PathOf("mine"), null, "env", $"NUGET_PACKAGES={_desk.PathOf("none")}", "sh", "test.sh");
        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Contain("dotnet nuget add source FOLDER"));
    }

    [TestCase("c", "clang")]
    [TestCase("rust", "rustc,cargo")]
    [TestCase("assemblyscript", "npm")]
    public void Template_WithoutTheCommand_TellsHowToGetIt(string template, string tools)
    {
        _desk.Run("new", template, "mine");
        _desk.Put("sysroot/lib/rustlib/wasm32-unknown-unknown/empty", "");
        foreach (var tool in tools.Split(','))
        {
            PutProgram($"tools/{tool}", $"echo {_desk.PathOf("sysroot")}");
        }

        var run = FinishedProcess.Run(
            _desk.PathOf("mine"), null, "bash", "-c",
            $"PATH='{_desk.PathOf("tools")}':$PATH PLUGINS=no-such-plugins sh test.sh");
        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Contain("dotnet tool install --global Plugins.Cli --add-source FOLDER")
            .And.Contain("PLUGINS="));
    }

    [Test]
    public void Template_InRust_WithoutTheTarget_TellsTheCommandThatInstallsIt()
    {
        _desk.Run("new", "rust", "mine");
        PutProgram("bin/rustc", "echo /nowhere");
        var run = FinishedProcess.Run(
            _desk.PathOf("mine"), null, "bash", "-c", "RUSTC=../bin/rustc CARGO=../bin/rustc sh test.sh");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.Contain("rustup target add wasm32-unknown-unknown"));
    }

    // The packages are those of this repository, which need not be packed for this.
    private static string ProjectsInsteadOfPackages() => $"""
        <Project>
          <ItemGroup>
            <PackageReference Remove="Plugins.Pdk;Plugins.Testing" />
          </ItemGroup>
          <ItemGroup Condition="'$(MSBuildProjectName)' == 'Plugin'">
            <ProjectReference Include="{Repository.FullPath("src/Plugins.Pdk/Plugins.Pdk.csproj")}" />
            <ProjectReference Include="{Repository.FullPath("src/Plugins.Pdk.Generator/Plugins.Pdk.Generator.csproj")}"
                              OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
          </ItemGroup>
          <ItemGroup Condition="'$(MSBuildProjectName)' == 'Tests'">
            <ProjectReference Include="{Repository.FullPath("src/Plugins.Testing/Plugins.Testing.csproj")}" />
          </ItemGroup>
        </Project>
        """;

    private static void Expect(CommandRun run)
    {
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("5 passed, 0 failed"));
    }

    private void PutProgram(string path, string script)
    {
        _desk.Put(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(_desk.PathOf(path), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private CommandRun Require(string tool, params string[] arguments)
    {
        try
        {
            return FinishedProcess.Run(_desk.Folder, null, tool, arguments.Length > 0 ? arguments : ["--version"]);
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{tool} is not installed; eng/install-guest-toolchains.sh installs what is needed.");
            throw;
        }
    }
}
