using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Writes how members that were read become an object.</summary>
internal sealed class ConstructionEmitter(CodeWriter code, ObjectShape shape)
{
    /// <summary>An object that needs nothing to be made is made first, and filled as its members come.</summary>
    private readonly bool _isMadeFirst = !shape.Members.Any(member => member.IsNeededFirst);

    private IEnumerable<MemberShape> Locals => _isMadeFirst
        ? []
        : shape.Members.Where(member => member.Assignment is not Assignment.Skipped);

    public void EmitLocals()
    {
        if (_isMadeFirst)
        {
            code.Line($"var result = {New()};");
        }

        foreach (MemberShape member in Locals)
        {
            code.Line($"{member.Read.Declared} {member.Local} = {member.Default ?? "default"};");
        }
    }

    public string StoreOf(MemberShape member) => member.Assignment switch
    {
        Assignment.Skipped => "reader.Skip();",
        _ when _isMadeFirst => $"result.{member.Identifier} = {ValueCode.Read(member.Read)};",
        _ => $"{member.Local} = {ValueCode.Read(member.Read)};",
    };

    public void EmitResult(SeenBits seen)
    {
        if (_isMadeFirst)
        {
            code.Line("return result;");
            return;
        }

        EmitFresh(seen);
        MemberShape[] initialized = [.. shape.Members.Where(member => member.IsInInitializer)];
        MemberShape[] assigned = [.. shape.Members.Where(member => member.Assignment is Assignment.Setter)];
        string head = assigned.Length is 0 ? "return " : "var result = ";
        EmitNew(head, initialized.Select(member => $"{member.Identifier} = {Initial(member, seen)},"));
        foreach (MemberShape member in assigned)
        {
            code.Open($"if ({seen.IsSet(IndexOf(member))})");
            code.Line($"result.{member.Identifier} = {member.Local};");
            code.Close();
            code.Line();
        }

        if (assigned.Length > 0)
        {
            code.Line("return result;");
        }
    }

    /// <summary>An object whose own initializers say what init-only members have that did not come.</summary>
    private void EmitFresh(SeenBits seen)
    {
        int[] asked = [.. shape.Members.Where(AsksFresh).Select(IndexOf)];
        if (asked.Length is 0)
        {
            return;
        }

        code.Line($"{shape.TypeName}{(shape.IsValueType ? "" : "?")} fresh = default;");
        code.Open($"if (!({seen.AreSet(asked)}))");
        EmitNew("fresh = ", shape.Members.Where(member => member.IsRequiredByLanguage && member.IsInInitializer)
            .Select(member => $"{member.Identifier} = {member.Local},"));
        code.Close();
        code.Line();
    }

    private void EmitNew(string head, IEnumerable<string> initializers)
    {
        string[] lines = [.. initializers];
        if (lines.Length is 0)
        {
            code.Line($"{head}{New()};");
            return;
        }

        code.Open(head + New());
        foreach (string line in lines)
        {
            code.Line(line);
        }

        code.Close(";");
    }

    private string New() => $"new {shape.TypeName}({string.Join(", ", shape.Arguments)})";

    private string Initial(MemberShape member, SeenBits seen) => AsksFresh(member)
        ? $"{seen.IsSet(IndexOf(member))} ? {member.Local} : fresh.{member.Identifier}"
        : member.Local;

    private static bool AsksFresh(MemberShape member) =>
        member is { Assignment: Assignment.InitOnly, Default: null, IsRequired: false };

    private int IndexOf(MemberShape member) => Array.IndexOf([.. shape.Members], member);
}
