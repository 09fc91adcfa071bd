using Plugins.Examples.Tests.Support;
using Plugins.Host;
using Plugins.Host.Errors;

namespace Plugins.Examples.Tests.Guides;

/// <summary>What the message of a trap tells of guests that real compilers made.</summary>
internal sealed class TrapMessageTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("plugins-traps-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public void Trap_OfAPanicInRust_TellsItsTextAndFunctions()
    {
        const string Rustc = "/usr/bin/rustc";
        if (!File.Exists(Rustc) || !Directory.Exists("/usr/lib/rustlib/wasm32-unknown-unknown"))
        {
            Assert.Ignore("Debian's rustc is missing; eng/install-guest-toolchains.sh installs it.");
        }

        Write("f.rs", """
            #![no_std]
            #[link(wasm_import_module = "plugins:abi/v1")]
            extern "C" { fn error_write(data: *const u8, length: usize); }
            #[panic_handler]
            fn panic(_: &core::panic::PanicInfo) -> ! {
                let text = "the shelf is empty";
                unsafe { error_write(text.as_ptr(), text.len()) };
                core::arch::wasm32::unreachable()
            }
            pub struct Shelf;
            pub trait Take { fn take(&self, count: u32) -> u32; }
            impl Take for Shelf {
                #[inline(never)]
                fn take(&self, count: u32) -> u32 { if count > 0 { panic!() } count }
            }
            #[no_mangle]
            pub extern "C" fn f() -> i32 { Shelf.take(1) as i32 }
            """);
        Compile(Rustc, "--target", "wasm32-unknown-unknown", "-O", "--crate-name", "shop", "--crate-type", "cdylib",
            "f.rs", "-o", "f.wasm");

        var failure = Fail();
        Assert.That(failure.Message, Does.EndWith(" It said: the shelf is empty"));
        Assert.That(
            failure.Backtrace.Select(frame => frame.Name), Has.One.EqualTo("<shop::Shelf as shop::Take>::take"));
    }

    [Test]
    public void Trap_InCpp_TellsItsTextAndFunctions()
    {
        const string Clang = "/usr/bin/clang++-19";
        if (!File.Exists(Clang))
        {
            Assert.Ignore("clang-19 is not installed; eng/install-guest-toolchains.sh installs it.");
        }

        Write("f.cpp", """
            #include "plugins.h"
            namespace shop {
            template <class T> struct Shelf {
                T count;
                __attribute__((noinline)) T take(const T *first, int (*rest)(int)) const {
                    plugin_error_text("the shelf is empty");
                    __builtin_trap();
                }
            };
            }
            PLUGIN_EXPORT(f) { shop::Shelf<long> shelf{1}; return (int)shelf.take(&shelf.count, nullptr); }
            """);
        Compile(Clang, "--target=wasm32", "-O1", "-nostdlib", "-Wl,--no-entry,--no-demangle",
            $"-I{Repository.FullPath("examples/Pdk-C/include")}", "f.cpp", "-o", "f.wasm");

        var failure = Fail();
        Assert.That(failure.Message, Does.EndWith(" It said: the shelf is empty"));
        Assert.That(failure.Backtrace[0].Name, Is.EqualTo("shop::Shelf<long>::take(long const*, int (*)(int)) const"));
    }

    [Test]
    public void Trap_OfADebugBuild_TellsLinesAndInlinedFunctions()
    {
        const string Clang = "/usr/bin/clang-19";
        if (!File.Exists(Clang))
        {
            Assert.Ignore("clang-19 is not installed; eng/install-guest-toolchains.sh installs it.");
        }

        Write("f.c", """
            #include "plugins.h"
            static inline __attribute__((always_inline)) int first(int count) {
                if (count == 0) __builtin_trap();
                return 12 / count;
            }
            PLUGIN_EXPORT(f) {
                return first(plugin_input_length() > 0 ? 1 : 0);
            }
            """);
        Compile(Clang, "--target=wasm32", "-O1", "-g", "-nostdlib", "-Wl,--no-entry",
            $"-I{Repository.FullPath("examples/Pdk-C/include")}", "f.c", "-o", "f.wasm");

        var failure = Fail();
        Assert.That(failure.Backtrace[0].ToString(), Does.Match(@"^first \(inlined into function \d+\) at f\.c:3:21$"));
        Assert.That(failure.Backtrace[1].ToString(), Does.Match(@"^f \(function \d+\) at f\.c:7:12$"));
        Assert.That(failure.Message, Does.Contain(" at f.c:3:21: unreachable"));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private void Compile(string compiler, params string[] arguments)
    {
        var compiled = FinishedProcess.Run(_folder.FullName, compiler, arguments);
        Assert.That(compiled.ExitCode, Is.Zero, compiled.Errors);
    }

    private PluginTrapException Fail()
    {
        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true });
        using var plugin = host.LoadUnsignedFile(Path.Combine(_folder.FullName, "f.wasm"));
        return Assert.Throws<PluginTrapException>(() => plugin.CallText("f", ""))!;
    }
}
