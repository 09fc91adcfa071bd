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
        Assert.That(_desk.Run("new", "c", "mine").Errors, Does.Contain("is there already"));
        Assert.That(Directory.EnumerateFiles(_desk.PathOf("mine")).Count(), Is.EqualTo(1));
    }

    [Test]
    public void New_OfAnUnknownTemplate_ListsThose()
    {
        var run = _desk.Run("new", "cobol", "mine");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("rust").And.Contain("assemblyscript"));
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
