namespace Plugins.Benchmarks.Comparing;

/// <summary>An engine without the host around it, as bare as its own interface allows.</summary>
internal interface IRawGuest : IDisposable
{
    /// <summary>What one run of the measured loops does.</summary>
    internal const int Calls = 10_000;

    /// <summary>Runs a kernel by its export's name.</summary>
    Func<string, int, double> LoadKernels(byte[] module);

    /// <summary>Calls an empty function of the guest, again and again.</summary>
    void CallMany();

    /// <summary>Has the guest call a function of the host, again and again.</summary>
    void CallHostMany();

    /// <summary>Makes an instance of one page and releases it.</summary>
    void Instantiate();
}
