using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Plugins.Wasm.IL;

/// <summary>Makes assemblies that can be unloaded and that may use this assembly's internals.</summary>
/// <remarks>
/// Code in a collectible assembly is compiled once, with all optimisations, at the first call of each method.
/// </remarks>
internal static class DynamicCode
{
    /// <summary>Why a member may not be used where code cannot be generated.</summary>
    public const string Requirement = "Code is generated while the application runs.";

    private static readonly ConstructorInfo s_ignoresAccessChecksTo =
        typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;

    /// <summary>Whether this process can compile code while it runs; one compiled ahead of time cannot.</summary>
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    public static bool IsSupported => RuntimeFeature.IsDynamicCodeSupported;

    /// <param name="name">The simple name of the assembly, for debuggers and stack traces.</param>
    /// <param name="accessed">An assembly besides this one whose internals the code touches.</param>
    /// <exception cref="PlatformNotSupportedException">Code cannot be generated here.</exception>
    public static ModuleBuilder DefineModule(string name, Assembly? accessed = null)
    {
        if (!IsSupported)
        {
            throw Unsupported();
        }

        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName(name), AssemblyBuilderAccess.RunAndCollect);
        Open(assembly, typeof(DynamicCode).Assembly);
        if (accessed is not null && accessed != typeof(DynamicCode).Assembly)
        {
            Open(assembly, accessed);
        }

        return assembly.DefineDynamicModule(name);
    }

    public static TypeBuilder DefineStaticClass(ModuleBuilder module, string name) =>
        module.DefineType(name, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);

    /// <summary>Makes a structure of a size, without fields.</summary>
    public static Type DefineStructure(ModuleBuilder module, string name, int bytes) => module.DefineType(
        name,
        TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.SequentialLayout,
        typeof(ValueType),
        PackingSize.Size8,
        bytes).CreateType();

    /// <summary>What is thrown where it is not supported.</summary>
    public static PlatformNotSupportedException Unsupported() => new(
        "WebAssembly is compiled to .NET code while the application runs, which one that was compiled ahead of time "
        + "(NativeAOT) does not allow.");

    private static void Open(AssemblyBuilder assembly, Assembly accessed) =>
        assembly.SetCustomAttribute(
            new CustomAttributeBuilder(s_ignoresAccessChecksTo, [accessed.GetName().Name!]));
}
