using System.Text;
using Plugins.Wasi.Files;

namespace Plugins.Wasi.Preview1;

/// <summary>A guest's descriptors by number. Numbers are given as Wasmtime gives them.</summary>
internal sealed class DescriptorTable : IDisposable
{
    private readonly SortedDictionary<uint, Descriptor> _used = [];
    private readonly SortedSet<uint> _free = [];
    private uint _next;

    internal DescriptorTable(WasiOptions options, QuotaUse quota)
    {
        Add(new InputDescriptor(options.StandardInput));
        Add(new OutputDescriptor(options.StandardOutput));
        Add(new OutputDescriptor(options.StandardError));
        try
        {
            foreach (var given in options.Directories)
            {
                var directory = new GrantedDirectory(given.Open(), given.IsReadOnly, quota, isPreopened: true);
                Add(new DirectoryDescriptor(directory, Encoding.UTF8.GetBytes(given.GuestPath)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal Descriptor? Find(uint number) => _used.GetValueOrDefault(number);

    /// <summary>Gives the greatest number that is free again, else the one after all that were given.</summary>
    internal uint Add(Descriptor descriptor)
    {
        var number = _free.Count > 0 ? _free.Max : _next;
        _free.Remove(number);
        _next = Math.Max(_next, number + 1);
        _used.Add(number, descriptor);
        return number;
    }

    internal bool Close(uint number)
    {
        if (!_used.Remove(number, out var descriptor))
        {
            return false;
        }

        _free.Add(number);
        descriptor.Dispose();
        return true;
    }

    /// <summary>Puts one in the place of another, which is closed.</summary>
    internal bool Renumber(uint from, uint to)
    {
        if (!_used.TryGetValue(from, out var moved) || !_used.TryGetValue(to, out var replaced))
        {
            return false;
        }

        if (from != to)
        {
            replaced.Dispose();
            _used.Remove(from);
            _free.Add(from);
            _used[to] = moved;
        }

        return true;
    }

    public void Dispose()
    {
        foreach (var descriptor in _used.Values)
        {
            descriptor.Dispose();
        }

        _used.Clear();
    }
}
