using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Support;

/// <content>Writing the sections.</content>
internal sealed partial class ModuleBuilder
{
    /// <summary>The magic number and the version.</summary>
    public static ReadOnlySpan<byte> Header => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    /// <summary>A section of any content.</summary>
    public static byte[] Section(int id, params ReadOnlySpan<byte> content) =>
        new ByteWriter().Byte(id).Sized(content).ToArray();

    /// <summary>A header, then the sections as they are.</summary>
    public static byte[] Assemble(params byte[][] sections)
    {
        ByteWriter module = new ByteWriter().Bytes(Header);
        foreach (byte[] section in sections)
        {
            module.Bytes(section);
        }

        return module.ToArray();
    }

    public byte[] Build()
    {
        ByteWriter module = new ByteWriter().Bytes(Header);
        Write(module, 1, _types);
        Write(module, 2, _imports);
        Write(module, 3, _functions);
        Write(module, 4, _tables);
        Write(module, 5, _memories);
        Write(module, 6, _globals);
        Write(module, 7, _exports);
        WriteNumber(module, 8, _start);
        Write(module, 9, _elements);
        WriteNumber(module, 12, DataCountToWrite());
        Write(module, 10, _bodies);
        Write(module, 11, _data);
        foreach (byte[] custom in _customSections)
        {
            module.Bytes(Section(0, custom));
        }

        return module.ToArray();
    }

    private static void Write(ByteWriter module, int id, List<byte[]> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        ByteWriter content = new ByteWriter().UInt32((uint)items.Count);
        foreach (byte[] item in items)
        {
            content.Bytes(item);
        }

        module.Bytes(Section(id, content.ToArray()));
    }

    private static void WriteNumber(ByteWriter module, int id, uint? number)
    {
        if (number is uint value)
        {
            module.Bytes(Section(id, new ByteWriter().UInt32(value).ToArray()));
        }
    }

    private static byte[] TypeBytes(ValueKind[] parameters, ValueKind[] results) =>
        new ByteWriter().Byte(FunctionForm).Kinds(parameters).Kinds(results).ToArray();

    private static (uint Count, ValueKind Kind)[] Runs(ValueKind[] locals)
    {
        List<(uint Count, ValueKind Kind)> runs = [];
        foreach (ValueKind kind in locals)
        {
            if (runs.Count > 0 && runs[^1].Kind == kind)
            {
                runs[^1] = (runs[^1].Count + 1, kind);
            }
            else
            {
                runs.Add((1, kind));
            }
        }

        return [.. runs];
    }

    private static void Indices(ByteWriter item, uint[] functions)
    {
        item.UInt32((uint)functions.Length);
        foreach (uint function in functions)
        {
            item.UInt32(function);
        }
    }

    private static void Expressions(ByteWriter item, Action<CodeBuilder>[] expressions)
    {
        item.UInt32((uint)expressions.Length);
        foreach (Action<CodeBuilder> expression in expressions)
        {
            item.Bytes(CodeBuilder.Bytes(expression)).Byte(0x0B);
        }
    }

    private uint? DataCountToWrite() =>
        _omitsDataCount ? null : _dataCount ?? (_data.Count > 0 ? (uint)_data.Count : null);

    private ModuleBuilder Import(string module, string name, ExternKind kind, Action<ByteWriter> description)
    {
        _importCounts[(int)kind]++;
        return Add(_imports, item => description(item.Name(module).Name(name).Byte((int)kind)));
    }

    private void ExportNext(string? name, ExternKind kind, int ownCount)
    {
        if (name is not null)
        {
            Export(name, kind, (uint)(_importCounts[(int)kind] + ownCount));
        }
    }

    private ModuleBuilder Add(List<byte[]> items, Action<ByteWriter> write)
    {
        ByteWriter item = new();
        write(item);
        items.Add(item.ToArray());
        return this;
    }
}
