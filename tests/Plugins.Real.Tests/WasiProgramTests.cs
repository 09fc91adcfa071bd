using System.Text;
using Plugins.Host;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Host.Wasi;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Manifest.Permissions;
using Plugins.Wasi;
using Plugins.Wasi.Files;

namespace Plugins.Real.Tests;

/// <summary>Programs for WASI as their authors publish them.</summary>
internal sealed class WasiProgramTests
{
    [Test]
    public void Esbuild_OfAProjectInTypeScript_BundlesIt()
    {
        var files = new MemoryFileSystem();
        files.WriteFile("main.ts", "import { total } from './price';\nconsole.log(total([1, 2], <number>0.5));\n");
        files.WriteFile(
            "price.ts",
            "export const total = (prices: number[], tax: number): number =>\n"
            + "  prices.reduce((sum, price) => sum + price, 0) * (1 + tax);\nexport const unused = 1;\n");
        using var host = HostWith(files);
        using var esbuild = host.LoadUnsigned(File.ReadAllBytes(Installed("@esbuild/wasi-preview1/esbuild.wasm")));

        var bundled = esbuild.Call(
            "_start",
            default,
            new PluginCallOptions { Arguments = ["esbuild", "/main.ts", "--bundle", "--format=esm", "--minify"] });
        var failed = Assert.Throws<PluginGuestException>(() => esbuild.Call(
            "_start", default, new PluginCallOptions { Arguments = ["esbuild", "/none.ts", "--bundle"] }));

        Assert.That(
            Encoding.UTF8.GetString(bundled.Output.Span),
            Is.EqualTo("var o=(e,r)=>e.reduce((t,n)=>t+n,0)*(1+r);console.log(o([1,2],.5));\n"));
        Assert.That(failed!.ExitCode, Is.EqualTo(1));
    }

    private static PluginHost HostWith(MemoryFileSystem files)
    {
        var options = new PluginHostOptions
        {
            AllowUnsigned = true,
            Permissions = PermissionCeiling.Anything,
            DefaultLimits = PluginLimits.Default with
            {
                MemoryPages = 4096,
                TableElements = 100_000,
                Fuel = 10_000_000_000,
                WallTime = TimeSpan.FromSeconds(30),
            },
            Wasi = new PluginWasiOptions
            {
                Directories = [WasiDirectory.OfMemory("/", files)],
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PWD"] = "/" },
            },
        };
        options.ModuleLimits = options.ModuleLimits with { ModuleBytes = 64 << 20 };
        return new PluginHost(options);
    }

    private static string Installed(string file)
    {
        var path = Path.Combine(Repository.Find(), "tests/guests/real/node_modules", file);
        if (!File.Exists(path))
        {
            Assert.Ignore("npm ci was not run in tests/guests/real; eng/install-guest-toolchains.sh does that.");
        }

        return path;
    }
}
