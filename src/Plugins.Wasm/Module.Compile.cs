using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Binary.Sections;
using Plugins.Wasm.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Runtime.Tiering;
using Plugins.Wasm.Translation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <content>The ways from bytes through the engine's phases; the only part that knows all of them.</content>
public sealed partial class Module
{
    /// <summary>Features beyond WebAssembly's first version that modules may use when they are compiled here.</summary>
    /// <value>Names that toolchains and manifests use, such as <c>bulk-memory</c>.</value>
    public static IReadOnlySet<string> Features { get; } = ModuleDescription.KnownFeatures;

    /// <summary>Decodes, validates and compiles a module.</summary>
    /// <param name="binary">The module in the binary format; copied.</param>
    /// <param name="options">Options; <see cref="ModuleOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">
    /// Stops it, at any time within milliseconds: a module of a million functions takes many seconds.
    /// </param>
    /// <exception cref="MalformedModuleException">The bytes are not a module.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a validation rule.</exception>
    /// <exception cref="ModuleLimitException">The module is larger than the limits allow.</exception>
    /// <exception cref="UnsupportedFeatureException">
    /// The module uses a proposal that the engine lacks, or that the options switch off.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not 64-bit little-endian.</exception>
    public static Module Compile(
        ReadOnlySpan<byte> binary, ModuleOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= ModuleOptions.Default;
        ThrowIfUnsupported();
        return CompileValid(
            ModuleDescription.Read(binary, options.Limits, options.Features ?? Features, cancellationToken),
            options,
            cancellationToken);
    }

    /// <summary>Decodes, validates and compiles a module without copying it.</summary>
    /// <param name="binary">The module in the binary format; kept, as nobody can change it.</param>
    /// <param name="options">How; <see cref="ModuleOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <inheritdoc cref="Compile(ReadOnlySpan{byte}, ModuleOptions?, CancellationToken)" path="/exception"/>
    [OverloadResolutionPriority(-1)] // A collection expression fits both.
    public static Module Compile(
        ImmutableArray<byte> binary, ModuleOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= ModuleOptions.Default;
        ThrowIfUnsupported();
        return CompileValid(
            ModuleDescription.Read(binary, options.Limits, options.Features ?? Features, cancellationToken),
            options,
            cancellationToken);
    }

    /// <summary>Compiles a module in the text format.</summary>
    /// <param name="text">The module, as <see cref="TextFormat"/> reads it.</param>
    /// <param name="options">Options; <see cref="ModuleOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <remarks>Offsets in errors and backtraces are in the module that <see cref="TextFormat"/> makes of it.</remarks>
    /// <exception cref="MalformedTextException">The text is not a module.</exception>
    /// <inheritdoc cref="Compile(ReadOnlySpan{byte}, ModuleOptions?, CancellationToken)" path="/exception"/>
    public static Module Parse(
        string text, ModuleOptions? options = null, CancellationToken cancellationToken = default)
    {
        byte[] binary = TextFormat.ToBinary(text, cancellationToken: cancellationToken);
        return Compile(ImmutableCollectionsMarshal.AsImmutableArray(binary), options, cancellationToken);
    }

    /// <summary>Decodes and validates a module, and throws where Compile would.</summary>
    /// <inheritdoc cref="Describe(ReadOnlySpan{byte}, ModuleLimits?, CancellationToken)" path="/exception"/>
    public static void Validate(
        ReadOnlySpan<byte> binary, ModuleLimits? limits = null, CancellationToken cancellationToken = default) =>
        ModuleDescription.Read(binary, limits ?? ModuleLimits.Default, Features, cancellationToken);

