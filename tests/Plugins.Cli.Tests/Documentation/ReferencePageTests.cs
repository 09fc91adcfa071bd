using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Documentation;

/// <summary>docs/cli.md says what the command does, because the command wrote it.</summary>
internal sealed class ReferencePageTests
{
    private const string Page = "docs/cli.md";
    private const string Begin = "<!-- Written by the command: PLUGINS_UPDATE_CLI_DOCS=1 ./test.sh Cli -->\n";
    private const string End = "<!-- End of what the command wrote -->\n";

    [Test]
    public void Page_InTheRepository_IsWhatTheCommandWrites()
    {
        var path = Repository.FullPath(Page);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        var expected = $"{text[..start]}\n{ReferencePage.Write(Root())}\n{text[end..]}";
        if (Environment.GetEnvironmentVariable("PLUGINS_UPDATE_CLI_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.That(File.ReadAllText(path).ReplaceLineEndings("\n"), Is.EqualTo(expected),
            "PLUGINS_UPDATE_CLI_DOCS=1 rewrites it.");
    }

    [Test]
    public void Page_AboutExitCodes_NamesEachOne([Values] ExitCode code)
    {
        Assert.That(File.ReadAllText(Repository.FullPath(Page)), Does.Contain($"| {(int)code} | "));
    }

    [Test]
    public void EveryField_OfEveryAnswer_IsDescribed()
    {
        var answers = typeof(Answer).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(Answer)) && !type.IsAbstract);
        var undescribed = answers.SelectMany(AndItems).SelectMany(type => ReferencePage.FieldsOf(type)
            .Where(field => string.IsNullOrEmpty(field.Description))
            .Select(field => $"{type.Name}.{field.Name}"));
        Assert.That(undescribed, Is.Empty);
    }

    [Test]
    public void EverySymbol_OfEveryCommand_IsDescribedInASentence()
    {
        var symbols = Root().Subcommands.SelectMany(command =>
            command.Options.Select(option => option.Description)
                .Concat(command.Arguments.Select(argument => argument.Description))
                .Append(command.Description));
        Assert.That(symbols, Has.All.Not.Null.And.All.EndsWith("."));
    }

    private static IEnumerable<Type> AndItems(Type type) => ReferencePage.FieldsOf(type)
        .Select(field => ReferencePage.ItemOf(field.Type)).OfType<Type>().SelectMany(AndItems).Prepend(type);

    private static System.CommandLine.RootCommand Root() => PluginsCommand.Create(new Surroundings
    {
        Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null, Folder = Path.GetTempPath(),
    });
}
