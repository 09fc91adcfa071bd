namespace Plugins.Benchmarks.Real;

/// <summary>A module that other people's compilers made, on one engine in one setting, step by step.</summary>
internal interface IRealGuest : IDisposable
{
    /// <exception cref="Exception">The engine refuses the module; of whatever type it throws.</exception>
    void Validate(byte[] module);

    /// <summary>Makes the module ready to be instantiated.</summary>
    void Compile(byte[] module);

    /// <summary>Makes something for every import: functions return zero. Not part of what is measured.</summary>
    void MakeImports();

    void Instantiate();

    /// <summary>Calls an export with numbers, and returns its result's bits; zero where it has none.</summary>
    ulong Call(string export, ReadOnlySpan<long> arguments);

    /// <summary>Copies bytes into the memory that is exported, or imported as <c>module.name</c>.</summary>
    void Write(string memoryName, uint address, ReadOnlySpan<byte> bytes);

    int ReadInt32(string memoryName, uint address);
}