    /// <summary>Decodes and validates a module as Compile does, and describes what is in it.</summary>
    /// <param name="binary">The module in the binary format; copied.</param>
    /// <param name="limits">Size limits for the module; <see cref="ModuleLimits.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <remarks>Works where code cannot be generated, too.</remarks>
    /// <exception cref="MalformedModuleException">The bytes are not a module.</exception>
    /// <exception cref="InvalidModuleException">The module breaks a validation rule.</exception>
    /// <exception cref="ModuleLimitException">The module is larger than the limits allow.</exception>
    /// <exception cref="UnsupportedFeatureException">The module uses a proposal that the engine lacks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ModuleDescription Describe(
        ReadOnlySpan<byte> binary, ModuleLimits? limits = null, CancellationToken cancellationToken = default) =>
        ModuleDescription.Read(binary, limits ?? ModuleLimits.Default, Features, cancellationToken);

    /// <summary>Decodes and validates a module for an engine that has features of its own.</summary>
    /// <param name="binary">The module in the binary format; copied.</param>
    /// <param name="features">Names of the features that the module may use, of those that are known here.</param>
    /// <param name="limits">Size limits for the module; <see cref="ModuleLimits.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <inheritdoc cref="Describe(ReadOnlySpan{byte}, ModuleLimits?, CancellationToken)" path="/exception"/>
    public static ModuleDescription Describe(
        ReadOnlySpan<byte> binary,
        IReadOnlySet<string> features,
        ModuleLimits? limits = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        return ModuleDescription.Read(binary, limits ?? ModuleLimits.Default, features, cancellationToken);
    }

    /// <summary>Decodes and validates a module without copying it, and tells what is in it.</summary>
    /// <param name="binary">The module in the binary format; kept, as nobody can change it.</param>
    /// <param name="features">Names of the features that the module may use, of those that are known here.</param>
    /// <param name="limits">Size limits for the module; <see cref="ModuleLimits.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <inheritdoc cref="Describe(ReadOnlySpan{byte}, ModuleLimits?, CancellationToken)" path="/exception"/>
    [OverloadResolutionPriority(-1)]
    public static ModuleDescription Describe(
        ImmutableArray<byte> binary,
        IReadOnlySet<string> features,
        ModuleLimits? limits = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        return ModuleDescription.Read(binary, limits ?? ModuleLimits.Default, features, cancellationToken);
    }

    /// <summary>Lists the sections of a module, of one that would be refused as well.</summary>
    /// <param name="binary">The module in the binary format.</param>
    /// <param name="limits">Size limits for the module; <see cref="ModuleLimits.Default"/> where null.</param>
    /// <returns>
    /// The sections before the first that is cut off or has no valid length; none where the bytes are no module, or
    /// are more than <see cref="ModuleLimits.ModuleBytes"/>.
    /// </returns>
    /// <remarks>Only each section's frame is read. It throws nothing, whatever the bytes are.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public static ImmutableArray<ModuleSection> ListSections(
        ReadOnlySpan<byte> binary, ModuleLimits? limits = null) =>
        SectionList.Read(binary, limits ?? ModuleLimits.Default);

    /// <summary>Compiles what was decoded and validated.</summary>
    internal static Module CompileValid(
        ModuleDescription description, ModuleOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        var made = new Module(
            description,
            options.MeterFuel,
            options.CanonicalizesNaNs,
            TranslatorOf,
            module => (function, cell) => ModuleTranslation.FindOrigin(module, function, cell),
            options.Mode == ExecutionMode.Interpreted ? null : module => MakeCompiler(module, options),
            options.Tiering with { Budget = options.CompilationTime, NotesAll = options.OutlinesAt > 0 });
        if (options.Mode == ExecutionMode.Compiled)
        {
            CompilationQueue.Run(
                () => made.Tiers.CompileAll(progress: null, cancellationToken), cancellationToken);
        }

        return made;
    }

    private static unsafe FunctionTranslation TranslatorOf(Module module) =>
        (function, store) => ModuleTranslation.Translate(module, function, store);

    private static FunctionCompiler? MakeCompiler(Module module, ModuleOptions options) =>
        DynamicCode.IsSupported ? new FunctionCompiler(module, options) : null;

    private static void ThrowIfUnsupported()
    {
        if (!Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Modules run on 64-bit little-endian systems only.");
        }
    }
}
