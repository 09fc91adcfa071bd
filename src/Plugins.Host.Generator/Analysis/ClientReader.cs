using Microsoft.CodeAnalysis;
using Plugins.Host.Generator.Diagnostics;
using Plugins.Host.Generator.Shapes;
using Plugins.Pdk.Generator.Analysis;
using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Host.Generator.Analysis;

/// <summary>Finds out how an interface becomes a client.</summary>
internal static class ClientReader
{
    /// <summary>Null where it has faults.</summary>
    public static ClientShape? Read(
        INamedTypeSymbol client, AttributeData attribute, ClientFaults faults, CancellationToken cancellation)
    {
        string plugin = attribute.FirstArgument() as string ?? "";
        if (plugin.Length == 0)
        {
            faults.Add(client, ClientRules.Name, client.Name, "plugin");
        }

        if (client.IsGenericType || client.ContainingType is not null || client.IsFileLocal
            || client.Interfaces.Length > 0)
        {
            faults.Add(client, ClientRules.Interface, client.Name);
        }

        var format = new ClientFormat(client, attribute, faults);
        var methods = new List<ClientMethod>();
        foreach (ISymbol member in client.GetMembers())
        {
            cancellation.ThrowIfCancellationRequested();
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsAbstract: true, IsStatic: false } method)
            {
                methods.Add(new MethodReader(method, format, faults).Read());
            }
            else if (!member.IsImplicitlyDeclared && member is not IMethodSymbol { AssociatedSymbol: not null })
            {
                faults.Add(member, ClientRules.Member, member.Name);
            }
        }

        return faults.Any ? null : new ClientShape(
            client.ContainingNamespace.IsGlobalNamespace ? "" : client.ContainingNamespace.ToDisplayString(),
            client.ToCode(),
            NameOf(client.Name),
            client.DeclaredAccessibility == Accessibility.Public,
            plugin,
            format.Context?.ToCode() ?? "",
            methods.ToEquatableArray());
    }

    /// <summary><c>PricingClient</c> for <c>IPricing</c>.</summary>
    private static string NameOf(string name)
    {
        string plain = name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;
        return plain.EndsWith("Client", StringComparison.Ordinal) && plain != name ? plain : plain + "Client";
    }
}
