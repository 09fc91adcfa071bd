using System.Text;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Diagnostics.Demangling;

namespace Plugins.Wasm.Binary.Sections;

/// <summary>The names a module gives itself, its functions and locals, for people; nothing depends on them.</summary>
/// <remarks>
/// Parsed when a name is first asked for. A broken section gives the names that stand before the break, never an error.
/// Names are what the module says: they may hold any character, and are cut to 256 bytes. Each is made once. Safe for
/// use by many threads.
/// WebAssembly 2.0, section 7.4.1.
/// </remarks>
internal sealed class NameSection
{
    private const string SectionName = "name";
    private const byte ModuleSubsection = 0;
    private const byte FunctionSubsection = 1;
    private const byte LocalSubsection = 2;

    // No function may have more, and names of locals that are not there would take memory.
    private const int MaximumLocals = 50_000;

    private readonly byte[] _bytes;
    private readonly Lazy<Names> _names;
    private readonly Lazy<Dictionary<int, Extent>> _locals;

    public NameSection(BinaryModule module)
    {
        _bytes = module.Bytes;
        _names = new Lazy<Names>(() => Read(module));
        _locals = new Lazy<Dictionary<int, Extent>>(FindLocals);
    }

    /// <summary>The module's name, or null.</summary>
    public string? ModuleName => TextOf(_names.Value.Module);

    /// <summary>The name of the function at <paramref name="index"/>, imports included, or null.</summary>
    public string? FunctionName(int index)
    {
        ReadOnlySpan<Extent> functions = _names.Value.Functions;
        if ((uint)index >= (uint)functions.Length)
        {
            return null;
        }

        // A backtrace names the same function many times, and all of them keep its name.
        ref string? known = ref _names.Value.Texts[index];
        if (Volatile.Read(ref known) is null && TextOf(functions[index]) is string text)
        {
            Interlocked.CompareExchange(ref known, text, null);
        }

        return known;
    }

    /// <summary>That name as the source has it, where a compiler of Rust or C++ has mangled it.</summary>
    /// <remarks>Demangling is cheap but not free, and a guest can trap often: each name is demangled once.</remarks>
    public string? ReadableFunctionName(int index)
    {
        if (FunctionName(index) is not string name || !name.StartsWith('_'))
        {
            return FunctionName(index);
        }

        ref string? known = ref _names.Value.ReadableTexts[index];
        if (Volatile.Read(ref known) is null)
        {
            Interlocked.CompareExchange(ref known, Demangle(_names.Value.Functions[index]) ?? name, null);
        }

        return known;
    }

    /// <summary>The names of a function's locals, parameters among them, by their indices.</summary>
    /// <remarks>Read each time; those of one function only.</remarks>
    public Dictionary<int, string> LocalNames(int function)
    {
        Dictionary<int, string> names = [];
        if (!_locals.Value.TryGetValue(function, out Extent map))
        {
            return names;
        }

        // It was read once, so that it is well-formed.
        ModuleReader reader = new(_bytes.AsSpan(0, map.Start + map.Length), map.Start);
        for (int count = reader.ReadLength(); count > 0; count--)
        {
            int local = reader.ReadIndex();
            Extent name = ReadExtent(ref reader);
            if (local < MaximumLocals && TextOf(name) is string text)
            {
                names.TryAdd(local, text);
            }
        }

        return names;
    }

    private Dictionary<int, Extent> FindLocals()
    {
        Dictionary<int, Extent> maps = [];
        Extent subsection = _names.Value.Locals;
        ModuleReader reader = new(_bytes.AsSpan(0, subsection.Start + subsection.Length), subsection.Start);
        try
        {
            for (int count = subsection.Length == 0 ? 0 : reader.ReadLength(); count > 0; count--)
            {
                int function = reader.ReadIndex();
                int start = reader.Position;
                for (int names = reader.ReadLength(); names > 0; names--)
                {
                    reader.ReadIndex();
                    ReadExtent(ref reader);
                }

                if (function < _names.Value.Functions.Length)
                {
                    maps.TryAdd(function, new Extent(start, reader.Position - start));
                }
            }
        }
        catch (MalformedModuleException)
        {
            // What was read so far is as good as it gets.
        }

        return maps;
    }

    private string? Demangle(Extent name)
    {
        // The whole of it is needed, unlike of what is shown; mangled names are ASCII.
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(name.Start, name.Length);
        return bytes.Length <= Demangler.MaximumLength && Ascii.IsValid(bytes)
            && Demangler.TryDemangle(Encoding.ASCII.GetString(bytes)) is string readable
                ? ForeignText.Cut(readable, ForeignText.NameBytes)
                : null;
    }

    private static Names Read(BinaryModule module)
    {
        Names names = new(new Extent[module.FunctionTypeIndices.Length]);
        CustomSection section = Array.Find(module.CustomSections, custom => custom.Name == SectionName);
        ModuleReader reader = new(module.Bytes.AsSpan(0, section.Start + section.Length), section.Start);
        try
        {
            while (!reader.IsAtEnd)
            {
                ReadSubsection(ref reader, names);
            }
        }
        catch (MalformedModuleException)
        {
            // What was read so far is as good as it gets.
        }

        return names;
    }

    // Its own reader keeps a subsection from reading into the next, which would then be read again and again.
    private static void ReadSubsection(ref ModuleReader section, Names names)
    {
        byte id = section.ReadByte();
        int length = section.ReadLength();
        ModuleReader reader = section.Within(length);
        section.Skip(length);
        if (id == ModuleSubsection)
        {
            names.Module = ReadExtent(ref reader);
        }
        else if (id == FunctionSubsection)
        {
            ReadFunctionNames(ref reader, names.Functions);
        }
        else if (id == LocalSubsection)
        {
            names.Locals = new Extent(reader.Position, length);
        }
    }

    private static void ReadFunctionNames(ref ModuleReader reader, Extent[] functions)
    {
        for (int count = reader.ReadLength(); count > 0; count--)
        {
            int function = reader.ReadIndex();
            Extent name = ReadExtent(ref reader);
            if (function < functions.Length)
            {
                functions[function] = name;
            }
        }
    }

    private static Extent ReadExtent(ref ModuleReader reader)
    {
        int length = reader.ReadLength();
        int start = reader.Position;
        reader.Skip(length);
        return new Extent(start, length);
    }

    private string? TextOf(Extent name)
    {
        try
        {
            int length = ForeignText.LengthOfName(_bytes.AsSpan(name.Start, name.Length));
            return length == 0 ? null : ModuleReader.StrictUtf8.GetString(_bytes, name.Start, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private readonly record struct Extent(int Start, int Length);

    private sealed class Names(Extent[] functions)
    {
        private string?[]? _readableTexts;

        public Extent[] Functions { get; } = functions;

        /// <summary>The names of those functions that were asked for.</summary>
        public string?[] Texts { get; } = new string?[functions.Length];

        /// <summary>The same, demangled; allocated when the first is asked for.</summary>
        public string?[] ReadableTexts => LazyInitializer.EnsureInitialized(
            ref _readableTexts, () => new string?[Functions.Length]);

        public Extent Module { get; set; }

        /// <summary>The subsection of locals, which is read when one is asked for.</summary>
        public Extent Locals { get; set; }
    }
}
