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
        _desk.Put("tools/wasm-opt", "#!/bin/sh\necho called >> \"$0.log\"\nexit 1\n");
        File.SetUnixFileMode(_desk.PathOf("tools/wasm-opt"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
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
        _desk.Run("new", "assemblyscript", "mine");
        Directory.CreateSymbolicLink(_desk.PathOf("mine/node_modules"), modules);
        Expect(FinishedProcess.Run(
            _desk.PathOf("mine"), null, "sh", "-c",
            "node node_modules/assemblyscript/bin/asc.js src/index.ts --config asconfig.json --target release "
            + "-o plugin.wasm && plugins test ."));
    }

    // As eng/build-guests.sh does: Debian's compiler has the target, and cargo there is none of its age.
    [Test]
    public void Template_InRust_PassesItsOwnTest()
    {
        const string rustc = "/usr/bin/rustc --edition 2021 --target wasm32-unknown-unknown -C opt-level=s "
            + "-C panic=abort -C embed-bitcode=yes -C target-feature=+bulk-memory";
        var sysroot = Require("/usr/bin/rustc", "--print", "sysroot").Output.Trim();
        if (!Directory.Exists($"{sysroot}/lib/rustlib/wasm32-unknown-unknown"))
        {
            Assert.Ignore("rustc has no target wasm32-unknown-unknown");
        }

        _desk.Run("new", "rust", "mine");
        Expect(FinishedProcess.Run(
            _desk.PathOf("mine"), null, "bash", "-c",
            $"{rustc} --crate-type rlib --crate-name plugins_pdk plugins-pdk/src/lib.rs && {rustc} --crate-type cdylib "
            + "--crate-name mine --extern plugins_pdk=libplugins_pdk.rlib -C link-arg=-zstack-size=32768 "
            + "-o plugin.wasm src/lib.rs && plugins test ."));
    }

    [Test]
    public void Template_InCSharp_PassesItsOwnTest()
    {
        _desk.Run("new", "csharp", "mine");
        _desk.Put("Directory.Build.targets", ProjectsInsteadOfPackages());
        Expect(FinishedProcess.Run(
            _desk.PathOf("mine"), null, "dotnet", "run", "--project", "tests", "-c", BuiltCommand.Configuration,
            "-p:RunAnalyzersDuringBuild=false"));
    }

    [Test]
    public void Template_InRust_WithoutTheTarget_TellsTheCommandThatInstallsIt()
    {
        _desk.Run("new", "rust", "mine");
        _desk.Put("bin/rustc", "#!/bin/sh\necho /nowhere\n");
        File.SetUnixFileMode(_desk.PathOf("bin/rustc"), (UnixFileMode)0b111_101_101);
        var run = FinishedProcess.Run(_desk.PathOf("mine"), null, "bash", "-c", "RUSTC=../bin/rustc sh test.sh");
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
