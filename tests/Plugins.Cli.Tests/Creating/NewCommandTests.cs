using System.Text;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Creating;

internal sealed class NewCommandTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void New_OfEachTemplate_FillsInTheNames([Values("rust", "c", "csharp", "assemblyscript")] string template)
    {
        var run = _desk.Run("new", template, "my-plugin", "--publisher", "acme");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(Encoding.UTF8.GetString(_desk.Read("my-plugin/manifest.json")), Does.Contain("\"acme/my-plugin\""));
        var texts = Directory.EnumerateFiles(_desk.Folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.That(texts, Has.None.Contain("{{"));
    }

    [Test]
    public void New_OfEachTemplate_BringsTheFilesThatItsReadmeNames(
        [Values("rust", "c", "csharp", "assemblyscript")] string template)
    {
        _desk.Run("new", template, "mine");
        var named = Encoding.UTF8.GetString(_desk.Read("mine/README.md")).Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])
                .ToArray();
        Assert.That(named, Has.Length.EqualTo(4));
        Assert.That(named.Where(path => !Path.Exists(_desk.PathOf($"mine/{path}"))), Is.Empty);
    }

    [TestCase("Upper")]
    [TestCase("1st")]
    [TestCase("a--b")]
    [TestCase("../up")]
    [TestCase("a/b")]
    [TestCase("a.b")]
    [TestCase("")]
    [TestCase("-")]
    public void New_WithANameThatIsNone_Refuses(string name)
    {
        Assert.That(_desk.Run("new", "c", name).ExitCode, Is.EqualTo(2));
        Assert.That(Directory.EnumerateFileSystemEntries(_desk.Folder), Is.Empty);
    }

    [Test]
    public void New_OverAFolder_Refuses()
    {
        _desk.Put("mine/precious", "x");
        Assert.That(_desk.Run("new", "c", "mine").Errors, Does.Contain("exists already"));
        Assert.That(Directory.EnumerateFiles(_desk.PathOf("mine")).Count(), Is.EqualTo(1));
    }

    // As on a full disk: the first files fit, and the path of a later one is longer than the system takes.
    [Test]
    [Platform(Include = "Linux")]
    public void New_ThatCannotWriteAFile_LeavesNothingBehind()
    {
        const int room = 4036;
        var folder = new StringBuilder(_desk.Folder);
        for (var left = room - folder.Length; left > 1; left = room - folder.Length)
        {
            folder.Append('/').Append('d', Math.Min(200, left - 1));
        }

        _desk.WorkingFolder = Directory.CreateDirectory(folder.ToString()).FullName;
        var run = _desk.Run("new", "rust", "mine");
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain("cannot be written").And.Contain("plugins-pdk"));
        Assert.That(Directory.EnumerateFileSystemEntries(_desk.WorkingFolder), Is.Empty);
    }

    [Test]
    public void New_OfAnUnknownTemplate_ListsThose()
    {
        var run = _desk.Run("new", "cobol", "mine");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("rust").And.Contain("assemblyscript"));
    }

    [Test]
    public void New_OfEachTemplate_IsTestedByOneCommand(
        [Values("rust", "c", "csharp", "assemblyscript")] string template)
    {
        _desk.Put("bin/plugins", "");
        _desk.Variables["PATH"] = _desk.PathOf("bin");
        var run = _desk.Run("new", template, "mine");
        Assert.That(run.Output, Does.EndWith("next: cd mine && sh test.sh\n").And.Not.Contain("The command plugins"));
        Assert.That(_desk.PathOf("mine/test.sh"), Does.Exist);
    }

    [Test]
    public void New_WhereTheCommandIsNotOnThePath_NamesItInTheNextStep()
    {
        _desk.Command = "/a folder/plugins";
        var run = _desk.Run("new", "c", "mine");
        Assert.That(run.Output, Does.EndWith("next: cd mine && PLUGINS='/a folder/plugins' sh test.sh\n"));
    }

    [Test]
    public void New_WhereNobodyKnowsTheCommand_TellsHowItIsInstalled()
    {
        var run = _desk.Run("new", "c", "mine");
        Assert.That(run.Output, Does.Contain("The command plugins is not on the path.")
            .And.Contain("dotnet tool install --global Plugins.Cli"));
        Assert.That(_desk.Run("new", "csharp", "cs").Output, Does.Not.Contain("The command plugins"));
    }

    [Test]
    public void New_InCSharp_TakesItsPackagesFromTheNamedFolder()
    {
        _desk.Put($"my & feed/Plugins.Pdk.{ToolVersion.Text}.nupkg", "");
        Assert.That(_desk.Run("new", "csharp", "mine", "--packages", "my & feed").ExitCode, Is.Zero);
        Assert.That(Encoding.UTF8.GetString(_desk.Read("mine/nuget.config")),
            Does.Contain($"value=\"{_desk.PathOf("my &amp; feed")}\""));
    }

    [Test]
    public void New_InCSharp_InARepository_TakesThePackagesThatItMade()
    {
        _desk.Put($"clone/artifacts/packages/Plugins.Pdk.{ToolVersion.Text}.nupkg", "");
        _desk.Command = _desk.PathOf("clone/src/Plugins.Cli/bin/Debug/net10.0/plugins");
        _desk.Run("new", "csharp", "mine");
        Assert.That(Encoding.UTF8.GetString(_desk.Read("mine/nuget.config")),
            Does.Contain(_desk.PathOf("clone/artifacts/packages")));
    }

    [Test]
    public void New_InCSharp_WithoutPackages_TellsHowToNameThem()
    {
        Assert.That(_desk.Run("new", "csharp", "mine").Output, Does.Contain("--packages names another folder"));
        Assert.That(_desk.PathOf("mine/nuget.config"), Does.Not.Exist);
    }

    [TestCase("csharp", "nowhere", "has no Plugins.Pdk.")]
    [TestCase("rust", ".", "--packages is for the template csharp")]
    public void New_WithPackagesThatAreNone_Refuses(string template, string folder, string expected)
    {
        var run = _desk.Run("new", template, "mine", "--packages", folder);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain(expected));
        Assert.That(_desk.PathOf("mine"), Does.Not.Exist);
    }

    [TestCase("rust", "rustup target add wasm32-unknown-unknown")]
    [TestCase("c", "apt-get install clang lld")]
    [TestCase("csharp", "apt-get install dotnet-sdk-10.0")]
    [TestCase("assemblyscript", "apt-get install nodejs npm")]
    public void New_WithoutItsToolchain_TellsTheCommandThatInstallsIt(string template, string command)
    {
        _desk.Variables["PATH"] = _desk.Folder;
        var run = _desk.Run("new", template, "mine");
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("missing: ").And.Contain($"install: ").And.Contain(command));
    }
}
