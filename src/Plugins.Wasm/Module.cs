using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Emit;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

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
    private readonly NameSection _names;
    private readonly Lazy<Dictionary<int, string>> _exportedNames;

    private Module(BinaryModule binary, ModuleOptions options)
    {
        Binary = binary;
        MetersFuel = options.MeterFuel;
        Imports = ImmutableCollectionsMarshal.AsImmutableArray(binary.Imports);
        Exports = ImmutableCollectionsMarshal.AsImmutableArray(binary.Exports);
        _exports = binary.Exports.ToDictionary(export => export.Name, StringComparer.Ordinal);
        _typeIdentities = Array.ConvertAll(binary.Types, TypeIdentity.Of);
        _names = new NameSection(binary);
        _exportedNames = new Lazy<Dictionary<int, string>>(NameExportedFunctions);
        MaximumResults = binary.Types.Length == 0 ? 0 : binary.Types.Max(type => type.Results.Length);
        Globals = GlobalPlace.Plan(binary);
        Code = ModuleEmitter.Emit(this, options.Limits);
        MayChangeTables = Code.ChangesTables || binary.Exports.Any(export => export.Type.Kind == ExternKind.Table);
        Backtrace.Register(Code.Assembly, this);
    }

    /// <summary>What the module asks for, in order.</summary>
    public ImmutableArray<ImportType> Imports { get; }

    /// <summary>What the module offers, in order.</summary>
    public ImmutableArray<ExportType> Exports { get; }

    /// <summary>The module's name from its name section, or null.</summary>
    public string? Name => _names.ModuleName;

    /// <summary>Whether it was compiled with <see cref="ModuleOptions.MeterFuel"/>.</summary>
    public bool MetersFuel { get; }

    /// <summary>How each of the module's own functions is compiled.</summary>
    public IReadOnlyList<CompiledFunction> Functions => Code.Functions;

    internal BinaryModule Binary { get; }

    internal CompiledCode Code { get; }

    internal GlobalPlace[] Globals { get; }

    internal int MaximumResults { get; }

    /// <summary>Whether anything but initialisation can change the module's own tables.</summary>
    internal bool MayChangeTables { get; }

    /// <summary>Decodes, validates and compiles a module.</summary>
    /// <param name="binary">The module in the binary format; copied.</param>
    /// <param name="options">How; <see cref="ModuleOptions.Default"/> where null.</param>
    /// <exception cref="MalformedModuleException">The bytes are not a module.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a validation rule.</exception>
    /// <exception cref="ModuleLimitException">The module is larger than the limits allow.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// Code cannot be generated here (native ahead-of-time compilation), or the system is not 64-bit little-endian.
    /// </exception>
    public static Module Compile(ReadOnlySpan<byte> binary, ModuleOptions? options = null)
    {
        ThrowIfUnsupported();
        options ??= ModuleOptions.Default;
        return new Module(DecodeAndValidate(binary, options.Limits), options);
    }

    /// <summary>Decodes and validates a module, and throws where <see cref="Compile"/> would.</summary>
    /// <inheritdoc cref="Compile" path="/exception[@cref!='T:System.PlatformNotSupportedException']"/>
    public static void Validate(ReadOnlySpan<byte> binary, ModuleLimits? limits = null) =>
        DecodeAndValidate(binary, limits ?? ModuleLimits.Default);

    /// <summary>The custom sections of that name, in order. Their contents are the guest's words.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> GetCustomSections(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Binary.CustomSections
            .Where(section => section.Name == name)
            .Select(section => (ReadOnlyMemory<byte>)Binary.Bytes.AsMemory(section.Start, section.Length));
    }

    internal bool TryGetExport(string name, [NotNullWhen(true)] out ExportType? export) =>
        _exports.TryGetValue(name, out export);

    internal TypeIdentity TypeIdentityOf(int function) => _typeIdentities[Binary.FunctionTypeIndices[function]];

    internal TypeIdentity TypeIdentityAt(int type) => _typeIdentities[type];

    /// <summary>A function's name from the name section, else the first name it is exported under.</summary>
    internal string? NameOfFunction(int index) =>
        _names.FunctionName(index) ?? _exportedNames.Value.GetValueOrDefault(index);

    private Dictionary<int, string> NameExportedFunctions()
    {
        Dictionary<int, string> names = [];
        foreach (ExportType export in Binary.Exports)
        {
            if (export.Type.Kind == ExternKind.Function)
            {
                names.TryAdd(export.Index, export.Name);
            }
        }

        return names;
    }

    private static BinaryModule DecodeAndValidate(ReadOnlySpan<byte> binary, ModuleLimits limits)
    {
        BinaryModule module = ModuleDecoder.Decode(binary, limits);
        ModuleValidator.Validate(module, limits);
        return module;
    }

    private static void ThrowIfUnsupported()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Compiling needs dynamic code on a 64-bit little-endian system.");
        }
    }
}
