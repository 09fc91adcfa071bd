using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Emit;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A module that was decoded, validated and compiled, ready for any number of instances.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. Nothing has to be disposed: its code is unloaded by the garbage
/// collector once the module, its instances and their functions are unreachable. WebAssembly 2.0, section 2.5.
/// </remarks>
public sealed class Module
{
    private readonly Dictionary<string, ExportType> _exports;
    private readonly TypeIdentity[] _typeIdentities;
    private readonly ModuleDescription _description;

    private Module(ModuleDescription description, ModuleOptions options, CancellationToken cancellationToken)
    {
        BinaryModule binary = description.Binary;
        _description = description;
        MetersFuel = options.MeterFuel;
        _exports = binary.Exports.ToDictionary(export => export.Name, StringComparer.Ordinal);
        _typeIdentities = Array.ConvertAll(binary.Types, TypeIdentity.Of);
        MaximumResults = binary.Types.Length == 0 ? 0 : binary.Types.Max(type => type.Results.Length);
        Globals = GlobalPlace.Plan(binary);
        Code = ModuleEmitter.Emit(this, options, cancellationToken);
        MayChangeTables = Code.ChangesTables || binary.Exports.Any(export => export.Type.Kind == ExternKind.Table);
        Backtrace.Register(Code.Assembly, this);
        FindTableFunctions(cancellationToken);
    }

    /// <summary>What the module asks for, in order.</summary>
    public ImmutableArray<ImportType> Imports => _description.Imports;

    /// <summary>What the module offers, in order.</summary>
    public ImmutableArray<ExportType> Exports => _description.Exports;

    /// <summary>The module's name from its name section, or null.</summary>
    public string? Name => _description.Name;

    /// <summary>Whether it was compiled with <see cref="ModuleOptions.MeterFuel"/>.</summary>
    public bool MetersFuel { get; }

    /// <summary>How each of the module's own functions is compiled.</summary>
    public IReadOnlyList<CompiledFunction> Functions => Code.Functions;

    internal BinaryModule Binary => _description.Binary;

    internal CompiledCode Code { get; }

    internal GlobalPlace[] Globals { get; }

    internal int MaximumResults { get; }

    /// <summary>Whether anything but initialisation can change the module's own tables.</summary>
    internal bool MayChangeTables { get; }

    /// <summary>Decodes, validates and compiles a module.</summary>
    /// <param name="binary">The module in the binary format; copied.</param>
    /// <param name="options">How; <see cref="ModuleOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">
    /// Stops it, at any time within milliseconds: a module of a million functions takes many seconds.
    /// </param>
    /// <exception cref="MalformedModuleException">The bytes are not a module.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a validation rule.</exception>
    /// <exception cref="ModuleLimitException">The module is larger than the limits allow.</exception>
    /// <exception cref="UnsupportedFeatureException">The module uses a proposal that the engine lacks.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// Code cannot be generated here (native ahead-of-time compilation), or the system is not 64-bit little-endian.
    /// </exception>
    public static Module Compile(
        ReadOnlySpan<byte> binary, ModuleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnsupported();
        options ??= ModuleOptions.Default;
        return CompileValid(
            ModuleDescription.Read(binary, options.Limits, cancellationToken), options, cancellationToken);
    }

    /// <summary>Decodes and validates a module, and throws where <see cref="Compile"/> would.</summary>
    /// <inheritdoc cref="Compile" path="/exception[@cref!='T:System.PlatformNotSupportedException']"/>
    public static void Validate(
        ReadOnlySpan<byte> binary, ModuleLimits? limits = null, CancellationToken cancellationToken = default) =>
        ModuleDescription.Read(binary, limits ?? ModuleLimits.Default, cancellationToken);

    /// <summary>Decodes and validates a module as <see cref="Compile"/> does, and tells what is in it.</summary>
    /// <param name="binary">The module in the binary format; copied.</param>
    /// <param name="limits">What it may be at the most; <see cref="ModuleLimits.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <remarks>Works where code cannot be generated, too.</remarks>
    /// <inheritdoc cref="Compile" path="/exception[@cref!='T:System.PlatformNotSupportedException']"/>
    public static ModuleDescription Describe(
        ReadOnlySpan<byte> binary, ModuleLimits? limits = null, CancellationToken cancellationToken = default) =>
        ModuleDescription.Read(binary, limits ?? ModuleLimits.Default, cancellationToken);

    /// <summary>Lists the sections of a module, of one that would be refused as well.</summary>
    /// <param name="binary">The module in the binary format.</param>
    /// <param name="limits">Size limits for the module; <see cref="ModuleLimits.Default"/> where null.</param>
    /// <returns>
    /// The sections before the first that is cut off or has no valid length; none where the bytes are no module, or
    /// are more than <see cref="ModuleLimits.ModuleBytes"/>.
    /// </returns>
    /// <remarks>Only each section's frame is read. It throws nothing, whatever the bytes are.</remarks>
    public static ImmutableArray<ModuleSection> ListSections(
        ReadOnlySpan<byte> binary, ModuleLimits? limits = null) =>
        SectionList.Read(binary, limits ?? ModuleLimits.Default);

    /// <summary>The custom sections of that name, in order. Their contents are the guest's words.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> GetCustomSections(string name) => _description.GetCustomSections(name);

    /// <summary>Compiles what was decoded and validated.</summary>
    internal static Module CompileValid(
        ModuleDescription description, ModuleOptions options, CancellationToken cancellationToken) =>
        new(description, options, cancellationToken);

    internal bool TryGetExport(string name, [NotNullWhen(true)] out ExportType? export) =>
        _exports.TryGetValue(name, out export);

    internal TypeIdentity TypeIdentityOf(int function) => _typeIdentities[Binary.FunctionTypeIndices[function]];

    internal TypeIdentity TypeIdentityAt(int type) => _typeIdentities[type];

    /// <summary>A function's name from the name section, else the first name it is exported under.</summary>
    internal string? NameOfFunction(int index) => _description.GetFunctionName(index);

    /// <summary>Looks up what every instance puts into tables, so that the first one need not.</summary>
    private void FindTableFunctions(CancellationToken cancellationToken)
    {
        int imported = Binary.FunctionTypeIndices.Length - Functions.Count;
        foreach (ElementSegment segment in Binary.Elements)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ConstantExpression item in segment.Items)
            {
                if (segment.Mode == SegmentMode.Active && item.Opcode == Opcode.RefFunc && (int)item.Bits >= imported)
                {
                    Code.AddressOf((int)item.Bits - imported);
                }
            }
        }
    }

    private static void ThrowIfUnsupported()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Compiling needs dynamic code on a 64-bit little-endian system.");
        }
    }
}
