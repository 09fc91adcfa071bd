using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

namespace Plugins.Wasm.Tests.Support;

/// <summary>What decoding and validation say of a module. Another exception than theirs fails the test.</summary>
internal sealed record Verdict(string Kind, string Reason, int Offset)
{
    public static Verdict Valid { get; } = new("valid", "", 0);

    public static Verdict Of(ModuleBuilder module, ModuleLimits? limits = null) => Of(module.Build(), limits);

    public static Verdict Of(ReadOnlySpan<byte> wasm, ModuleLimits? limits = null)
    {
        try
        {
            BinaryModule module = ModuleDecoder.Decode(wasm, limits ?? ModuleLimits.Default);
            ModuleValidator.Validate(module, limits ?? ModuleLimits.Default);
            return Valid;
        }
        catch (MalformedModuleException exception)
        {
            return new Verdict("malformed", exception.Reason, exception.Offset);
        }
        catch (InvalidModuleException exception)
        {
            return new Verdict("invalid", exception.Reason, exception.Offset);
        }
        catch (UnsupportedFeatureException exception)
        {
            return new Verdict("unsupported", exception.Feature, exception.Offset);
        }
        catch (ModuleLimitException exception)
        {
            return new Verdict("limit", exception.Limit, exception.Offset);
        }
    }

    /// <summary>The verdict on a body without parameters, in a module that has one of everything.</summary>
    public static Verdict OfBody(ValueKind[] results, Action<CodeBuilder> code, ModuleLimits? limits = null) =>
        Of(RichModule.Create().Function([], results, code), limits);

    public override string ToString() => $"{Kind}: {Reason}";
}
