using System.CommandLine;
using System.Text;
using Plugins.Cli.Answers;

namespace Plugins.Cli.Tests.Documentation;

/// <summary>
/// Writes the reference of the command, from the command itself and the records that it answers with.
/// </summary>
internal sealed class ReferencePage(RootCommand root)
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<Type> _described = [];

    internal static string Write(RootCommand root) => new ReferencePage(root).Write();

    private string Write()
    {
        foreach (var command in root.Subcommands)
        {
            Write(command);
        }

        Line("### In all commands");
        Line();
        WriteOptions(root);
        return _text.ToString().TrimEnd() + "\n";
    }

    private void Write(Command command)
    {
        Line($"### plugins {command.Name}");
        Line();
        Line(command.Description!);
        Line();
        Line("```text");
        Line(UsageOf(command));
        Line("```");
        Line();
        WriteArguments(command);
        WriteOptions(command);
        WriteJson(command.Name);
    }

    private static string UsageOf(Command command)
    {
        var arguments = command.Arguments.Select(
            argument => argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue
            ? $" [<{argument.Name}>]"
            : $" <{argument.Name}>");
        return $"plugins {command.Name}{string.Concat(arguments)}{(command.Options.Count > 0 ? " [options]" : "")}";
    }

    private void WriteArguments(Command command)
    {
        if (command.Arguments.Count == 0)
        {
            return;
        }

        Line("| argument | |");
        Line("| --- | --- |");
        foreach (var argument in command.Arguments)
        {
            var description = argument.Description
                + (argument.HasDefaultValue ? $" Default: `{argument.GetDefaultValue()}`." : "");
            Line($"| `{argument.Name}` | {Cell(description)} |");
        }

        Line();
    }

    private void WriteOptions(Command command)
    {
        if (command.Options.Count == 0)
        {
            return;
        }

        Line("| option | |");
        Line("| --- | --- |");
        foreach (var option in command.Options)
        {
            var names = string.Join(", ",
                option.Aliases.Append(option.Name).Order(StringComparer.Ordinal).Reverse().Select(name => $"`{name}`"));
            var value = option.HelpName is { } help ? $" `<{help}>`" : "";
            var fallback = option.HasDefaultValue && option.ValueType != typeof(bool)
                ? $" Default: `{option.GetDefaultValue()}`." : "";
            var required = option.Required ? " Required." : "";
            Line($"| {names}{Cell(value)} | {Cell(option.Description + fallback + required)} |");
        }

        Line();
    }

    private void WriteJson(string command)
    {
        var type = typeof(Answer).Assembly.GetTypes().Single(
            type => type.BaseType == typeof(Answer) && type != typeof(ErrorAnswer) && Answers(type, command));
        Line("With `--json`:");
        Line();
        WriteFields(type);
    }

    private static bool Answers(Type type, string command) =>
        type.Name.Equals(command + "Answer", StringComparison.OrdinalIgnoreCase)
        || (type == typeof(TextAnswer) && command == "completion");

    internal static IEnumerable<(string Name, Type Type, string? Description)> FieldsOf(Type type) =>
        AnswerContext.Default.GetTypeInfo(type)!.Properties.Where(property => property.Get is not null)
            .Select(property => (
            property.Name,
            property.PropertyType,
            property.AttributeProvider?.GetCustomAttributes(typeof(System.ComponentModel.DescriptionAttribute), true)
                .OfType<System.ComponentModel.DescriptionAttribute>().FirstOrDefault()?.Description));

    private void WriteFields(Type type)
    {
        Line("| field | | |");
        Line("| --- | --- | --- |");
        foreach (var (name, field, description) in FieldsOf(type).Where(field => !IsCommon(field.Name, type)))
        {
            Line($"| `{name}` | {NameOf(field)} | {Cell(description!)} |");
        }

        Line();
        foreach (var (name, field, _) in FieldsOf(type))
        {
            if (ItemOf(field) is { } item && _described.Add(item))
            {
                Line($"Each of `{name}`:");
                Line();
                WriteFields(item);
            }
        }
    }

    private static bool IsCommon(string name, Type type) =>
        type.IsAssignableTo(typeof(Answer)) && name is "command" or "ok" or "exitCode";

    /// <summary>The record that a field holds, or a list of.</summary>
    internal static Type? ItemOf(Type type)
    {
        var item = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : type;
        return item.Assembly == typeof(Answer).Assembly && !item.IsEnum ? item : null;
    }

    private static string NameOf(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? NameOf(inner)
        : type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(DateTimeOffset) ? "time (RFC 3339)"
        : type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(double) ? "number"
        : type.IsGenericType ? $"list of {(ItemOf(type) is null ? NameOf(type.GetGenericArguments()[0]) : "objects")}"
        : "object";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
